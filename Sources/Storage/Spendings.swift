import Domain
import FoundationEssentials
import GRDB

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
        let cursor = try rows(
            """
            SELECT total, exponent, currency, placed_at FROM orders
            WHERE status NOT IN ('cancelled', 'returned') AND account NOT IN (SELECT value FROM json_each(?1))
            UNION ALL
            SELECT maximum, exponent, currency, created_at FROM order_intents AS intent
            WHERE state IN ('committed', 'sent', 'unknown') AND account NOT IN (SELECT value FROM json_each(?1))
                AND NOT EXISTS (SELECT 1 FROM orders WHERE account = intent.account AND key = intent.key)
            """, [String(decoding: JSONEncoder().encode(excluded), as: UTF8.self)])
        var spendings: [Spending] = []
        while let row = try cursor.next() { spendings.append(Spending(try row.money(0), at: try row.time(3))) }
        return spendings
    }
}
