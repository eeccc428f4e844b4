import Domain
import GRDB

/// How long an order for hosted checkout waits for its payment. What it took goes back to the shelf then.
enum CheckoutTime {
    static let allowed: Duration = .seconds(30 * 60)

    static func end(of order: Order) -> Timestamp { order.placedAt + allowed }

    /// Cancels the orders whose time is over.
    static func end(_ turn: inout Turn) throws {
        let overdue = try Row.fetchAll(
            turn.db, sql: "SELECT * FROM orders WHERE status = 'unpaid' AND placed_at <= ?",
            arguments: [(turn.now - allowed).milliseconds])
        for row in overdue { try Orders.cancel(try Orders.record(turn.db, row, now: turn.now).order, &turn) }
    }
}
