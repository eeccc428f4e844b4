import DemoWorld
import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

/// One server to a database, and one world to it.
@Suite struct DatabaseTests {
    private func configuration(
        _ path: String, seed: UInt64? = nil, beginsAnew: Bool = false
    ) -> ServerConfiguration {
        ServerConfiguration(
            databasePath: path, beginsAnew: beginsAnew, clock: ManualClock(Shop.start).clock, movesByItself: false
        ).hosting(DemoConfiguration(.quiet, seed: seed))
    }

    /// What a server says that does not start; empty when it does.
    private func complaint(_ configuration: ServerConfiguration) async throws -> String {
        do {
            try await RunningServer.start(configuration).stop()
            return ""
        } catch let failure as ServerFailure {
            return failure.description
        }
    }

    @Test func aSecondServerIsRefusedAndTheFirstGoesOn() async throws {
        let path = try await Shop.database(.quiet)
        try await Shop.open(database: path) { shop in
            let token = try await shop.guest()
            let expected = "a server is running on the database \(path) already, at \(shop.server.origin)"
            #expect(try await complaint(configuration(path)) == expected)
            // To begin anew would take the file from under the one that runs.
            #expect(try await complaint(configuration(path, beginsAnew: true)) == expected)
            let link = try Folder.make() + "/other-name.sqlite"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            #expect(try await complaint(configuration(link)).hasSuffix("already, at \(shop.server.origin)"))
            #expect(try await shop.send(.get, Route.follows.path, token: token).status == 200)
            #expect(FileManager.default.fileExists(atPath: path))
        }
        #expect(try await complaint(configuration(path)) == "")
    }

    @Test func aWorldKeepsTheSeedItWasMadeFrom() async throws {
        let path = try await Shop.database(.quiet)
        #expect(try await complaint(configuration(path)) == "")
        #expect(try await complaint(configuration(path, seed: 7)) == "")
        let other = try await complaint(configuration(path, seed: 8))
        #expect(other.contains("the seed 7") && other.contains("--fresh"))
        #expect(try await complaint(configuration(path, seed: 8, beginsAnew: true)) == "")
        #expect(try await complaint(configuration(path, seed: 8)) == "")
    }

    @Test func aStoppedServersDatabaseIsOneFile() async throws {
        let path = try await Shop.database(.quiet)
        try await Shop.open(database: path) { _ = try await $0.guest() }
        let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? UInt64
        #expect(log == 0)
    }

    @Test func beginningAnewForgetsEverything() async throws {
        let path = try await Shop.database(.quiet)
        var token = ""
        try await Shop.open(database: path) { token = try await $0.guest() }
        let server = try await RunningServer.start(configuration(path, seed: 7, beginsAnew: true))
        try await server.stop()
        try await Shop.open(database: path) { shop in
            let answer = try await shop.send(.get, Route.follows.path, token: token)
            #expect(answer.status == 401)
        }
    }
}
