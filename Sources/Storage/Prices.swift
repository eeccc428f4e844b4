import Domain
import GRDB

extension StoreOperation where Value == Void {
    /// Keeps the prices that differ from the last ones seen.
    package static func recordPrices(_ facts: [VariantFacts], at: Timestamp, account: String) -> Self {
        .cache { db in
            var hasChanged = false
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
                if db.changesCount > 0 {
                    hasChanged = true
                    try db.boundPrices(of: fact.sku, account: account)
                }
            }
            if hasChanged { try db.boundPrices(at: at, account: account) }
        }
    }
}

/// A shop names its variants itself, and may invent as many as it likes.
extension Database {
    /// Of a variant.
    static let mostPrices = 500
    /// Of a shop. When there are more, a tenth goes, the oldest first.
    static let mostPricesInAll = 20_000
    private static let pricesAge = Duration.seconds(400 * 86_400)

    fileprivate func boundPrices(of sku: SKU, account: String) throws {
        try update(
            """
            DELETE FROM price_history WHERE account = ?1 AND sku = ?2 AND at <= (
                SELECT at FROM price_history WHERE account = ?1 AND sku = ?2 ORDER BY at DESC LIMIT 1 OFFSET ?3)
            """, [account, sku.rawValue, Self.mostPrices])
    }

    fileprivate func boundPrices(at time: Timestamp, account: String) throws {
        try update(
            "DELETE FROM price_history WHERE account = ? AND at < ?",
            [account, (time - Self.pricesAge).milliseconds])
        let count = try Int.fetchOne(
            cachedStatement(sql: "SELECT count(*) FROM price_history WHERE account = ?"), arguments: [account])
        guard let count, count > Self.mostPricesInAll else { return }
        try update(
            """
            DELETE FROM price_history WHERE account = ?1 AND (sku, at) IN (
                SELECT sku, at FROM price_history WHERE account = ?1 ORDER BY at DESC LIMIT -1 OFFSET ?2)
            """, [account, Self.mostPricesInAll * 9 / 10])
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
