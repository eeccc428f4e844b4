import Domain
import GRDB

/// Orders on their way. Each step has the time at which it was made, which is in the past where nobody was there.
extension Studio {
    /// Orders that have had a status since a time, or for longer, with when they came to it.
    package func orders(_ status: OrderStatus, since time: Timestamp) throws -> [(id: OrderID, since: Timestamp)] {
        try orders("status = ? AND status_at <= ?", "status_at", [status.rawValue, time.milliseconds])
    }

    /// Orders in transit that have no parcel, since when.
    package func ordersWithoutParcel() throws -> [(id: OrderID, since: Timestamp)] {
        try orders("status = 'in_transit' AND id NOT IN (SELECT order_id FROM parcels)", "status_at", [])
    }

    /// Orders whose parcel is due by a time, with when it is.
    package func arrivals(by time: Timestamp) throws -> [(id: OrderID, at: Timestamp)] {
        try db.rows(
            """
            SELECT id, due_at AS at FROM orders JOIN parcels ON parcels.order_id = orders.id
            WHERE status = 'in_transit' AND due_at <= ?
            """, [time.milliseconds]
        ).map { (OrderID(try $0.value("id")), Timestamp(milliseconds: try $0.value("at"))) }
    }

    /// Delivered orders that nobody has sent back in time, with the end of that time.
    package func keptOrders(by time: Timestamp) throws -> [(id: OrderID, since: Timestamp)] {
        try orders(
            """
            status = 'delivered' AND return_by <= ? AND NOT EXISTS (SELECT 1 FROM returns WHERE order_id = orders.id)
            """, "return_by", [time.milliseconds])
    }

    /// Delivered orders from before there was a time for returns.
    package func ordersWithoutReturnTime() throws -> [(id: OrderID, since: Timestamp)] {
        try orders("status = 'delivered' AND return_by IS NULL", "status_at", [])
    }

    /// Returns that have had a state since a time, or for longer.
    package func returns(_ state: ReturnRequest.State, since time: Timestamp) throws -> [(
        id: OrderID, since: Timestamp
    )] {
        try db.rows(
            "SELECT order_id AS id, state_at AS at FROM returns WHERE state = ? AND state_at <= ?",
            [state.rawValue, time.milliseconds]
        ).map { (OrderID(try $0.value("id")), Timestamp(milliseconds: try $0.value("at"))) }
    }

    private func orders(
        _ condition: String, _ time: String, _ arguments: StatementArguments
    ) throws -> [(id: OrderID, since: Timestamp)] {
        try db.rows("SELECT id, \(time) AS at FROM orders WHERE \(condition)", arguments)
            .map { (OrderID(try $0.value("id")), Timestamp(milliseconds: try $0.value("at"))) }
    }

    // MARK: Steps

    /// Releases an order that was on hold.
    package func release(_ order: OrderID, at time: Timestamp) throws {
        try move(order, to: .awaitingShipment, at: time)
    }

    /// Sends an order off in a parcel.
    package func ship(_ order: OrderID, at time: Timestamp, arriving due: Timestamp) throws {
        try move(order, to: .inTransit, at: time)
        try giveParcel(to: order, at: time, arriving: due)
    }

    /// Gives an order that has left a parcel with a number.
    package func giveParcel(to order: OrderID, at time: Timestamp, arriving due: Timestamp) throws {
        try Parcels.insert(db, order: order.rawValue, left: time, due: due)
    }

    /// Notes that an order has arrived.
    /// - Parameter end: until when it can be sent back.
    package func deliver(_ order: OrderID, at time: Timestamp, returnsUntil end: Timestamp) throws {
        try move(order, to: .delivered, at: time)
        try setReturnTime(of: order, to: end)
    }

    package func setReturnTime(of order: OrderID, to end: Timestamp) throws {
        try db.change("UPDATE orders SET return_by = ? WHERE id = ?", [end.milliseconds, order.rawValue])
    }

    /// Closes an order that is kept.
    package func complete(_ order: OrderID, at time: Timestamp) throws { try move(order, to: .completed, at: time) }

    /// Agrees to take an order back.
    package func acceptReturn(of order: OrderID, at time: Timestamp) throws {
        try moveReturn(of: order, to: .accepted, at: time)
    }

    /// Pays an order back that has returned.
    package func refundReturn(of order: OrderID, at time: Timestamp) throws {
        try moveReturn(of: order, to: .refunded, at: time)
        try move(order, to: .returned, at: time)
    }

    private func moveReturn(of order: OrderID, to state: ReturnRequest.State, at time: Timestamp) throws {
        try db.change(
            "UPDATE returns SET state = ?, state_at = ? WHERE order_id = ?",
            [state.rawValue, time.milliseconds, order.rawValue])
        guard db.changesCount > 0 else { throw StudioRefusal.noSuchOrder(order) }
    }

    private func move(_ order: OrderID, to status: OrderStatus, at time: Timestamp) throws {
        let before = try db.row("SELECT status FROM orders WHERE id = ?", [order.rawValue])
        guard let before else { throw StudioRefusal.noSuchOrder(order) }
        guard OrderStatus(rawValue: try before.value("status"))?.next.contains(status) == true else {
            throw StudioRefusal.orderDoesNotMove(order, to: status)
        }
        try db.change(
            "UPDATE orders SET status = ?, status_at = ? WHERE id = ?",
            [status.rawValue, time.milliseconds, order.rawValue])
    }
}
