import Domain

/// The prices that this viewer has seen: what the store's history is written from.
package struct SeenPrices: Sendable {
    /// A price that was forgotten is written down again only where it differs from the one that is kept.
    private var last = RecentTable<SKU, Money>(capacity: 20_000)
    private var unkept: [VariantFacts] = []

    package init() {}

    /// Takes in what the shop says a variant costs now.
    mutating func see(_ sku: SKU, at price: Money) {
        guard last[sku] != price else { return }
        last[sku] = price
        unkept.append(VariantFacts(sku: sku, price: price))
    }

    /// What has not been kept yet; it counts as kept afterwards.
    mutating func takeUnkept() -> [VariantFacts] {
        defer { unkept.removeAll() }
        return unkept
    }
}
