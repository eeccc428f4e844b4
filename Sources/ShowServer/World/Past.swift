import Domain
import GRDB

/// Shows that were over before anybody could watch them. They stand in the schedule at once; what happened in them is
/// told when somebody asks for it, or when there is nothing better to do, so that a first start takes no longer for them.
extension World {
    private static let untold = "state = 'ended' AND NOT EXISTS (SELECT 1 FROM segments WHERE show = shows.number)"

    /// Makes sure that an ended show has its timeline before it is read.
    func prepare(_ id: ShowID) async throws {
        if floor.show(id) != nil { return }
        let isUntold = try await floor.pool.read { db in
            try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM shows WHERE id = ? AND \(Self.untold))",
                arguments: [id.rawValue])
        }
        if isUntold == true { try await floor.write { try self.tellPast(id, $0) } }
    }

    /// Tells one more of the past shows.
    /// - Returns: false when there are no more.
    func tellNextPast() async throws -> Bool {
        try await floor.write { turn in
            let id = try String.fetchOne(
                turn.db, sql: "SELECT id FROM shows WHERE \(Self.untold) ORDER BY starts_at DESC LIMIT 1")
            guard let id else { return false }
            try self.tellPast(ShowID(id), turn)
            return true
        }
    }

    /// Puts announced shows that nobody was there to begin behind us.
    func closeMissed(_ turn: Turn) throws {
        let missed = try Row.fetchAll(
            turn.db, sql: "SELECT number, ends_at FROM shows WHERE state = 'scheduled' AND ends_at <= ?",
            arguments: [turn.now.milliseconds])
        for row in missed {
            let number: Int64 = try row.value("number")
            let end = Timestamp(milliseconds: try row.value("ends_at"))
            try turn.db.execute(sql: "DELETE FROM segments WHERE show = ?", arguments: [number])
            try turn.db.execute(
                sql: "UPDATE shows SET state = 'ended', snapshot = ? WHERE number = ?",
                arguments: [WireCoding.text(ShowSnapshot(sequence: 0, at: end, state: .ended)), number])
        }
    }

    /// The past does not change the present: prices and stock are lent to it, and no show on air hears of it.
    private func tellPast(_ id: ShowID, _ turn: Turn) throws {
        guard
            let row = try Row.fetchOne(
                turn.db, sql: "SELECT * FROM shows WHERE id = ? AND \(Self.untold)", arguments: [id.rawValue])
        else { return }
        let number: Int64 = try row.value("number")
        let startsAt = Timestamp(milliseconds: try row.value("starts_at"))
        let opening = ShowSnapshot(sequence: 0, at: startsAt, state: .scheduled)
        let openingJSON = try WireCoding.encode(opening)
        try TimelineStore.insertSegment(turn.db, show: number, segment: 0, firstSequence: 1, opening: openingJSON)
        try turn.db.execute(
            sql: "UPDATE shows SET snapshot = ?, played_to = starts_at WHERE number = ?",
            arguments: [String(decoding: openingJSON, as: UTF8.self), number])
        guard let opened = try ShowRecords.row(turn.db, id) else { return }
        let show = try ShowRecords.live(turn.db, opened)
        try Warehouse.lend(turn.db, show.lineUp.keys.sorted()) {
            var past = Turn(db: turn.db, now: turn.now, shows: [:])
            past.add(show)
            try past.change(id) { try $0.append(.state(.live), at: startsAt, to: $1) }
            try player(show, turn.db).play(&past, to: show.endsAt)
            try end(id, &past)
        }
    }
}
