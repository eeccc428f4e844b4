import Domain
import GRDB
import LiveAPI
import Text

/// Shows, read from the database.
enum ShowRecords {
    static func show(_ db: Database, _ row: Row) throws -> Show {
        let number: Int64 = try row.value("number")
        let snapshot = try snapshot(row)
        return Show(
            id: ShowID(try row.value("id")), title: SafeText(try row.value("title") as String),
            summary: SafeText(try row.value("summary") as String), state: snapshot.state,
            hosts: try hosts(db, show: number), tags: try tags(row),
            startsAt: Timestamp(milliseconds: try row.value("starts_at")),
            endsAt: Timestamp(milliseconds: try row.value("ends_at")), viewers: snapshot.viewers,
            delayMilliseconds: try row.value("delay_ms"))
    }

    static func row(_ db: Database, _ id: ShowID) throws -> Row? {
        try db.row("SELECT * FROM shows WHERE id = ?", [id.rawValue])
    }

    static func snapshot(_ row: Row) throws -> ShowSnapshot {
        let json: String = try row.value("snapshot")
        return try WireCoding.decode(from: json.utf8)
    }

    static func hosts(_ db: Database, show number: Int64) throws -> [Host] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT hosts.* FROM show_hosts JOIN hosts ON hosts.id = show_hosts.host
                WHERE show_hosts.show = ? ORDER BY show_hosts.position
                """, arguments: [number]
        ).map(Catalogue.host)
    }

    static func tags(_ row: Row) throws -> [SafeText] {
        let json: String = try row.value("tags")
        return try WireCoding.decode([SafeText].self, from: json.utf8)
    }

    /// Shows in the order of their start; those that touch the span from `from` to `to`.
    static func page(
        _ db: Database, _ filter: ShowFilter, after cursor: (startsAt: Int64, id: String)?, limit: Int
    ) throws -> [Show] {
        var sql = "SELECT shows.* FROM shows WHERE instr(search, ?)"
        var arguments: StatementArguments = [filter.search.map(searchable) ?? ""]
        func require(_ condition: String, _ values: StatementArguments) {
            sql += " AND " + condition
            arguments += values
        }
        if let from = filter.from { require("ends_at > ?", [from.milliseconds]) }
        if let to = filter.to { require("starts_at < ?", [to.milliseconds]) }
        if let state = filter.state { require("state = ?", [state.rawValue]) }
        if let tag = filter.tag {
            require("EXISTS (SELECT 1 FROM json_each(shows.tags) WHERE value = ?)", [tag])
        }
        if let host = filter.host {
            require("EXISTS (SELECT 1 FROM show_hosts WHERE show = shows.number AND host = ?)", [host.rawValue])
        }
        if let cursor { require("(starts_at, id) > (?, ?)", [cursor.startsAt, cursor.id]) }
        sql += " ORDER BY starts_at, id LIMIT ?"
        arguments += [limit]
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { try show(db, $0) }
    }

    /// The form in which texts are searched: without regard to case.
    static func searchable(_ text: String) -> String { text.lowercased() }

    /// Reads a show with its open segment into memory.
    static func live(_ db: Database, _ row: Row) throws -> LiveShow {
        let number: Int64 = try row.value("number")
        guard let open = try segment(db, row, number: nil) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a show without a timeline")
        }
        var lineUp: [ProductID: [SKU]] = [:]
        let variants = try Row.fetchAll(
            db,
            sql: """
                SELECT variants.product, variants.sku FROM line_ups JOIN variants ON variants.product = line_ups.product
                WHERE line_ups.show = ? ORDER BY line_ups.position, variants.position
                """, arguments: [number])
        for variant in variants {
            lineUp[ProductID(try variant.value("product")), default: []].append(SKU(try variant.value("sku")))
        }
        return LiveShow(
            number: number, id: ShowID(try row.value("id")), lineUp: lineUp,
            startsAt: Timestamp(milliseconds: try row.value("starts_at")),
            endsAt: Timestamp(milliseconds: try row.value("ends_at")), hidesViewers: try row.value("hides_viewers"),
            playedTo: Timestamp(milliseconds: try row.value("played_to")), snapshot: try snapshot(row), open: open)
    }

    /// A segment of a show, or its newest one.
    /// - Returns: nil where the timeline has not got there. An ended show that was never told has one closed segment with
    ///   nothing in it.
    static func segment(_ db: Database, _ row: Row, number: Int?) throws -> OpenSegment? {
        let show: Int64 = try row.value("number")
        if let segment = try TimelineStore.segment(db, show: show, number: number) { return segment }
        let isTold = try TimelineStore.segment(db, show: show, number: nil) != nil
        guard number ?? 0 == 0, !isTold, try snapshot(row).state.isOver else { return nil }
        let opening: String = try row.value("snapshot")
        var segment = OpenSegment(number: 0, opening: Array(opening.utf8))
        segment.isClosed = true
        return segment
    }

    /// Keeps what has changed in a show, so that a restart goes on where this left off.
    static func save(_ db: Database, _ show: LiveShow) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE shows SET state = ?, starts_at = ?, ends_at = ?, played_to = ?, snapshot = ? WHERE number = ?")
        try statement.execute(arguments: [
            show.snapshot.state.rawValue, show.startsAt.milliseconds, show.endsAt.milliseconds,
            show.playedTo.milliseconds, WireCoding.text(show.snapshot), show.number,
        ])
    }
}
