import Dispatch
import Domain
import GRDB
import Synchronization
import ShopTesting
import Testing

@testable import ShowServer

/// What is to be written while a commit is on its way shares the next one, and each of it is whole or not there.
@Suite(.timeLimit(.minutes(1))) struct SharedCommitTests {
    private struct Refused: Error {}

    /// A floor whose first turn holds all others back until they have come, and how many commits there were.
    private final class Hall: Sendable {
        let floor: ShowFloor
        private let commits = Commits()

        init() throws {
            floor = try ShowFloor(pool: try Store.inMemory(), clock: ManualClock(Shop.start).clock)
            floor.pool.add(transactionObserver: commits, extent: .databaseLifetime)
        }

        var commitCount: Int { commits.count.withLock { $0 } }
        func refuseCommits() { commits.areRefused.withLock { $0 = Refused() } }
        /// Lets the next commit fail as a disk does.
        func breakNextCommit(_ code: ResultCode) {
            commits.areRefused.withLock { $0 = DatabaseError(resultCode: code) }
            commits.isOnce.withLock { $0 = true }
        }

        /// What became of each work, done so that all of it waits at the same time.
        func outcomes<Value: Sendable>(
            _ count: Int, _ work: @escaping @Sendable (Int, inout Turn) throws -> Value
        ) async -> [Result<Value, any Error>] {
            let (holds, isHeld) = AsyncStream.makeStream(of: Void.self)
            let isOpen = DispatchSemaphore(value: 0)
            return await withTaskGroup(of: (Int, Result<Value, any Error>)?.self) { group in
                group.addTask {
                    // It blocks the database's own thread.
                    try? await self.floor.write { _ in
                        isHeld.yield()
                        isOpen.wait()
                    }
                    return nil
                }
                for await _ in holds { break }
                for number in 0..<count {
                    group.addTask {
                        do {
                            return (number, .success(try await self.floor.write { try work(number, &$0) }))
                        } catch {
                            return (number, .failure(error))
                        }
                    }
                }
                while floor.waitingCount < count { await Task.yield() }
                isOpen.signal()
                var all: [(Int, Result<Value, any Error>)] = []
                for await one in group { if let one { all.append(one) } }
                return all.sorted { $0.0 < $1.0 }.map(\.1)
            }
        }

        func kept() async throws -> [String] {
            try await floor.pool.read { try String.fetchAll($0, sql: "SELECT key FROM meta ORDER BY key") }
        }
    }

    private final class Commits: TransactionObserver, Sendable {
        let count = Mutex(0)
        let areRefused = Mutex<(any Error)?>(nil)
        let isOnce = Mutex(false)

        func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
        func databaseDidChange(with event: DatabaseEvent) {}
        func databaseWillCommit() throws {
            let refusal = areRefused.withLock { refusal in
                defer { if isOnce.withLock({ $0 }) { refusal = nil } }
                return refusal
            }
            if let refusal { throw refusal }
        }
        func databaseDidCommit(_ db: Database) { count.withLock { $0 += 1 } }
        func databaseDidRollback(_ db: Database) {}
    }

    private static func keep(_ key: String, _ turn: Turn) throws {
        try turn.db.change("INSERT INTO meta (key, value) VALUES (?, '')", [key])
    }

    /// What failed may lie in the journal whole; something else has to be written in its place.
    @Test(arguments: [ResultCode.SQLITE_IOERR, .SQLITE_IOERR_FSYNC, .SQLITE_FULL])
    func whatTheDiskRefusedIsWrittenOver(_ code: ResultCode) async throws {
        let hall = try Hall()
        hall.breakNextCommit(code)
        await #expect(throws: DatabaseError.self) { try await hall.floor.write { try Self.keep("order", $0) } }
        #expect(try await hall.kept() == ["written over"])
        try await hall.floor.write { try Self.keep("next", $0) }
        #expect(try await hall.kept() == ["next", "written over"])
    }

    /// A no that is not the disk's has left nothing behind.
    @Test func aRefusalIsNotWrittenOver() async throws {
        let hall = try Hall()
        hall.refuseCommits()
        await #expect(throws: Refused.self) { try await hall.floor.write { try Self.keep("order", $0) } }
        #expect(try await hall.kept() == [])
    }

    @Test func whatWaitsIsWrittenTogether() async throws {
        let hall = try Hall()
        let before = hall.commitCount
        let outcomes = await hall.outcomes(20) { number, turn in
            try Self.keep("k\(number)", turn)
            return number
        }
        #expect(outcomes.map { try? $0.get() } == Array(0..<20))
        #expect(try await hall.kept().filter { $0.hasPrefix("k") }.count == 20)
        // One for who held them back, and one for all the rest.
        #expect(hall.commitCount - before == 2)
    }

    /// What one writes before it fails is taken back, in the shows as well, and the others do not notice.
    @Test func oneThatFailsFailsAlone() async throws {
        let hall = try Hall()
        let show = LiveShow(
            number: 1, id: "s", lineUp: [:], startsAt: Shop.start, endsAt: Shop.start, hidesViewers: false,
            playedTo: Shop.start, snapshot: ShowSnapshot(sequence: 0, at: Shop.start, state: .live),
            open: OpenSegment(number: 0, opening: []))
        let outcomes = await hall.outcomes(20) { number, turn in
            try Self.keep("k\(number)", turn)
            if number == 7 { turn.add(show) }
            turn.change("s") { show, _ in show.playedTo = show.playedTo + .seconds(1) }
            if number % 3 == 0 { throw Refused() }
            return turn.shows["s"] != nil
        }
        let expected = (0..<20).filter { $0 % 3 != 0 }
        #expect(outcomes.indices.filter { (try? outcomes[$0].get()) != nil } == expected)
        #expect(try await hall.kept().filter { $0.hasPrefix("k") } == expected.map { "k\($0)" }.sorted())
        let changes = outcomes.count { (try? $0.get()) == true }
        #expect(hall.floor.show("s")?.playedTo == Shop.start + .seconds(changes) && changes > 0)
    }

    /// Nobody is told of what has not been committed.
    @Test func aCommitThatFailsIsEverybodysFailure() async throws {
        let hall = try Hall()
        hall.refuseCommits()
        let outcomes = await hall.outcomes(8) { number, turn in try Self.keep("k\(number)", turn) }
        #expect(outcomes.allSatisfy { (try? $0.get()) == nil })
        #expect(try await hall.kept().allSatisfy { !$0.hasPrefix("k") })
    }

    /// As SQLite does by itself where the disk is full: the transaction has ended, and what came before is gone with it.
    @Test func aTransactionThatEndsInBetweenIsNobodysSuccess() async throws {
        let hall = try Hall()
        let outcomes = await hall.outcomes(8) { number, turn in
            try Self.keep("k\(number)", turn)
            if number == 4 {
                try turn.db.rollback()
                throw Refused()
            }
        }
        let kept = try await hall.kept().filter { $0.hasPrefix("k") }
        let told = outcomes.enumerated().filter { (try? $0.element.get()) != nil }.map { "k\($0.offset)" }
        #expect(told.sorted() == kept)
        #expect(!kept.contains("k4"))
        // It goes on afterwards.
        try await hall.floor.write { try Self.keep("later", $0) }
        #expect(try await hall.kept().contains("later"))
    }
}
