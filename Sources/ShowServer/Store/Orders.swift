import Domain
import GRDB
import LiveAPI
import Text

/// An order as the database has it: its page's address is known only where the server listens.
struct OrderRecord {
    var order: Order
    /// The hash of the payment page's secret.
    let checkout: String?
    /// Since when it has had its status.
    let statusAt: Timestamp
    var parcelDue: Timestamp?

    func map(to origin: ServerOrigin, of shop: ShopSetup) -> Order {
        var mapped = order
        mapped.course.estimatedDelivery =
            order.status == .inTransit
            ? parcelDue : shop.deliveryTimes?.expectedDelivery(order.status, since: statusAt)
        if mapped.status == .unpaid, let checkout {
            let token = origin.checkouts.token(of: mapped.id.rawValue)
            // One from before these secrets has an address that is not known here.
            if CheckoutSecret.hash(token) == checkout { mapped.checkoutURL = CheckoutPage.url(token, origin) }
            mapped.checkoutExpiresAt = CheckoutTime.end(of: mapped)
        }
        return mapped
    }
}

/// Orders in the database.
enum Orders {
    /// An order of so many pieces is looked at by somebody before it is packed.
    private static let manyPieces = 5

    static func insert(
        _ db: Database, _ quote: Quote, key: String, account: String, show: ShowID?, payment: ShopSetup.Payment,
        checkouts: CheckoutSecret, now: Timestamp
    ) throws -> OrderRecord {
        let isHosted = payment.outcome == .hosted
        let isLarge = quote.lines.reduce(0) { $0 + $1.quantity } >= manyPieces
        let status: OrderStatus = isHosted ? .unpaid : isLarge ? .onHold : .awaitingShipment
        let order = Order(
            id: OrderID("o-" + RandomName.text(bytes: 8)), key: key, status: status, lines: quote.lines,
            total: quote.total, placedAt: now, show: show, canCancel: true, bill: OrderBill(quote),
            payment: payment.method, address: quote.address,
            course: OrderCourse(history: [OrderCourse.Step(status, at: now)]))
        let checkout = isHosted ? CheckoutSecret.hash(checkouts.token(of: order.id.rawValue)) : nil
        try db.change(
            """
            INSERT INTO orders (id, account, key, status, total, exponent, currency, placed_at, status_at,
                show, payment_method, checkout, bill, address)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                order.id.rawValue, account, key, order.status.rawValue, order.total.amount, order.total.exponent,
                order.total.currency, now.milliseconds, now.milliseconds, show?.rawValue, payment.method.id.rawValue,
                checkout,
                try order.bill.map { try WireCoding.text($0) }, order.address?.id.rawValue,
            ])
        for (position, line) in order.lines.enumerated() {
            try db.change(
                """
                INSERT INTO order_lines
                    (order_id, position, sku, title, quantity, unit_amount, exponent, currency, product)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    order.id.rawValue, position, line.sku.rawValue, line.title.string, line.quantity,
                    line.unitPrice.amount, line.unitPrice.exponent, line.unitPrice.currency, line.product?.rawValue,
                ])
        }
        return OrderRecord(order: order, checkout: checkout, statusAt: now)
    }

    /// - Parameter shop: knows the ways to pay and the addresses; without it the order has neither.
    static func record(
        _ db: Database, _ row: Row, of shop: ShopSetup = ShopSetup(), now: Timestamp
    ) throws -> OrderRecord {
        let id: String = try row.value("id")
        guard let status = OrderStatus(rawValue: try row.value("status")) else {
            throw DatabaseError(resultCode: .SQLITE_MISMATCH, message: "an unknown order status")
        }
        let address = (row["address"] as String?).flatMap { shop.address(AddressID($0)) }
        let (course, due) = try course(db, row, status, to: address, now: now)
        let bill: OrderBill? = try (row["bill"] as String?).map { try WireCoding.decode(from: $0.utf8) }
        let order = Order(
            id: OrderID(id), key: try row.value("key"), status: status, lines: try lines(db, of: id),
            total: try Catalogue.money(row, try row.value("total")),
            placedAt: Timestamp(milliseconds: try row.value("placed_at")),
            show: (row["show"] as String?).map { ShowID($0) }, canCancel: status.next.contains(.cancelled),
            bill: bill, payment: shop.payment(PaymentMethodID(try row.value("payment_method")))?.method,
            address: address,
            course: course)
        return OrderRecord(
            order: order, checkout: row["checkout"], statusAt: Timestamp(milliseconds: try row.value("status_at")),
            parcelDue: due)
    }

    static func lines(_ db: Database, of order: String) throws -> [QuoteLine] {
        try db.rows("SELECT * FROM order_lines WHERE order_id = ? ORDER BY position", [order]).map {
            QuoteLine(
                sku: SKU(try $0.value("sku")), title: SafeText(try $0.value("title") as String),
                quantity: try $0.value("quantity"), unitPrice: try Catalogue.money($0, try $0.value("unit_amount")),
                product: ($0["product"] as String?).map { ProductID($0) })
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
    func order(_ db: Database, _ id: OrderID, of account: String, now: Timestamp) throws -> Order? {
        try db.row("SELECT * FROM orders WHERE id = ? AND account = ?", [id.rawValue, account]).map {
            try Orders.record(db, $0, of: shop, now: now).map(to: origin, of: shop)
        }
    }

    /// Newest first.
    func orders(
        _ db: Database, of account: String, key: String?, before cursor: (Int64, String)?, limit: Int, now: Timestamp
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
        return try db.rows(sql, arguments).map {
            try Orders.record(db, $0, of: shop, now: now).map(to: origin, of: shop)
        }
    }

    /// Cancels an order that has not left yet, and puts back what it took. Cancelling again changes nothing.
    func cancel(_ id: OrderID, of account: String, _ turn: inout Turn) throws -> Order {
        guard let order = try order(turn.db, id, of: account, now: turn.now) else { throw Problem.notFound("order") }
        if order.status == .cancelled { return order }
        guard order.canCancel else {
            throw Problem(
                code: ProblemCode.notCancellable, status: 409, title: "The order can no longer be cancelled",
                detail: "it is \(order.status.rawValue)")
        }
        try Orders.cancel(order, &turn)
        guard let cancelled = try self.order(turn.db, id, of: account, now: turn.now) else {
            throw Problem.notFound("order")
        }
        return cancelled
    }
}
