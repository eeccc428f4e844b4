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

extension AppState {
    mutating func notePrices(of products: some Sequence<Product>) {
        for variant in products.lazy.flatMap(\.variants) { seenPrices.see(variant.sku, at: variant.price) }
    }

    /// Of a variant on the page that draws them; the same are kept.
    private static let mostPoints = 500

    /// Keeps what was seen, in the store and on the page that draws it.
    mutating func keepSeenPrices() -> [Effect] {
        let facts = seenPrices.takeUnkept()
        guard !facts.isEmpty else { return [] }
        for fact in facts where productPage?.product.variant(fact.sku) != nil {
            let history = productPage?.history[fact.sku] ?? []
            guard history.last?.price != fact.price else { continue }
            productPage?.history[fact.sku] =
                history.suffix(Self.mostPoints - 1) + [
                    PricePoint(at: now, price: fact.price)
                ]
        }
        return [.store(.prices(facts, at: now))]
    }
}
