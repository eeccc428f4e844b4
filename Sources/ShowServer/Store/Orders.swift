import Domain
import GRDB
import LiveAPI
import Text

/// An order as the database has it: its page's address is known only where the server listens.
struct OrderRecord {
    var order: Order
    let checkout: String?

    func map(to origin: ServerOrigin) -> Order {
        var mapped = order
        if mapped.status == .unpaid, let checkout {
            mapped.checkoutURL = CheckoutPage.url(checkout, origin)
            mapped.checkoutExpiresAt = CheckoutTime.end(of: mapped)
        }
        return mapped
    }
}

/// Orders in the database.
enum Orders {
    static let cancellable: Set<OrderStatus> = [.unpaid, .onHold, .awaitingShipment]

    static func insert(
        _ db: Database, _ quote: Quote, key: String, account: String, show: ShowID?, payment: PaymentMethodID,
        now: Timestamp
    ) throws -> OrderRecord {
        let isHosted = payment == DemoWallet.hosted
        let order = Order(
            id: OrderID("o-" + RandomName.text(bytes: 8)), key: key, status: isHosted ? .unpaid : .awaitingShipment,
            lines: quote.lines, total: quote.total, placedAt: now, show: show, canCancel: true)
        let checkout = isHosted ? RandomName.text(bytes: 20) : nil
        try db.execute(
            sql: """
                INSERT INTO orders (id, account, key, status, total, exponent, currency, placed_at, status_at,
                    show, payment_method, checkout)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                order.id.rawValue, account, key, order.status.rawValue, order.total.amount, order.total.exponent,
                order.total.currency, now.milliseconds, now.milliseconds, show?.rawValue, payment.rawValue, checkout,
            ])
        for (position, line) in order.lines.enumerated() {
            try db.execute(
                sql: """
                    INSERT INTO order_lines (order_id, position, sku, title, quantity, unit_amount, exponent, currency)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    order.id.rawValue, position, line.sku.rawValue, line.title.string, line.quantity,
                    line.unitPrice.amount, line.unitPrice.exponent, line.unitPrice.currency,
                ])
        }
        return OrderRecord(order: order, checkout: checkout)
    }

    static func record(_ db: Database, _ row: Row) throws -> OrderRecord {
        let id: String = try row.value("id")
        guard let status = OrderStatus(rawValue: try row.value("status")) else {
            throw DatabaseError(resultCode: .SQLITE_MISMATCH, message: "an unknown order status")
        }
        let order = Order(
            id: OrderID(id), key: try row.value("key"), status: status, lines: try lines(db, of: id),
            total: try Catalogue.money(row, try row.value("total")),
            placedAt: Timestamp(milliseconds: try row.value("placed_at")),
            show: (row["show"] as String?).map { ShowID($0) }, canCancel: cancellable.contains(status))
        return OrderRecord(order: order, checkout: row["checkout"])
    }

    static func lines(_ db: Database, of order: String) throws -> [QuoteLine] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM order_lines WHERE order_id = ? ORDER BY position", arguments: [order]
        ).map {
            QuoteLine(
                sku: SKU(try $0.value("sku")), title: SafeText(try $0.value("title") as String),
                quantity: try $0.value("quantity"), unitPrice: try Catalogue.money($0, try $0.value("unit_amount")))
        }
    }

    /// Puts back what it took.
    static func cancel(_ order: Order, _ turn: inout Turn) throws {
        try set(turn, .cancelled, of: order.id)
        for line in order.lines {
            try turn.db.execute(
                sql: "UPDATE variants SET stock = stock + ? WHERE sku = ?",
                arguments: [line.quantity, line.sku.rawValue])
        }
        try turn.tell(order.lines.map(\.sku), at: turn.now)
    }

    static func set(_ turn: Turn, _ status: OrderStatus, of order: OrderID) throws {
        try turn.db.execute(
            sql: "UPDATE orders SET status = ?, status_at = ? WHERE id = ?",
            arguments: [status.rawValue, turn.now.milliseconds, order.rawValue])
    }
}

extension OrderDesk {
    func order(_ db: Database, _ id: OrderID, of account: String) throws -> Order? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM orders WHERE id = ? AND account = ?", arguments: [id.rawValue, account]
        ).map { try Orders.record(db, $0).map(to: origin) }
    }

    /// Newest first.
    func orders(
        _ db: Database, of account: String, key: String?, before cursor: (Int64, String)?, limit: Int
    ) throws -> [Order] {
        var sql = "SELECT * FROM orders WHERE account = ?"
        var arguments: StatementArguments = [account]
        if let key {
            sql += " AND key = ?"
            arguments += [key]
        }
        if let cursor {
            sql += " AND (placed_at, id) < (?, ?)"
            arguments += [cursor.0, cursor.1]
        }
        sql += " ORDER BY placed_at DESC, id DESC LIMIT ?"
        arguments += [limit]
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { try Orders.record(db, $0).map(to: origin) }
    }

    /// Cancels an order that has not left yet, and puts back what it took. Cancelling again changes nothing.
    func cancel(_ id: OrderID, of account: String, _ turn: inout Turn) throws -> Order {
        guard var order = try order(turn.db, id, of: account) else { throw Problem.notFound("order") }
        if order.status == .cancelled { return order }
        guard order.canCancel else {
            throw Problem(
                code: "not_cancellable", status: 409, title: "The order can no longer be cancelled",
                detail: "it is \(order.status.rawValue)")
        }
        try Orders.cancel(order, &turn)
        order.status = .cancelled
        order.canCancel = false
        order.checkoutURL = nil
        order.checkoutExpiresAt = nil
        return order
    }
}
