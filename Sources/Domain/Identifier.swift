/// A name that a shop gave to one of its things: opaque, compared byte by byte, never shown without `SafeText`.
package struct Identifier<Entity>: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let rawValue: String
    /// Whose name it is: two channels may give the same one to different things.
    package let channel: Channel

    package init(_ rawValue: String, of channel: Channel = .first) {
        self.rawValue = rawValue
        self.channel = channel
    }

    package init(stringLiteral value: String) { self.init(value) }

    package var description: String { rawValue }

    package static func < (a: Self, b: Self) -> Bool { (a.channel, a.rawValue) < (b.channel, b.rawValue) }
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
