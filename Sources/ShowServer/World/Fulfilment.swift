import Domain
import GRDB

/// Orders of the demo shop on their way: released, packed, sent off, delivered, completed, and sent back, all by
/// themselves. How long each takes is counted in days that are as long as the server is told.
struct Fulfilment: Sendable {
    /// How long a day of the post lasts. A minute lets a shopper see an order arrive, and long enough for somebody to
    /// think again and cancel.
    let day: Duration

    /// Somebody at the shop looks at an order that is on hold.
    private var checking: Duration { day / 2 }
    private var packing: Duration { day }
    private var travelling: Duration { day * 4 }
    private var returning: Duration { day * 30 }
    private var accepting: Duration { day }
    private var refunding: Duration { day * 3 }

    /// Each step begins where the one before it ended, not when somebody looked, so that a server that was away finds
    /// its orders as if it had been there.
    func advance(_ turn: Turn) throws {
        try move(.onHold, to: .awaitingShipment, after: checking, turn)
        try move(.awaitingShipment, to: .inTransit, after: packing, turn)
        try Parcels.sendOff(turn.db, travelling: travelling)
        try deliver(turn)
        try moveReturns(turn)
        try complete(turn)
    }

    /// When it is expected to arrive; nil where nobody can say, or it is there.
    func expectedDelivery(_ status: OrderStatus, since: Timestamp, parcelDue: Timestamp?) -> Timestamp? {
        switch status {
        case .onHold: since + checking + packing + travelling
        case .awaitingShipment: since + packing + travelling
        case .inTransit: parcelDue
        case .unpaid, .delivered, .completed, .cancelled, .returned, .gone: nil
        }
    }

    private func move(_ from: OrderStatus, to next: OrderStatus, after time: Duration, _ turn: Turn) throws {
        try turn.db.cachedStatement(
            sql: "UPDATE orders SET status = ?, status_at = status_at + ? WHERE status = ? AND status_at <= ?"
        ).execute(arguments: [
            next.rawValue, time.milliseconds, from.rawValue, (turn.now - time).milliseconds,
        ])
    }

    private func deliver(_ turn: Turn) throws {
        try turn.db.cachedStatement(
            sql: """
                UPDATE orders SET status = 'delivered', status_at = parcels.due_at FROM parcels
                WHERE orders.status = 'in_transit' AND parcels.order_id = orders.id AND parcels.due_at <= ?
                """
        ).execute(arguments: [turn.now.milliseconds])
        try turn.db.cachedStatement(
            sql: "UPDATE orders SET return_by = status_at + ? WHERE status = 'delivered' AND return_by IS NULL"
        ).execute(arguments: [returning.milliseconds])
    }

    private func moveReturns(_ turn: Turn) throws {
        for (from, next, time) in [("requested", "accepted", accepting), ("accepted", "refunded", refunding)] {
            try turn.db.cachedStatement(
                sql: "UPDATE returns SET state = ?, state_at = state_at + ? WHERE state = ? AND state_at <= ?"
            ).execute(arguments: [next, time.milliseconds, from, (turn.now - time).milliseconds])
        }
        try turn.db.cachedStatement(
            sql: """
                UPDATE orders SET status = 'returned', status_at = returns.state_at FROM returns
                WHERE orders.status = 'delivered' AND returns.order_id = orders.id AND returns.state = 'refunded'
                """
        ).execute()
    }

    /// What nobody sends back in time is kept.
    private func complete(_ turn: Turn) throws {
        try turn.db.cachedStatement(
            sql: """
                UPDATE orders SET status = 'completed', status_at = return_by
                WHERE status = 'delivered' AND return_by <= ?
                    AND NOT EXISTS (SELECT 1 FROM returns WHERE order_id = orders.id)
                """
        ).execute(arguments: [turn.now.milliseconds])
    }
}
