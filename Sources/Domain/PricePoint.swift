/// What one variant cost from a moment on, as this viewer saw it.
package struct PricePoint: Hashable, Sendable {
    package var at: Timestamp
    package var price: Money

    package init(at: Timestamp, price: Money) {
        self.at = at
        self.price = price
    }
}
