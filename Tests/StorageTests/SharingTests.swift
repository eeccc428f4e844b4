import Domain
import Storage
import Testing
import Text

/// Two stores on one file stand for two processes: SQLite does not let them share anything but the file.
@Suite struct SharingTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func noUpdateIsLost() async throws {
        let stores = [try Store.open(path: folder.file), try Store.open(path: folder.file)]
        await withTaskGroup(of: Void.self) { group in
            for (number, store) in stores.enumerated() {
                for index in 0..<50 {
                    group.addTask {
                        await withCheckedContinuation { continuation in
                            store.enqueue(.saveOrder(sampleOrder("o-\(number)-\(index)"), account: shop)) { result in
                                if case .failure(let error) = result { Issue.record(error) }
                                continuation.resume()
                            }
                        }
                    }
                }
            }
        }
        for store in stores { #expect(try store.run(.orders(account: shop)).count == 100) }
    }

    @Test func oneOfTwoHasTheTurn() throws {
        let (one, other) = (try Store.open(path: folder.file), try Store.open(path: folder.file))
        try one.send("k1")
        try one.send("k2")
        #expect(try other.run(.takeTurn("k1")) == .elsewhere)
        try one.run(.resolve("k1", .unknown))
        #expect(try other.run(.takeTurn("k1")).isTaken)
        #expect(try one.run(.takeTurn("k1")) == .elsewhere)
        try other.run(.resolve("k1", placedAs: sampleOrder("o1", key: "k1"), account: shop))
        #expect(try one.run(.takeTurn("k1")) == .settled)
        #expect(try other.run(.takeTurn("k2")) == .elsewhere)
    }

    @Test func aStoreThatIsGoneHasNoTurns() throws {
        var one: Store? = try Store.open(path: folder.file)
        let other = try Store.open(path: folder.file)
        try one?.run(.record(sampleIntent("k1")))
        #expect(try other.run(.takeTurn("k1")) == .elsewhere)
        one?.close()
        one = nil
        #expect(try other.run(.takeTurn("k1")).isTaken)
    }

    @Test func aNewFileCanBeOpenedByManyAtOnce() async throws {
        for round in 0..<25 {
            let path = folder.path + "/\(round)/vitrine.sqlite"
            let failures = await withTaskGroup(of: String?.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        do {
                            try Store.open(path: path).run(.setFollow(sampleHost("mira"), true, account: shop))
                            return nil
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [String]()) { if let failure = $1 { $0.append(failure) } }
            }
            #expect(failures == [])
        }
    }

    @Test func enqueuedWritesAreThereAfterDraining() throws {
        let store = try Store.open(path: folder.file)
        for index in 0..<20 { store.enqueue(.saveOrder(sampleOrder("o\(index)"), account: shop)) { _ in } }
        store.drain()
        let other = try Store.open(path: folder.file)
        #expect(try other.run(.orders(account: shop)).count == 20)
    }

    @Test func readsAndWritesCanBothWaitInTheQueue() async throws {
        let store = try Store.open(path: folder.file)
        store.enqueue(.saveFollows([sampleHost("mira")], at: Timestamp(seconds: 1), account: shop)) { _ in }
        let follows = await withCheckedContinuation { continuation in
            store.enqueue(.follows(account: shop)) { continuation.resume(returning: $0) }
        }
        #expect(try follows.get() == [sampleHost("mira")])
    }

    @Test func anErrorReachesTheCompletion() async throws {
        let store = try Store.open(path: folder.file)
        let result = await withCheckedContinuation { continuation in
            store.enqueue(.resolve("none", .unknown)) { continuation.resume(returning: $0) }
        }
        #expect(throws: StorageError.noSuchIntent(key: "none")) { try result.get() }
    }
}
