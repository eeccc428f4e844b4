import Domain
import FoundationEssentials
import GRDB
import Glibc
import Testing
import Text

@testable import Storage

@Suite struct FileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    private func raw() throws -> DatabaseQueue { try DatabaseQueue(path: folder.file) }

    @Test func fileIsTheOwnersAlone() throws {
        let store = try Store.open(path: folder.file)
        try store.run(.record(sampleIntent("k1")))
        #expect(mode(folder.path + "/state") == 0o700)
        #expect(mode(folder.file) == 0o600)
        #expect(mode(folder.file + "-wal") == 0o600)
        store.close()
        #expect(chmod(folder.file, 0o644) == 0)
        let again = try Store.open(path: folder.file)
        #expect(mode(folder.file) == 0o600)
        again.close()
    }

    @Test func commitsAreDurable() throws {
        let store = try Store.open(path: folder.file)
        let settings = StoreOperation<[String]>.read { db in
            try ["synchronous", "journal_mode", "foreign_keys"].map {
                try String.fetchOne(db, sql: "PRAGMA " + $0) ?? ""
            }
        }
        #expect(try store.run(settings) == ["2", "wal", "1"])
        // It must hold on the connection that writes, also after a write.
        try store.run(.record(sampleIntent("k1")))
        #expect(try store.run(settings).first == "2")
    }

    @Test func everythingSurvivesReopening() throws {
        let order = sampleOrder("o1")
        do {
            let store = try Store.open(path: folder.file)
            try store.run(.record(sampleIntent("open")))
            try store.send("settled")
            try store.run(.resolve("settled", placedAs: order, account: shop))
            try store.run(.saveSchedule([sampleShow("a")], at: Timestamp(seconds: 1), account: shop))
            try store.run(.setFollow(sampleHost("mira"), true, account: shop))
            store.close()
        }
        let start = try Store.open(path: folder.file).run(.startState(account: shop))
        #expect(start.intents == [sampleIntent("open")])
        #expect(start.orders == [order.measured(by: Agreement(sampleIntent("settled")))])
        #expect(start.shows == [sampleShow("a")])
        #expect(start.follows == [sampleHost("mira")])
    }

    @Test func aNewerFileIsRefusedAndLeftAlone() throws {
        _ = try Store.open(path: folder.file)
        try raw().write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999 from the future')") }
        #expect(throws: StorageError.newerVersion(path: folder.file)) { try Store.open(path: folder.file) }
        let kept = try raw().read { try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations") }
        #expect(kept.contains("999 from the future"))
    }

    /// One line says so, and no byte of it changes, whatever is tried.
    @Test func aNewerFileStaysAsItIs() throws {
        try Store.open(path: folder.file).close()
        let newer = try raw()
        try newer.write { db in
            try db.execute(
                sql: "CREATE TABLE ahead (x); INSERT INTO grdb_migrations VALUES ('999 from the future')")
        }
        try newer.close()
        let before = try Data(contentsOf: URL(filePath: folder.file))
        let error = StorageError.newerVersion(path: folder.file)
        #expect(error.description.contains("newer vitrine") && !error.description.contains("\n"))
        #expect(throws: error) { try Store.open(path: folder.file) }
        #expect(throws: error) { try Store.openOrLook(path: folder.file) }
        #expect(throws: error) { try Store.examine(path: folder.file) }
        #expect(try Data(contentsOf: URL(filePath: folder.file)) == before)
        // What stood in the journal would be part of it the next time.
        let journal = try? Data(contentsOf: URL(filePath: folder.file + "-wal"))
        #expect(journal?.isEmpty ?? true)
    }

    @Test func everyOlderVersionIsBroughtUpToDate() throws {
        for count in 0...Schema.steps.count {
            let path = folder.path + "/\(count)/vitrine.sqlite"
            try folder.write("", to: path)
            let old = try DatabaseQueue(path: path)
            try Schema.migrator(steps: count).migrate(old)
            let hadIntents = 1..<4 ~= count
            if hadIntents { try old.write(writeOldIntent) }
            try old.close()
            let store = try Store.open(path: path)
            // What an older version wrote down may have been sent.
            let kept = try store.run(.unresolved(account: shop))
            #expect(kept == (hadIntents ? [sampleIntent("old").moved(to: .sent)] : []))
            try store.run(.record(sampleIntent("k1")))
            #expect(try store.run(.startState(account: shop)).intents.count == kept.count + 1)
            store.close()
        }
    }

    /// The table of orders was made anew once.
    @Test func ordersOfAnOlderVersionStay() throws {
        let path = folder.path + "/orders/vitrine.sqlite"
        try folder.write("", to: path)
        let old = try DatabaseQueue(path: path)
        try Schema.migrator(steps: 6).migrate(old)
        try old.write { db in
            try db.execute(
                sql: """
                    INSERT INTO orders (account, id, key, status, total, exponent, currency, placed_at, can_cancel)
                        VALUES (:shop, 'o1', 'k1', 'unpaid', 12450, 2, 'CHF', 100000, 1);
                    INSERT INTO order_lines VALUES (:shop, 'o1', 0, 'S', 'Lamp', 1, 12450, 2, 'CHF', NULL);
                    """, arguments: ["shop": shop])
        }
        try old.close()
        let store = try Store.open(path: path)
        var order = try #require(try store.run(.orders(account: shop)).first)
        #expect(order.lines.map(\.title) == ["Lamp"] && order.key == "k1")
        order.status = .gone
        try store.run(.saveOrder(order, account: shop))
        #expect(try store.run(.orders(account: shop)) == [order])
        store.close()
    }

    /// `sampleIntent("old")` as the first versions of the schema had it.
    private func writeOldIntent(_ db: Database) throws {
        let intent = sampleIntent("old")
        try db.execute(
            sql: """
                INSERT INTO order_intents VALUES
                (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, 2, 'CHF', ?, ?, 'committed', NULL, NULL, 0)
                """,
            arguments: [
                intent.key, intent.account, intent.buyer, intent.sku.rawValue, intent.title.string,
                intent.quote.rawValue, intent.quoteExpiresAt.milliseconds, intent.paymentMethod.rawValue,
                intent.maximumTotal.amount, intent.show?.rawValue, intent.createdAt.milliseconds,
            ])
    }

    @Test func garbageIsDamagedAndLeftAlone() throws {
        let garbage = String(repeating: "this is no database\n", count: 500)
        try folder.write(garbage, to: folder.file)
        #expect(throws: StorageError.damaged(path: folder.file)) { try Store.open(path: folder.file) }
        #expect(try folder.text(of: folder.file) == garbage)
    }

    @Test func aBrokenPageIsDamaged() throws {
        let store = try Store.open(path: folder.file)
        let shows = (0..<400).map { sampleShow("show-\($0)") }
        try store.run(.saveSchedule(shows, at: Timestamp(seconds: 1), account: shop))
        store.close()
        try folder.spoil(folder.file, from: 4096)
        #expect(throws: StorageError.damaged(path: folder.file)) {
            try Store.open(path: folder.file).run(.startState(account: shop))
        }
    }

    @Test func whatCannotBeAFileSaysWhy() throws {
        try folder.write("", to: folder.path + "/plain")
        for path in [folder.path, folder.path + "/plain/vitrine.sqlite", "/proc/nowhere/vitrine.sqlite"] {
            let error = #expect(throws: StorageError.self) { try Store.open(path: path) }
            guard case .cannotOpen(path, let reason)? = error else {
                Issue.record("\(path): \(String(describing: error))")
                continue
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test func aFullDiskKeepsWhatWasThere() throws {
        let store = try Store.open(path: folder.file)
        try store.run(.record(sampleIntent("k1")))
        // SQLite reports its own limit exactly as it does a full disk.
        try store.run(
            .write { db in
                let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                try db.execute(sql: "PRAGMA max_page_count = \(pages)")
            })
        let shows = (0..<400).map { sampleShow("show-\($0)") }
        let error = #expect(throws: StorageError.full) {
            try store.run(.saveSchedule(shows, at: Timestamp(seconds: 1), account: shop))
        }
        #expect(error?.description.contains("full") == true)
        #expect(try store.run(.startState(account: shop)).shows == [])
        #expect(try store.run(.unresolved(account: shop)) == [sampleIntent("k1")])
    }

    @Test func afterClosingItSaysSo() throws {
        let store = try Store.open(path: folder.file)
        store.enqueue(.saveOrder(sampleOrder("o1"), account: shop)) { _ in }
        store.close()
        #expect(throws: StorageError.closed) { try store.run(.startState(account: shop)) }
        store.enqueue(.saveOrder(sampleOrder("o2"), account: shop)) { result in
            #expect(throws: StorageError.closed) { try result.get() }
        }
        store.drain()
        store.close()
        #expect(mode(folder.file + "-wal") == nil)
        #expect(try Store.open(path: folder.file).run(.orders(account: shop)).map(\.id) == ["o1"])
    }
}
