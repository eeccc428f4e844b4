import Domain
import FoundationEssentials
import GRDB
import Text

extension StoreOperation where Value == [Spending] {
    /// What is spent, or may be, as far as this file knows of it.
    /// - Parameter excluded: shops whose spendings are left out.
    package static func spendings(exceptAt excluded: [String] = []) -> Self {
        .read { try $0.spendings(exceptAt: excluded) }
    }
}

extension Database {
    /// The same that `Spending.known` counts, over all shops: a budget is one person's.
    func spendings(exceptAt excluded: [String] = []) throws -> [Spending] {
        let excluded = String(decoding: try JSONEncoder().encode(excluded), as: UTF8.self)
        return try spentOnOrders(exceptAt: excluded) + spentOnIntents(exceptAt: excluded)
    }

    private func spentOnOrders(exceptAt excluded: String) throws -> [Spending] {
        let cursor = try rows(
            """
            SELECT orders.id, status, total, orders.exponent, orders.currency, placed_at, declined, in_doubt,
                sku, quantity, maximum, intent.exponent, intent.currency, created_at
            FROM orders LEFT JOIN order_intents AS intent
                ON intent.account = orders.account AND intent.order_id = orders.id AND intent.state = 'placed'
            WHERE orders.account NOT IN (SELECT value FROM json_each(?1))
            """, [excluded])
        var spendings: [Spending] = []
        while let row = try cursor.next() {
            guard let status = OrderStatus(rawValue: try row.string(1)) else { throw UnreadableRow() }
            let order = Order(
                id: try row.id(0), key: "", status: status, lines: [], total: try row.money(2),
                placedAt: try row.time(5), declined: try row.findString(6).map { SafeText($0) },
                isTotalInDoubt: try row.flag(7))
            if let spending = Spending(order.measured(by: try row.agreement(8))) { spendings.append(spending) }
        }
        return spendings
    }

    private func spentOnIntents(exceptAt excluded: String) throws -> [Spending] {
        let cursor = try rows(
            """
            SELECT maximum, exponent, currency, created_at FROM order_intents AS intent
            WHERE state IN ('committed', 'sent', 'unknown') AND account NOT IN (SELECT value FROM json_each(?1))
                AND NOT EXISTS (SELECT 1 FROM orders WHERE account = intent.account AND key = intent.key)
            """, [excluded])
        var spendings: [Spending] = []
        while let row = try cursor.next() { spendings.append(Spending(try row.money(0), at: try row.time(3))) }
        return spendings
    }
}

extension Row {
    /// SKU, quantity, amount in three columns and time from `index` on; nil where there was no purchase from here.
    func agreement(_ index: Int) throws -> Agreement? {
        guard let sku: SKU = try findID(index) else { return nil }
        return Agreement(
            sku: sku, quantity: Int(try integer(index + 1)), total: try money(index + 2), at: try time(index + 5))
    }
}
