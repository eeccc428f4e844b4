import Domain
import GRDB
import Text

extension StoreOperation where Value == Void {
    /// Keeps what the shop said of these orders; others stay, since a shop tells of orders page by page.
    package static func saveOrders(_ orders: [Order], at: Timestamp, account: String) -> Self {
        .cache { db in
            for order in orders { try db.upsert(order, account: account) }
            try db.boundOrders(account: account)
            try db.markFetched(.orders, at: at, account: account)
        }
    }

    /// Keeps what the shop said of one order.
    package static func saveOrder(_ order: Order, account: String) -> Self {
        .cache { try $0.upsert(order, account: account) }
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
        let parts = try orderParts(account: account, limit: limit)
        let ends = try paymentEnds(account: account)
        var orders: [Order] = []
        let cursor = try rows(
            """
            SELECT orders.id, orders.key, status, total, orders.exponent, orders.currency, placed_at, orders.show,
                checkout_url, can_cancel, tax_included, payment, payment_kind, payment_label, address, address_label,
                address_country, estimated_delivery, return_by, can_return, return_reason, return_note, carrier,
                tracking_number, tracking_url, declined, refunded, refunded_exponent, refunded_currency, in_doubt,
                sku, quantity, maximum, intent.exponent, intent.currency, created_at
            FROM orders LEFT JOIN order_intents AS intent
                ON intent.account = orders.account AND intent.order_id = orders.id AND intent.state = 'placed'
            WHERE orders.account = ? ORDER BY placed_at DESC, orders.id LIMIT ?
            """, [account, limit])
        var seen: Set<OrderID> = []
        while let row = try cursor.next() {
            let id: OrderID = try row.id(0)
            // Two purchases may have been answered with one order; it is one all the same.
            guard seen.insert(id).inserted else { continue }
            var order = try row.order(id, parts[id] ?? OrderParts())
            order.checkoutExpiresAt = ends[id]
            orders.append(order)
        }
        return orders
    }

    /// Of a shop, newest first: it may tell of orders that nobody has placed. What was bought here is kept all the same.
    static let mostOrders = 5000

    fileprivate func boundOrders(account: String) throws {
        try update(
            """
            DELETE FROM orders WHERE account = ?1 AND id IN (
                SELECT id FROM orders WHERE account = ?1 ORDER BY placed_at DESC, id LIMIT -1 OFFSET ?2)
                AND NOT EXISTS (
                    SELECT 1 FROM order_intents AS own WHERE own.account = ?1 AND own.order_id = orders.id)
            """, [account, Self.mostOrders])
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
        let course = order.course
        try update(
            "INSERT INTO orders VALUES (" + Array(repeating: "?", count: 31).joined(separator: ", ") + ")",
            [
                account, order.id.rawValue, key ?? "", order.status.rawValue, order.total.amount, order.total.exponent,
                order.total.currency, order.placedAt.milliseconds, order.show?.rawValue, order.checkoutURL,
                order.canCancel, order.bill?.taxIncluded, order.payment?.id.rawValue, order.payment?.kind.rawValue,
                order.payment?.label.string, order.address?.id.rawValue, order.address?.label.string,
                order.address?.country.string, course.estimatedDelivery?.milliseconds, course.returnBy?.milliseconds,
                course.canReturn, course.returning?.reason.rawValue, course.returning?.note.string,
                course.parcel?.carrier.string, course.parcel?.number.string, course.parcel?.link,
                order.declined?.string, order.refunded?.amount, order.refunded?.exponent, order.refunded?.currency,
                order.isTotalInDoubt,
            ])
        if let key, !key.isEmpty { try correctRefusal(of: key, by: order.id, account: account) }
        try insertPaymentEnd(of: order, account: account)
        try insert(OrderParts(order), of: order.id, account: account)
    }
}

extension Row {
    fileprivate func order(_ id: OrderID, _ parts: OrderParts) throws -> Order {
        guard let status = OrderStatus(rawValue: try string(2)) else { throw UnreadableRow() }
        return Order(
            id: id, key: try string(1), status: status, lines: parts.lines, total: try money(3), placedAt: try time(6),
            show: try findID(7), checkoutURL: try findString(8), canCancel: try flag(9),
            bill: parts.bill(taxIncluded: try findInteger(10).map { $0 != 0 }), payment: try payment(11),
            address: try address(14), course: try course(17, parts),
            declined: try findString(25).map { SafeText($0) }, refunded: try findInteger(26).map { _ in try money(26) },
            isTotalInDoubt: try flag(29)
        ).measured(by: try agreement(30))
    }

    private func payment(_ index: Int) throws -> PaymentMethod? {
        guard let id = try findString(index), let kind = PaymentMethod.Kind(rawValue: try string(index + 1)) else {
            return nil
        }
        return PaymentMethod(id: PaymentMethodID(id), kind: kind, label: try text(index + 2))
    }

    private func address(_ index: Int) throws -> Address? {
        guard let id = try findString(index) else { return nil }
        return Address(id: AddressID(id), label: try text(index + 1), country: try text(index + 2))
    }

    private func course(_ index: Int, _ parts: OrderParts) throws -> OrderCourse {
        let reason = try findString(index + 3).map { ReturnReason(rawValue: $0) ?? .other }
        let note = try findString(index + 4).map { SafeText($0) } ?? ""
        let carrier = try findString(index + 5)
        return OrderCourse(
            history: parts.history,
            parcel: try carrier.map {
                Parcel(
                    carrier: SafeText($0), number: try text(index + 6), link: try findString(index + 7),
                    events: parts.parcelEvents)
            }, estimatedDelivery: try findTime(index), returnBy: try findTime(index + 1),
            canReturn: try flag(index + 2),
            returning: reason.map { ReturnRequest(reason: $0, note: note, steps: parts.returnSteps) })
    }
}
