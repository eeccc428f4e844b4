import Domain
import GRDB
import Synchronization

/// The one place from which anything is written. What happens in a transaction, in the database and in the shows on
/// air, happens as a whole: readers see it once it has been committed.
final class ShowFloor: Sendable {
    let pool: any DatabaseWriter
    let clock: WorldClock
    private let live = Mutex<[ShowID: LiveShow]>([:])

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
        try await pool.write { try self.turn($0, work) }
    }

    /// For the start, before there is anybody to wait for.
    func writeNow<Value>(_ work: (inout Turn) throws -> Value) throws -> Value {
        try pool.write { try turn($0, work) }
    }

    private func turn<Value>(_ db: Database, _ work: (inout Turn) throws -> Value) throws -> Value {
        var turn = Turn(db: db, now: clock.now(), shows: live.withLock { $0 })
        let value = try work(&turn)
        for id in turn.changed { if let show = turn.shows[id] { try ShowRecords.save(db, show) } }
        let shows = turn.shows
        db.afterNextTransaction { _ in self.live.withLock { $0 = shows } }
        return value
    }
}

/// One transaction's view: the database, and the shows on air, which it may change.
struct Turn {
    let db: Database
    let now: Timestamp
    fileprivate(set) var shows: [ShowID: LiveShow]
    fileprivate(set) var changed: Set<ShowID> = []

    init(db: Database, now: Timestamp, shows: [ShowID: LiveShow]) {
        self.db = db
        self.now = now
        self.shows = shows
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
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT * FROM variants WHERE sku = ?"), arguments: [sku.rawValue])
            guard let row else { continue }
            let facts = try Catalogue.facts(row)
            for id in shows.keys.sorted() where shows[id]?.lineUp.values.contains(where: { $0.contains(sku) }) == true {
                try change(id) { try $0.tell(facts, at: time, to: $1) }
            }
        }
    }
}
