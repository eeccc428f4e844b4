import Domain
import GRDB

extension World {
    /// Ended shows that nobody announced are kept by number, announced ones by age, so that a server that runs for
    /// months does not grow for months. Orders keep what they need of their shows themselves.
    private static var popUpsKept: Int { 20 }
    private static var daysKept: Int64 { 8 }

    func forgetOld(_ turn: Turn) throws {
        let now = turn.now.milliseconds
        let old = try Int64.fetchAll(
            turn.db,
            sql: """
                SELECT number FROM shows WHERE state = 'ended' AND planned AND ends_at < ?
                UNION ALL
                SELECT number FROM (
                    SELECT number FROM shows WHERE state = 'ended' AND NOT planned
                    ORDER BY ends_at DESC LIMIT -1 OFFSET ?
                )
                """, arguments: [now - Self.daysKept * ShowPlan.dayMilliseconds, Self.popUpsKept])
        for number in old {
            try turn.db.execute(sql: "DELETE FROM shows WHERE number = ?", arguments: [number])
        }
        try turn.db.execute(
            sql: "DELETE FROM prices WHERE at < ?", arguments: [now - 31 * ShowPlan.dayMilliseconds])
    }
}
