import Domain
import GRDB

/// Shows that were over before anybody could watch them. They stand in the schedule at once; what happened in them is
/// told when somebody asks for it, or when there is nothing better to do.
extension Studio {
    private static let untold = "state = 'ended' AND NOT EXISTS (SELECT 1 FROM segments WHERE show = shows.number)"

    static func isUntold(_ db: Database, _ show: ShowID) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM shows WHERE id = ? AND \(untold))", arguments: [show.rawValue])
            ?? false
    }

    /// The newest ended show that has not been told.
    var newestUntold: ShowID? {
        get throws {
            try String.fetchOne(db, sql: "SELECT id FROM shows WHERE \(Self.untold) ORDER BY starts_at DESC LIMIT 1")
                .map { ShowID($0) }
        }
    }

    /// Ends the scheduled shows whose time has passed with nobody there to begin them. They are untold.
    package func endMissed() throws {
        let missed = try Row.fetchAll(
            db, sql: "SELECT number, ends_at FROM shows WHERE state = 'scheduled' AND ends_at <= ?",
            arguments: [now.milliseconds])
        for row in missed {
            let number: Int64 = try row.value("number")
            let end = Timestamp(milliseconds: try row.value("ends_at"))
            try db.execute(sql: "DELETE FROM segments WHERE show = ?", arguments: [number])
            try db.execute(
                sql: "UPDATE shows SET state = 'ended', snapshot = ? WHERE number = ?",
                arguments: [WireCoding.text(ShowSnapshot(sequence: 0, at: end, state: .ended)), number])
        }
    }

    /// Has an untold show told. The past does not change the present: prices and stock are lent to it, and no show on
    /// air hears of it.
    /// - Parameter work: tells the show in a studio where it alone is on air.
    func tellPast(of id: ShowID, _ work: (inout Studio) throws -> Void) throws {
        guard try Self.isUntold(db, id), let row = try ShowRecords.row(db, id) else { return }
        let number: Int64 = try row.value("number")
        let startsAt = Timestamp(milliseconds: try row.value("starts_at"))
        let openingJSON = try WireCoding.encode(ShowSnapshot(sequence: 0, at: startsAt, state: .scheduled))
        try TimelineStore.insertSegment(db, show: number, segment: 0, firstSequence: 1, opening: openingJSON)
        try db.execute(
            sql: "UPDATE shows SET snapshot = ?, played_to = starts_at WHERE number = ?",
            arguments: [String(decoding: openingJSON, as: UTF8.self), number])
        guard let opened = try ShowRecords.row(db, id) else { return }
        let show = try ShowRecords.live(db, opened)
        try lend(show.lineUp.keys.sorted()) {
            var past = Turn(db: db, now: now, shows: [:])
            past.add(show)
            var studio = Studio(past)
            try work(&studio)
        }
    }
}
