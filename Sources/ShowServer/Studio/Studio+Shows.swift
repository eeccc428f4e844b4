import Domain
import GRDB

/// A show to be, with everything that its listing says.
package struct ShowDraft: Sendable {
    package var id: ShowID
    package var title: String
    package var summary: String
    package var hosts: [HostID]
    /// In the order in which they are to be shown.
    package var products: [ProductID]
    package var tags: [String]
    package var startsAt: Timestamp
    package var endsAt: Timestamp
    /// Delay of the picture behind the host.
    package var delay: Duration
    package var hidesViewers: Bool
    /// Stands in the schedule before it begins.
    package var isAnnounced: Bool

    package init(
        id: ShowID, title: String, summary: String = "", hosts: [HostID], products: [ProductID] = [],
        tags: [String] = [], startsAt: Timestamp, endsAt: Timestamp, delay: Duration = .zero,
        hidesViewers: Bool = false, isAnnounced: Bool = true
    ) {
        (self.id, self.title, self.summary, self.hosts) = (id, title, summary, hosts)
        (self.products, self.tags, self.startsAt, self.endsAt) = (products, tags, startsAt, endsAt)
        (self.delay, self.hidesViewers, self.isAnnounced) = (delay, hidesViewers, isAnnounced)
    }
}

extension Studio {
    /// Writes a show down as scheduled. One that is there already stays as it is.
    /// - Returns: false where it is there already.
    @discardableResult
    package func schedule(_ show: ShowDraft) throws -> Bool {
        if try ShowRecords.row(db, show.id) != nil { return false }
        let opening = ShowSnapshot(sequence: 0, at: min(now, show.startsAt), state: .scheduled)
        let openingJSON = try WireCoding.encode(opening)
        let names = try show.hosts.map { try Catalogue.host(db, $0)?.name.string ?? "" }.joined(separator: " ")
        try db.execute(
            sql: """
                INSERT INTO shows (id, title, summary, state, starts_at, ends_at, delay_ms, tags, hides_viewers,
                    planned, played_to, snapshot, search)
                VALUES (?, ?, ?, 'scheduled', ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                show.id.rawValue, show.title, show.summary, show.startsAt.milliseconds, show.endsAt.milliseconds,
                show.delay.milliseconds, WireCoding.text(show.tags), show.hidesViewers, show.isAnnounced,
                show.startsAt.milliseconds, String(decoding: openingJSON, as: UTF8.self),
                ShowRecords.searchable("\(show.title) \(show.summary) \(names) \(show.tags.joined(separator: " "))"),
            ])
        let number = db.lastInsertedRowID
        for (position, host) in show.hosts.enumerated() {
            try db.execute(
                sql: "INSERT INTO show_hosts (show, position, host) VALUES (?, ?, ?)",
                arguments: [number, position, host.rawValue])
        }
        for (position, product) in show.products.enumerated() {
            try db.execute(
                sql: "INSERT INTO line_ups (show, position, product) VALUES (?, ?, ?)",
                arguments: [number, position, product.rawValue])
        }
        try TimelineStore.insertSegment(db, show: number, segment: 0, firstSequence: 1, opening: openingJSON)
        return true
    }

    /// Scheduled shows whose time to begin has come, the earliest first.
    package func scheduled(startingBy time: Timestamp) throws -> [ShowID] {
        try String.fetchAll(
            db, sql: "SELECT id FROM shows WHERE state = 'scheduled' AND starts_at <= ? ORDER BY starts_at, id",
            arguments: [time.milliseconds]
        ).map { ShowID($0) }
    }

    /// Time at which the next scheduled show begins; nil where there is none.
    package var nextStart: Timestamp? {
        get throws {
            try Int64.fetchOne(db, sql: "SELECT min(starts_at) FROM shows WHERE state = 'scheduled'")
                .map { Timestamp(milliseconds: $0) }
        }
    }

    /// Hosts of the scheduled shows that begin between two times.
    package func hosts(scheduledFrom start: Timestamp, to end: Timestamp) throws -> Set<HostID> {
        try Set(
            String.fetchAll(
                db,
                sql: """
                    SELECT show_hosts.host FROM show_hosts JOIN shows ON shows.number = show_hosts.show
                    WHERE shows.state = 'scheduled' AND shows.starts_at BETWEEN ? AND ?
                    """, arguments: [start.milliseconds, end.milliseconds]
            ).map { HostID($0) })
    }

    package func hosts(of show: ShowID) throws -> [Host] {
        try ShowRecords.row(db, show).map { try ShowRecords.hosts(db, show: try $0.value("number")) } ?? []
    }

    /// The products of a show, in order.
    package func lineUp(of show: ShowID) throws -> [ProductID] {
        try String.fetchAll(
            db,
            sql: """
                SELECT product FROM line_ups JOIN shows ON shows.number = line_ups.show WHERE shows.id = ?
                ORDER BY position
                """, arguments: [show.rawValue]
        ).map { ProductID($0) }
    }

    /// Forgets ended shows with their timelines: announced ones that ended before a time, and of the others all but the
    /// newest. Orders keep what they need of their shows themselves.
    package func forgetShows(announcedBefore time: Timestamp, unannouncedBeyond count: Int) throws {
        let old = try Int64.fetchAll(
            db,
            sql: """
                SELECT number FROM shows WHERE state = 'ended' AND planned AND ends_at < ?
                UNION ALL
                SELECT number FROM (
                    SELECT number FROM shows WHERE state = 'ended' AND NOT planned
                    ORDER BY ends_at DESC LIMIT -1 OFFSET ?
                )
                """, arguments: [time.milliseconds, count])
        for number in old { try db.execute(sql: "DELETE FROM shows WHERE number = ?", arguments: [number]) }
    }
}
