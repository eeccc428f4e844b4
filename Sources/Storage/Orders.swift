import Domain
import GRDB

extension StoreOperation where Value == Void {
    /// Keeps what the shop said of these orders; others stay, since a shop tells of orders page by page.
    package static func saveOrders(_ orders: [Order], at: Timestamp, account: String) -> Self {
        .write { db in
            for order in orders { try db.upsert(order, account: account) }
            try db.markFetched(.orders, at: at, account: account)
        }
    }

    /// Keeps what the shop said of one order.
    package static func saveOrder(_ order: Order, account: String) -> Self {
        .write { try $0.upsert(order, account: account) }
    }
}

extension StoreOperation where Value == [Order] {
    /// The newest first, at most `limit`.
    package static func orders(account: String, limit: Int = 1000) -> Self {
        .read { try $0.orders(account: account, limit: limit) }
    }
}

extension Database {
    func orders(account: String, limit: Int) throws -> [Order] {
        var lines: [OrderID: [QuoteLine]] = [:]
        let positions = try rows(
            """
            SELECT order_id, sku, title, quantity, unit_price, exponent, currency FROM order_lines
            WHERE account = ?1 AND order_id IN
                (SELECT id FROM orders WHERE account = ?1 ORDER BY placed_at DESC, id LIMIT ?2)
            ORDER BY order_id, position
            """, [account, limit])
        while let row = try positions.next() {
            lines[try row.id(0), default: []].append(try row.line(1))
        }
        let ends = try paymentEnds(account: account)
        var orders: [Order] = []
        let cursor = try rows(
            """
            SELECT id, key, status, total, exponent, currency, placed_at, show, checkout_url, can_cancel
            FROM orders WHERE account = ? ORDER BY placed_at DESC, id LIMIT ?
            """, [account, limit])
        while let row = try cursor.next() {
            let id: OrderID = try row.id(0)
            var order = try row.order(id, lines: lines[id] ?? [])
            order.checkoutExpiresAt = ends[id]
            orders.append(order)
        }
        return orders
    }

    func upsert(_ order: Order, account: String) throws {
        // A shop without keys does not know which purchase its order was; it has been found out once.
        let key =
            order.key.isEmpty
            ? try String.fetchOne(
                self, sql: "SELECT key FROM orders WHERE account = ? AND id = ?",
                arguments: [account, order.id.rawValue])
            : order.key
        // What belongs to it goes with it.
        try update("DELETE FROM orders WHERE account = ? AND id = ?", [account, order.id.rawValue])
        try update(
            "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                account, order.id.rawValue, key ?? "", order.status.rawValue, order.total.amount, order.total.exponent,
                order.total.currency, order.placedAt.milliseconds, order.show?.rawValue, order.checkoutURL,
                order.canCancel,
            ])
        try insertPaymentEnd(of: order, account: account)
        for (position, line) in order.lines.enumerated() {
            try update(
                "INSERT INTO order_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    account, order.id.rawValue, position, line.sku.rawValue, line.title.string, line.quantity,
                    line.unitPrice.amount, line.unitPrice.exponent, line.unitPrice.currency,
                ])
        }
    }
}

extension Row {
    fileprivate func line(_ index: Int) throws -> QuoteLine {
        QuoteLine(
            sku: try id(index), title: try text(index + 1), quantity: Int(try integer(index + 2)),
            unitPrice: try money(index + 3))
    }

    fileprivate func order(_ id: OrderID, lines: [QuoteLine]) throws -> Order {
        guard let status = OrderStatus(rawValue: try string(2)) else { throw UnreadableRow() }
        return Order(
            id: id, key: try string(1), status: status, lines: lines, total: try money(3), placedAt: try time(6),
            show: try findID(7), checkoutURL: try findString(8), canCancel: try flag(9))
    }
}
