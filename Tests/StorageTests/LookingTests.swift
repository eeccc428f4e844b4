import Domain
import GRDB
import Glibc
import Testing
import Text

@testable import Storage

/// What was kept, where nothing can be kept any more.
@Suite struct LookingTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func fill() throws -> Store {
        let store = try Store.open(path: folder.file)
        try store.run(.record(sampleIntent("open")))
        try store.run(.saveOrder(sampleOrder("o1"), account: shop))
        try store.run(.saveSchedule([sampleShow("a")], at: Timestamp(seconds: 1), account: shop))
        try store.run(.addWish(wish, account: shop))
        return store
    }

    private let wish = Wish(product: "p", title: "Bag", brand: "Mira", price: nil, at: Timestamp(seconds: 1))

    private func look() throws -> Store { try Store.toLook(path: folder.file, because: .full) }

    @Test func everythingCanBeLookedAt() throws {
        try fill().close()
        let store = try look()
        let start = try store.run(.startState(account: shop))
        #expect(start.orders == [sampleOrder("o1")] && start.shows == [sampleShow("a")] && start.wishes == [wish])
        #expect(start.intents == [sampleIntent("open")])
        #expect(store.problem == .full)
    }

    /// The journal that another program has written holds the newest.
    @Test func whatIsInTheJournalCountsToo() throws {
        let other = try fill()
        #expect(try look().run(.orders(account: shop)) == [sampleOrder("o1")])
        other.close()
    }

    @Test func whatTheShopSaysIsHeldForTheTimeBeing() throws {
        try fill().close()
        let store = try look()
        try store.run(.saveOrder(sampleOrder("o2", at: 200), account: shop))
        try store.run(.saveSchedule([sampleShow("b")], at: Timestamp(seconds: 2), account: shop))
        #expect(try store.run(.orders(account: shop)).map(\.id) == ["o2", "o1"])
        store.close()
        let again = try Store.open(path: folder.file)
        #expect(try again.run(.orders(account: shop)).map(\.id) == ["o1"], "nothing of it is on the disk")
        again.close()
    }

    @Test func whatTheUserDoesIsRefusedWithTheReason() throws {
        try fill().close()
        let store = try look()
        let changes: [StoreOperation<Void>] = [
            .record(sampleIntent("new")), .record(sampleIntent("open").moved(to: .sent)), .resolve("open", .unknown),
            .withdraw("open"), .forget("open"), .addWish(wish, account: shop), .removeWish("p", account: shop),
            .setFollow(sampleHost("mira"), true, account: shop),
            .setReminder(Reminder(show: "a", title: "A", startsAt: Timestamp(seconds: 9)), account: shop),
        ]
        for change in changes { #expect(throws: StorageError.full) { try store.run(change) } }
        #expect(throws: StorageError.full) { try store.run(.takeTurn("open")) }
        #expect(try store.run(.unresolved(account: shop)) == [sampleIntent("open")])
    }

    @Test func withoutAFileThereIsNothingToLookAt() throws {
        let store = try look()
        #expect(try store.run(.orders(account: shop)).isEmpty && store.problem == .full)
        #expect(names(in: folder.path).isEmpty, "and none is made")
    }

    @Test func anOlderFileIsReadAsWell() throws {
        try folder.write("", to: folder.file)
        let old = try DatabaseQueue(path: folder.file)
        try Schema.migrator(steps: 3).migrate(old)
        try old.close()
        #expect(try look().run(.startState(account: shop)).orders.isEmpty)
    }

    @Test(arguments: ["/proc/nowhere/vitrine.sqlite", "/dev/null/vitrine.sqlite"])
    func aPlaceThatTakesNoFileIsNoReasonToEnd(_ path: String) throws {
        let store = try Store.openOrLook(path: path)
        guard case .cannotOpen? = store.problem else {
            Issue.record("\(String(describing: store.problem))")
            return
        }
    }

    @Test func aDamagedFileIsStillRefused() throws {
        try folder.write(String(repeating: "this is no database\n", count: 500), to: folder.file)
        #expect(throws: StorageError.damaged(path: folder.file)) { try Store.openOrLook(path: folder.file) }
    }

    @Test func theSystemsReasonsHaveWords() {
        #expect(StorageError(code: ENOSPC, path: "x") == .full && StorageError(code: EDQUOT, path: "x") == .full)
        #expect(StorageError(code: EFBIG, path: "x") == .fileTooLarge)
        #expect(StorageError.full.description.contains("full"))
        #expect(StorageError.fileTooLarge.description.contains("ulimit"))
        #expect(StorageError(code: EROFS, path: "x").description == "cannot open x: Read-only file system")
    }

    // MARK: Files

    @Test func locksAreOrdinaryFiles() throws {
        try fill().close()
        unlink(folder.file + "-turns")
        try #require(mkfifo(folder.file + "-turns", 0o600) == 0)
        let error = #expect(throws: StorageError.self) { try Store.open(path: folder.file) }
        #expect(error == .cannotOpen(path: folder.file + "-turns", reason: "not a regular file"))
    }

    @Test func aLockIsNoLink() throws {
        try fill().close()
        unlink(folder.file + "-turns")
        try folder.write("mine", to: folder.path + "/other")
        try #require(symlink(folder.path + "/other", folder.file + "-turns") == 0)
        #expect(throws: StorageError.self) { try Store.open(path: folder.file) }
        #expect(try folder.text(of: folder.path + "/other") == "mine")
    }

    @Test func aTextWithAZeroByteIsNotCut() throws {
        let store = try Store.inMemory()
        var order = sampleOrder("o1")
        order.lines[0].sku = "BAG\u{0}1"
        #expect(throws: StorageError.self) { try store.run(.saveOrder(order, account: shop)) }
        #expect(try store.run(.orders(account: shop)).isEmpty)
    }

    private func names(in path: String) -> [String] {
        guard let listing = opendir(path) else { return [] }
        defer { closedir(listing) }
        var count = 0
        while readdir(listing) != nil { count += 1 }
        return Array(repeating: "", count: max(0, count - 2))
    }
}
