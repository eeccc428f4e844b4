import Domain
import GRDB

extension StoreOperation where Value == Void {
    /// Keeps the prices that differ from the last ones seen.
    package static func recordPrices(_ facts: [VariantFacts], at: Timestamp, account: String) -> Self {
        .cache { db in
            for fact in facts {
                let price = fact.price
                // The row before this moment decides; (a, b) IS (c, d) is also true for no row and no price.
                try db.update(
                    """
                    INSERT OR IGNORE INTO price_history SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE (?4, ?5, ?6) IS NOT (
                        SELECT price, exponent, currency FROM price_history
                        WHERE account = ?1 AND sku = ?2 AND at <= ?3 ORDER BY at DESC LIMIT 1)
                    """,
                    [
                        account, fact.sku.rawValue, at.milliseconds, price.amount, price.exponent, price.currency,
                    ])
            }
        }
    }
}

extension StoreOperation where Value == [SKU: [PricePoint]] {
    /// Of each variant that a price was ever seen of the oldest first, from the price that held at `since` on.
    package static func priceHistories(_ skus: [SKU], since: Timestamp = .distantPast, account: String) -> Self {
        .read { db in
            var histories: [SKU: [PricePoint]] = [:]
            for sku in skus {
                let cursor = try db.rows(
                    """
                    SELECT at, price, exponent, currency FROM price_history WHERE account = ?1 AND sku = ?2 AND at >=
                        coalesce((SELECT max(at) FROM price_history WHERE account = ?1 AND sku = ?2 AND at <= ?3), ?3)
                    ORDER BY at
                    """, [account, sku.rawValue, since.milliseconds])
                while let row = try cursor.next() {
                    histories[sku, default: []].append(PricePoint(at: try row.time(0), price: try row.money(1)))
                }
            }
            return histories
        }
    }
}
