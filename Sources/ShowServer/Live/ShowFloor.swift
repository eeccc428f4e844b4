import Domain
import GRDB
import Synchronization

/// The one place from which anything is written. What happens in a turn, in the database and in the shows on air, happens
/// as a whole, one turn after the other: readers see it once it has been committed.
///
/// A commit waits for the disk. What comes meanwhile shares the next one, each turn in a savepoint of its own, so that it
/// fails alone; none is told of before the commit that they share.
final class ShowFloor: Sendable {
    let pool: any DatabaseWriter
    let clock: WorldClock
    private let live = Mutex<[ShowID: LiveShow]>([:])
    private let queue = WritingQueue()

    init(pool: any DatabaseWriter, clock: WorldClock) throws {
        self.pool = pool
        self.clock = clock
        let shows = try pool.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM shows WHERE state = 'live'").map { try ShowRecords.live(db, $0) }
        }
        live.withLock { for show in shows { $0[show.id] = show } }
    }

    func show(_ id: ShowID) -> LiveShow? { live.withLock { $0[id] } }

    func write<Value: Sendable>(_ work: @escaping @Sendable (inout Turn) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { waiting in
            // Not for as long as the one that asks, who may be gone before it is done.
            if queue.add(Writing(work, waiting)) { Task.detached { await self.serve() } }
        }
    }

    /// Writings that wait for the next commit.
    var waitingCount: Int { queue.count }

    /// For the start, before there is anybody to wait for.
    func writeNow<Value>(_ work: (inout Turn) throws -> Value) throws -> Value {
        do {
            let (value, shows) = try pool.write { db in
                var turn = Turn(db: db, now: clock.now(), shows: live.withLock { $0 })
                let value = try work(&turn)
                try turn.save()
                return (value, turn.shows)
            }
            live.withLock { $0 = shows }
            return value
        } catch {
            pool.writeWithoutTransaction { Self.writeOver(error, in: $0) }
            throw error
        }
    }

    /// A commit that failed may lie in the journal whole all the same: whoever opens the database after a crash would find
    /// it, and with it an order that was answered with 503. Something harmless takes its place before anybody is told.
    private static func writeOver(_ error: any Error, in db: Database) {
        guard let error = error as? DatabaseError, [.SQLITE_IOERR, .SQLITE_FULL].contains(error.resultCode) else {
            return
        }
        // That this is not on the disk for good, or fails when it is to be, does not matter.
        try? db.execute(sql: "REPLACE INTO meta (key, value) VALUES ('written over', '')")
    }

    private func serve() async {
        while let together = queue.take() {
            do {
                let (ends, shows) = try await pool.write { try self.carryOut(together, $0) }
                live.withLock { $0 = shows }
                for end in ends { end() }
            } catch {
                try? await pool.writeWithoutTransaction { Self.writeOver(error, in: $0) }
                for writing in together { writing.fail(error) }
            }
        }
    }

    /// - Returns: what is to be told to each once this has been committed, and the shows as they are then.
    private func carryOut(
        _ together: [Writing], _ db: Database
    ) throws -> (ends: [@Sendable () -> Void], shows: [ShowID: LiveShow]) {
        var whole = Turn(db: db, now: clock.now(), shows: live.withLock { $0 })
        var ends: [@Sendable () -> Void] = []
        for writing in together {
            var turn = whole
            turn.now = clock.now()
            do {
                ends.append(
                    together.count == 1 ? try writing.work(&turn) : try db.apart { try writing.work(&turn) })
                whole = turn
            } catch {
                // Where there is no transaction any more, nothing of the others is left either.
                guard together.count > 1, db.isInsideTransaction else { throw error }
                ends.append { writing.fail(error) }
            }
        }
        try whole.save()
        return (ends, whole.shows)
    }
}

/// One transaction's view: the database, and the shows on air, which it may change.
struct Turn {
    let db: Database
    fileprivate(set) var now: Timestamp
    fileprivate(set) var shows: [ShowID: LiveShow]
    fileprivate(set) var changed: Set<ShowID> = []

    init(db: Database, now: Timestamp, shows: [ShowID: LiveShow]) {
        self.db = db
        self.now = now
        self.shows = shows
    }

    /// Keeps the shows that have changed, in the end: in the database's rows they are as they were before the transaction.
    fileprivate func save() throws {
        for id in changed { if let show = shows[id] { try ShowRecords.save(db, show) } }
    }

    /// Changes a show on air; it is saved with the transaction.
    @discardableResult
    mutating func change<Value>(
        _ id: ShowID, _ work: (inout LiveShow, Database) throws -> Value
    ) rethrows -> Value? {
        guard var show = shows.removeValue(forKey: id) else { return nil }
        defer { shows[id] = show }
        changed.insert(id)
        return try work(&show, db)
    }

    mutating func add(_ show: LiveShow) {
        shows[show.id] = show
        changed.insert(show.id)
    }

    /// Takes a show off the air for good: from here on nothing more can be told in it.
    mutating func retire(_ id: ShowID) throws {
        guard let show = shows.removeValue(forKey: id) else { return }
        changed.remove(id)
        try ShowRecords.save(db, show)
    }

    /// Tells every show on air that sells them what these variants cost and how many are left.
    mutating func tell(_ skus: some Sequence<SKU>, at time: Timestamp) throws {
        for sku in skus {
            guard let row = try db.row("SELECT * FROM variants WHERE sku = ?", [sku.rawValue]) else { continue }
            let facts = try Catalogue.facts(row)
            for id in shows.keys.sorted() where shows[id]?.lineUp.values.contains(where: { $0.contains(sku) }) == true {
                try change(id) { try $0.tell(facts, at: time, to: $1) }
            }
        }
    }
}
