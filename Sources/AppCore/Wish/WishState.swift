import Domain
import Text

/// The wish list: kept here and nowhere else, so no shop learns of it.
package struct WishState: Sendable {
    /// The newest first.
    package var wishes: [Wish] = []
    /// The products on it, as the shop told last.
    package var products: [ProductID: Product] = [:]
    /// Products that the shop has no more.
    package var gone: Set<ProductID> = []
    package var selected: ProductID?
    /// Those whose price is still to be asked for, and those that are being asked for: one at a time of each shop is
    /// quick enough, and a long list is no flood of questions.
    var waiting: [ProductID] = []
    var asking: [Channel: ProductID] = [:]

    package init() {}

    package func contains(_ id: ProductID) -> Bool { wishes.contains { $0.product == id } }

    /// The selected product, of which only what was kept is known until the shop has answered.
    var selectedProduct: Product? {
        guard let wish = wishes.first(where: { $0.product == selected }) else { return nil }
        return products[wish.product]
            ?? Product(id: wish.product, title: wish.title, brand: wish.brand, variants: [])
    }
}
