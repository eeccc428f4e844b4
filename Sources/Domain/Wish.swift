import Text

/// A product on the wish list: what is kept of it here, so that the list can be drawn without the shop.
package struct Wish: Hashable, Sendable, Identifiable {
    package var product: ProductID
    package var title: SafeText
    package var brand: SafeText
    /// What its cheapest variant cost when it was wished for; nil where the shop gave no price.
    package var price: Money?
    /// When it was wished for.
    package var at: Timestamp

    package var id: ProductID { product }

    package init(product: ProductID, title: SafeText, brand: SafeText, price: Money?, at: Timestamp) {
        self.product = product
        self.title = title
        self.brand = brand
        self.price = price
        self.at = at
    }
}

/// A show whose beginning the shopper wants to be told of.
package struct Reminder: Hashable, Sendable, Identifiable {
    package var show: ShowID
    package var title: SafeText
    /// As the shop had it when it was last asked.
    package var startsAt: Timestamp

    package var id: ShowID { show }

    package init(show: ShowID, title: SafeText, startsAt: Timestamp) {
        self.show = show
        self.title = title
        self.startsAt = startsAt
    }
}
