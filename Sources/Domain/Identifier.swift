/// A name that a shop gave to one of its things: opaque, compared byte by byte, never shown without `SafeText`.
package struct Identifier<Entity>: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let rawValue: String

    package init(_ rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }

    package var description: String { rawValue }

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

package typealias ShowID = Identifier<Show>
package typealias HostID = Identifier<Host>
package typealias ProductID = Identifier<Product>
/// A stock keeping unit: the name of one variant, as printed on the buy pane and sent with the order.
package typealias SKU = Identifier<Variant>
package typealias ReviewID = Identifier<Review>
package typealias OfferID = Identifier<Offer>
package typealias MessageID = Identifier<ChatMessage>
package typealias QuoteID = Identifier<Quote>
package typealias OrderID = Identifier<Order>
package typealias PaymentMethodID = Identifier<PaymentMethod>
package typealias AddressID = Identifier<Address>
