import Domain
import GRDB

/// Orders of the demo shop on their way: packed and sent off by themselves, and delivered after that.
enum Fulfilment {
    /// Long enough for somebody to think again and cancel, short enough to be seen.
    static let packing: Duration = .seconds(3 * 60)
    static let travelling: Duration = .seconds(12 * 60)

    /// Each step begins where the one before it ended, not when somebody looked, so that a server that was away finds
    /// its orders as if it had been there.
    static func advance(_ turn: Turn) throws {
        try move(.awaitingShipment, to: .inTransit, after: packing, turn)
        try move(.inTransit, to: .delivered, after: travelling, turn)
    }

    private static func move(_ from: OrderStatus, to next: OrderStatus, after time: Duration, _ turn: Turn) throws {
        try turn.db.cachedStatement(
            sql: "UPDATE orders SET status = ?, status_at = status_at + ? WHERE status = ? AND status_at <= ?"
        ).execute(arguments: [
            next.rawValue, time.milliseconds, from.rawValue, (turn.now - time).milliseconds,
        ])
    }
}
