import Domain
import GRDB

/// Timelines in the database: append-only events, and the segments that they are cut into.
enum TimelineStore {
    static func insert(_ db: Database, show: Int64, event: TimelineEvent, body: [UInt8]) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO events (show, sequence, at, body) VALUES (?, ?, ?, ?)")
        try statement.execute(arguments: [
            show, event.sequence, event.at.milliseconds, String(decoding: body, as: UTF8.self),
        ])
        if case .highlight(let products) = event.kind, !products.isEmpty {
            try insertMoment(db, show: show, event: event, products: products)
        }
    }

    private static func insertMoment(
        _ db: Database, show: Int64, event: TimelineEvent, products: [ProductID]
    ) throws {
        let titles = try products.compactMap {
            try String.fetchOne(db, sql: "SELECT title FROM products WHERE id = ?", arguments: [$0.rawValue])
        }
        try db.execute(
            sql: "INSERT INTO moments (show, sequence, at, products, title) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                show, event.sequence, event.at.milliseconds, WireCoding.text(products), titles.joined(separator: " + "),
            ])
    }

    static func insertSegment(
        _ db: Database, show: Int64, segment: Int, firstSequence: Int, opening: [UInt8]
    ) throws {
        try db.execute(
            sql: "INSERT INTO segments (show, number, first_sequence, opening) VALUES (?, ?, ?, ?)",
            arguments: [show, segment, firstSequence, String(decoding: opening, as: UTF8.self)])
    }

    static func close(_ db: Database, show: Int64, segment: Int, lastSequence: Int) throws {
        try db.execute(
            sql: "UPDATE segments SET last_sequence = ? WHERE show = ? AND number = ?",
            arguments: [lastSequence, show, segment])
    }

    /// A segment with the events it has so far; nil where the timeline has not got there.
    static func segment(_ db: Database, show: Int64, number: Int?) throws -> OpenSegment? {
        let row =
            if let number {
                try Row.fetchOne(
                    db, sql: "SELECT * FROM segments WHERE show = ? AND number = ?", arguments: [show, number])
            } else {
                try Row.fetchOne(
                    db, sql: "SELECT * FROM segments WHERE show = ? ORDER BY number DESC LIMIT 1", arguments: [show])
            }
        guard let row else { return nil }
        let opening: String = try row.value("opening")
        var segment = OpenSegment(number: try row.value("number"), opening: Array(opening.utf8))
        let last = row["last_sequence"] as Int64?
        let events = try Row.fetchCursor(
            db, sql: "SELECT at, body FROM events WHERE show = ? AND sequence BETWEEN ? AND ? ORDER BY sequence",
            arguments: [show, try row.value("first_sequence") as Int64, last ?? .max])
        while let event = try events.next() {
            let body: String = try event.value("body")
            segment.append(body.utf8, at: Timestamp(milliseconds: try event.value("at")))
        }
        segment.isClosed = last != nil
        return segment
    }

    static func moments(_ db: Database, show: Int64, startsAt: Timestamp) throws -> [Moment] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT *, (SELECT max(number) FROM segments WHERE segments.show = moments.show
                    AND segments.first_sequence <= moments.sequence) AS segment
                FROM moments WHERE show = ? ORDER BY sequence
                """, arguments: [show]
        ).map {
            let at = Timestamp(milliseconds: try $0.value("at"))
            let products: String = try $0.value("products")
            return Moment(
                products: try WireCoding.decode([ProductID].self, from: products.utf8),
                title: .init(try $0.value("title") as String), at: at, offset: at - startsAt,
                segment: $0["segment"] as Int?)
        }
    }
}
