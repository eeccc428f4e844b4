import CurlTransport
import DemoWorld
import Dispatch
import Domain
import FoundationEssentials
import GRDB
import Glibc
import HTTPTransport
import LiveAPI
import Logging
import ShowServer

/// A server in the test's process, on a connection of its own.
package final class InProcessServer: ServedShop {
    package let folder: TemporaryFolder
    package private(set) var origin = ""
    package let curl = CurlClient(version: "test")
    private var running: RunningServer?

    /// - Parameter prepare: changes the shop before it opens.
    package init(_ prepare: (Database) throws -> Void = { _ in }) throws {
        folder = try TemporaryFolder()
        try SeededShop.copy(to: database)
        try DatabaseQueue(path: database).write(prepare)
        try start()
    }

    fileprivate init(seedingIn folder: TemporaryFolder) throws {
        self.folder = folder
        try start()
    }

    deinit {
        curl.shutdown()
        try? stop()
    }

    private func start() throws {
        let configuration = ServerConfiguration(
            databasePath: database, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        ).hosting(DemoConfiguration(.quiet))
        let running = try blocking { try await RunningServer.start(configuration) }
        self.running = running
        origin = running.origin
    }

    /// Lets nobody in any more.
    package func stop() throws {
        guard let running else { return }
        self.running = nil
        try blocking { try await running.stop() }
    }

    /// Asks for all that was over before the shop opened, since that is told when somebody asks. Otherwise every copy of the
    /// database would be told it again, in seconds of each server's time.
    fileprivate func tellPast() throws {
        let shows = try read { try String.fetchAll($0, sql: "SELECT id FROM shows WHERE state = 'ended'") }
        for show in shows {
            let isTold = DispatchSemaphore(value: 0)
            _ = curl.send(HTTPRequest(.get, origin + Route.head(ShowID(show)).path)) { _ in isTold.signal() }
            isTold.wait()
        }
        let untold = try read {
            try Int.fetchOne(
                $0,
                sql: """
                    SELECT count(*) FROM shows
                    WHERE state = 'ended' AND NOT EXISTS (SELECT 1 FROM segments WHERE show = shows.number)
                    """) ?? 0
        }
        guard untold == 0 else { throw TestFailure(description: "\(untold) shows of the past are not told") }
    }
}

/// The demo world in a file: made once, since making it takes longer than most tests.
package enum SeededShop {
    package static func copy(to path: String) throws {
        try FileManager.default.copyItem(atPath: database.get(), toPath: path)
    }

    private static let database: Result<String, any Error> = Result {
        let server = try InProcessServer(seedingIn: folder.get())
        try server.tellPast()
        try server.stop()
        // A static is never taken apart.
        atexit { if case .success(let folder) = SeededShop.folder { folder.remove() } }
        return server.database
    }

    private static let folder = Result { try TemporaryFolder() }
}

/// Waits for something that is done elsewhere, for a test that has a thread of its own.
package func blocking<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
    let isDone = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var result: Result<Value, any Error>?
    Task {
        do { result = .success(try await body()) } catch { result = .failure(error) }
        isDone.signal()
    }
    isDone.wait()
    guard let result else { throw TestFailure(description: "nothing came of it") }
    return try result.get()
}
