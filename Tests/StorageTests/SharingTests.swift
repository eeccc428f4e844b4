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

    @Test func oneOfTwoTakesTheLease() async throws {
        let stores = [try Store.open(path: folder.file), try Store.open(path: folder.file)]
        for round in 0..<20 {
            let key = "k\(round)"
            try stores[0].run(.commit(sampleIntent(key)))
            let taken = await withTaskGroup(of: Bool.self) { group in
                for store in stores {
                    group.addTask { await store.takes(key) }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(taken == 1)
        }
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

extension Store {
    fileprivate func takes(_ key: String) async -> Bool {
        await withCheckedContinuation { continuation in
            enqueue(.lease(key, now: Timestamp(seconds: 1), until: Timestamp(seconds: 60))) { result in
                continuation.resume(returning: (try? result.get()) ?? false)
            }
        }
    }
}
