import Domain
import GRDB

/// Limits, by number and age, on what strangers make. Orders, with what belongs to them, are the shop's books: they
/// are kept.
struct Upkeep: Sendable {
    struct Bound: Sendable {
        var age: Duration
        var count: Int

        init(_ days: Int64, _ count: Int) {
            age = .seconds(days * 86_400)
            self.count = count
        }
    }

    /// Since they ran out; an order that names one gets a new one. The number is of those of an account.
    var quotes = Bound(3, 100)
    /// All quotes that have run out.
    var oldQuotes = 100_000
    /// Answers to orders, of an account. An order is found by its key for as long as it is there.
    var keys = Bound(3, 2000)
    /// Rows that were written, apart from the timelines.
    var messages = Bound(8, 200_000)
    /// Since they ran out.
    var codes = Bound(1, 100_000)
    /// Sign-ins of an account, since they were renewed last.
    var families = Bound(90, 50)
    /// Guests who have done nothing that is still kept.
    var guests = Bound(30, 100_000)
    /// Of somebody's own that has nothing, or a guest's that has become part of it.
    var accounts = Bound(90, 100_000)
    /// Events of a show that does not end.
    var events = Bound(8, 500_000)

    /// So many of a kind at a time, so that nobody waits for long; the rest the next time.
    private static let most = 2000
    /// Between two times.
    static let pause = Duration.seconds(60)
    /// A guest who came just now may be about to do something.
    private static let young = Duration.seconds(3600)

    func run(_ turn: Turn) throws {
        let (db, now) = (turn.db, turn.now)
        try forgetQuotes(db, now)
        try forgetKeys(db, now)
        try forget(db, "chat_messages", "id", by: "at", messages, now)
        try forget(db, "device_codes", "user_code", by: "expires_at", codes, now)
        try forgetFamilies(db, now)
        try forgetAccounts(db, now)
        for show in turn.shows.values { try forgetEvents(db, of: show.number, now) }
    }

    private func forget(
        _ db: Database, _ table: String, _ key: String, by time: String, _ bound: Bound, _ now: Timestamp
    ) throws {
        try db.execute(
            sql: """
                DELETE FROM \(table) WHERE \(key) IN (SELECT \(key) FROM \(table) WHERE \(time) < ? LIMIT ?);
                DELETE FROM \(table) WHERE \(key) IN (
                    SELECT \(key) FROM \(table) ORDER BY \(time) DESC LIMIT ? OFFSET ?);
                """, arguments: [(now - bound.age).milliseconds, Self.most, Self.most, bound.count])
    }

    private func forgetQuotes(_ db: Database, _ now: Timestamp) throws {
        try db.execute(
            sql: """
                DELETE FROM quotes WHERE expires_at < :old;
                DELETE FROM quotes WHERE id IN (
                    SELECT id FROM quotes WHERE expires_at < :now ORDER BY expires_at DESC LIMIT -1 OFFSET :all);
                DELETE FROM quotes WHERE id IN (
                    SELECT id FROM (
                        SELECT id, row_number() OVER (PARTITION BY account ORDER BY expires_at DESC, id) AS place
                        FROM quotes) WHERE place > :each);
                """,
            arguments: [
                "old": (now - quotes.age).milliseconds, "now": now.milliseconds, "all": oldQuotes,
                "each": quotes.count,
            ])
    }

    private func forgetKeys(_ db: Database, _ now: Timestamp) throws {
        try db.execute(
            sql: """
                DELETE FROM idempotency_keys WHERE created_at < ?;
                DELETE FROM idempotency_keys WHERE (account, key) IN (
                    SELECT account, key FROM (
                        SELECT account, key, row_number() OVER (PARTITION BY account ORDER BY created_at DESC, key) AS place
                        FROM idempotency_keys) WHERE place > ?);
                """, arguments: [(now - keys.age).milliseconds, keys.count])
    }

    /// A family is as old as its newest token. One that is revoked is kept for a day, so that what is shown of it after
    /// that is nobody's, as it was before.
    private func forgetFamilies(_ db: Database, _ now: Timestamp) throws {
        try db.execute(
            sql: """
                DELETE FROM token_families WHERE revoked_at < :yesterday;
                DELETE FROM token_families WHERE id IN (
                    SELECT id FROM (
                        SELECT id, account, max(token_families.created_at, coalesce(
                            (SELECT max(created_at) FROM tokens WHERE family = token_families.id),
                            token_families.created_at)) AS used FROM token_families
                    ) WHERE used < :old);
                DELETE FROM token_families WHERE id IN (
                    SELECT id FROM (
                        SELECT id, row_number() OVER (PARTITION BY account ORDER BY used DESC, id) AS place FROM (
                            SELECT id, account, coalesce(
                                (SELECT max(created_at) FROM tokens WHERE family = token_families.id), created_at) AS used
                            FROM token_families)
                    ) WHERE place > :each);
                """,
            arguments: [
                "yesterday": now.milliseconds - 86_400_000, "old": (now - families.age).milliseconds,
                "each": families.count,
            ])
    }

    private func forgetAccounts(_ db: Database, _ now: Timestamp) throws {
        /// Nothing is kept in its name.
        let isEmpty =
            ["orders", "follows", "quotes", "idempotency_keys", "chat_messages", "token_families", "device_codes"]
            .map { "NOT EXISTS (SELECT 1 FROM \($0) WHERE \($0).account = accounts.id)" }
            .joined(separator: " AND ")
            + " AND NOT EXISTS (SELECT 1 FROM accounts AS guests WHERE guests.merged_into = accounts.id)"
        let isGuest = "handle IS NULL AND merged_into IS NULL"
        for (kind, bound) in [(isGuest, guests), ("NOT (\(isGuest))", accounts)] {
            let beyond = try Int64.fetchOne(
                db, sql: "SELECT created_at FROM accounts WHERE \(kind) ORDER BY created_at DESC LIMIT 1 OFFSET ?",
                arguments: [bound.count])
            let old = max((now - bound.age).milliseconds, min(beyond ?? .min, (now - Self.young).milliseconds))
            try db.execute(
                sql: """
                    DELETE FROM accounts WHERE id IN (
                        SELECT id FROM accounts WHERE \(kind) AND created_at <= ? AND \(isEmpty)
                        ORDER BY created_at LIMIT ?)
                    """, arguments: [old, Self.most])
        }
    }

    /// Whole segments, the first ones: what is left still follows one on the other.
    private func forgetEvents(_ db: Database, of show: Int64, _ now: Timestamp) throws {
        let last = try Int64.fetchOne(
            db, sql: "SELECT max(last_sequence) FROM segments WHERE show = ?", arguments: [show])
        guard let last else { return }
        let byAge = try Int64.fetchOne(
            db, sql: "SELECT max(sequence) FROM events WHERE show = ? AND at < ?",
            arguments: [show, (now - events.age).milliseconds])
        let gone = max(last - Int64(events.count), byAge ?? 0)
        let edge = try Int64.fetchOne(
            db, sql: "SELECT max(last_sequence) FROM segments WHERE show = ? AND last_sequence <= ?",
            arguments: [show, gone])
        guard let edge else { return }
        try db.execute(
            sql: """
                DELETE FROM moments WHERE show = :show AND sequence <= :edge;
                DELETE FROM events WHERE show = :show AND sequence <= :edge;
                DELETE FROM segments WHERE show = :show AND last_sequence <= :edge;
                """, arguments: ["show": show, "edge": edge])
    }
}
