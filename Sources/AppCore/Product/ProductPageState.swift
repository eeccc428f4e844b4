import Domain
import Text

/// A product's own page.
package struct ProductPageState: Sendable {
    /// What the cursor can stand on.
    package enum Place: Hashable, Sendable {
        case variant(SKU)
        /// In the description, by the number of its letters before (white space is none): the same at every width.
        case description(letter: Int)
        case review(ReviewID)
    }

    /// As the shop told last; until it has, what the page was opened from knew.
    package var product: Product
    /// The newest first; nil until the shop has answered.
    package var reviews: [Review]?
    package var reviewsFailure: ShopFailure?
    package var failure: ShopFailure?
    /// When the product was so, where the shop cannot be asked now.
    package var keptAt: Timestamp?
    /// What each variant cost, as this viewer saw it, the oldest first.
    package var history: [SKU: [PricePoint]] = [:]
    package var place: Place?
    package var poller = Poller()

    package init(_ product: Product) { self.product = product }

    /// Where the cursor can go, from the top of the page to its end.
    package var places: [Place] {
        let letters = product.summary.string.count { !$0.isWhitespace }
        return product.variants.map { .variant($0.sku) }
            + stride(from: 0, to: letters, by: Self.stepInDescription).map { .description(letter: $0) }
            + (reviews ?? []).map { .review($0.id) }
    }

    /// The variant that the cursor stands on, or stood on last.
    package var variant: Variant? { chosen.flatMap(product.variant) ?? product.cheapestAvailable }

    package private(set) var chosen: SKU?

    /// A few rows even where they are narrow.
    private static let stepInDescription = 120

    package mutating func move(_ intent: UserIntent, page: Int) {
        place = places.moved(from: place, by: intent, page: page)
        if case .variant(let sku)? = place { chosen = sku }
    }

    package mutating func choose(_ sku: SKU) {
        chosen = sku
        place = .variant(sku)
    }
}
