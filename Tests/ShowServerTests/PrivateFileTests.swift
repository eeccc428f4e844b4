import Domain
import FoundationEssentials
import GRDB
import Glibc
import LiveAPI
import ShopTesting
import Testing

@testable import ShowServer

/// The server's files: nobody else reads them, and no planted name leads it to another file.
@Suite(.serialized) struct PrivateFileTests {
    private func mode(_ path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    private func start(_ path: String) async throws -> RunningServer {
        try await RunningServer.start(
            ServerConfiguration(
                databasePath: path, clock: ManualClock(Shop.start).clock, movesByItself: false))
    }

    private func complaint(_ path: String) async throws -> String {
        do {
            try await start(path).stop()
            return ""
        } catch let failure as ServerFailure { return failure.description }
    }

    @Test(arguments: [0o000, 0o022, 0o077] as [mode_t])
    func theDatabaseIsItsOwnersAlone(_ mask: mode_t) throws {
        let path = try Folder.make() + "/s.sqlite"
        let before = umask(mask)
        defer { umask(before) }
        let lock = try DatabaseLock(database: path)
        let pool = try Store.open(path: path)
        _ = try CheckoutSecret(database: path)
        for file in ["", "-wal", "-shm", ".lock", ".secret"] { #expect(mode(path + file) == 0o600, "\(file)") }
        try Store.close(pool)
        lock.release()
    }

    @Test func whatOthersCouldReadIsClosed() async throws {
        let path = try await Shop.database(.quiet)
        chmod(path, 0o644)
        for file in ["-wal", "-shm"] {
            FileManager.default.createFile(atPath: path + file, contents: nil)
            chmod(path + file, 0o644)
        }
        let server = try await start(path)
        for file in ["", "-wal", "-shm"] { #expect(mode(path + file) == 0o600, "\(file)") }
        try await server.stop()
    }

    @Test(arguments: [".lock", ".secret"])
    func aPlantedLinkIsNotFollowed(_ file: String) async throws {
        let folder = try Folder.make()
        let (path, target) = (folder + "/s.sqlite", folder + "/target")
        try Data("precious".utf8).write(to: URL(fileURLWithPath: target))
        for plant in [{ symlink(target, $0) }, { link(target, $0) }, { mkfifo($0, 0o600) }] {
            #expect(plant(path + file) == 0)
            let complaint = try await complaint(path)
            #expect(complaint.hasPrefix("cannot use \(path)\(file): it is "), "\(complaint)")
            unlink(path + file)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == Data("precious".utf8))
        #expect(try await complaint(path) == "")
    }

    @Test func aLockKeepsWhatStandsInIt() async throws {
        let path = try Folder.make() + "/s.sqlite"
        try Data(String(repeating: "x", count: 90).utf8).write(to: URL(fileURLWithPath: path + ".lock"))
        let server = try await start(path)
        let second = try await complaint(path)
        #expect(second.hasSuffix(" already, at \(server.origin)"))
        try await server.stop()
    }

    // MARK: Payment pages

    @Test func thePagesSecretStandsNowhereInTheDatabase() async throws {
        let path = try await Shop.database(.quiet)
        try await Shop.open(database: path) { shop in
            let token = try await shop.guest()
            let sku = try #require(try await shop.liveShow().lineUp.first?.variants.first?.sku)
            let quote = try await shop.quote(sku, token: token)
            let first = try await shop.order(quote, payment: "pm-hosted", key: "k", token: token)
            let order: Order = try first.value(201)
            let page = try #require(order.checkoutURL)
            let secret = try #require(page.split(separator: "/").last)
            let (dump, log) = (
                try Data(contentsOf: URL(fileURLWithPath: path)),
                try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
            )
            for file in [dump, log] { #expect(file.range(of: Data(secret.utf8)) == nil) }
            // It is told again all the same, byte for byte.
            let again = try await shop.order(quote, payment: "pm-hosted", key: "k", token: token)
            #expect(again.headers["Idempotency-Replayed"] == "true" && again.body == first.body)
            let shown: Order = try await shop.get(.order(order.id), token: token)
            #expect(shown.checkoutURL == page)
            #expect(try await shop.send(.get, String(page.dropFirst(shop.server.origin.count))).status == 200)
            #expect(try await shop.send(.get, "/checkout/\(secret.dropLast())x").status == 404)
        }
    }

    @Test func aPageHasItsAddressAfterARestart() async throws {
        let path = try await Shop.database(.quiet)
        var (before, token, id) = ("", "", OrderID(""))
        try await Shop.open(database: path) { shop in
            token = try await shop.guest()
            let sku = try #require(try await shop.liveShow().lineUp.first?.variants.first?.sku)
            let order: Order = try await shop.order(
                try await shop.quote(sku, token: token), payment: "pm-hosted", key: "k", token: token
            ).value(201)
            (before, id) = (try #require(order.checkoutURL?.split(separator: "/").last.map(String.init)), order.id)
        }
        try await Shop.open(database: path) { shop in
            let order: Order = try await shop.get(.order(id), token: token)
            #expect(order.checkoutURL == shop.server.origin + "/checkout/" + before)
        }
    }

    /// What an earlier version wrote down in clear becomes hashes; the pages keep their addresses.
    @Test func addressesOfAnEarlierVersionAreHashed() throws {
        let queue = try DatabaseQueue()
        try Schema.migrator.migrate(queue, upTo: "7 signing in")
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO accounts (id, name, token_hash, created_at) VALUES ('a', 'x', 'h', 0);
                    INSERT INTO orders (id, account, key, status, total, exponent, currency, placed_at, payment_method, checkout)
                    VALUES ('o', 'a', 'k', 'unpaid', 1, 2, 'CHF', 0, 'pm-hosted', 'clear');
                    INSERT INTO idempotency_keys (account, key, body_hash, status, answer, created_at)
                    VALUES ('a', 'k', '', 201, '{"checkoutUrl":"http://x/checkout/clear"}', 0);
                    """)
        }
        try Schema.migrator.migrate(queue)
        let checkout = try queue.read { db in try String.fetchOne(db, sql: "SELECT checkout FROM orders") }
        let answer = try queue.read { db in try String.fetchOne(db, sql: "SELECT answer FROM idempotency_keys") }
        #expect(checkout == CheckoutSecret.hash("clear"))
        #expect(answer == "{\"checkoutUrl\":\"http://x/checkout/\(Schema.tokenPlace)\"}")
    }
}
