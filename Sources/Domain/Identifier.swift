/// A name that a shop gave to one of its things: opaque, and never shown without `SafeText`.
///
/// Ids from outside are 1 to 128 bytes of visible ASCII (`IDAlphabet`), which whoever decodes them sees to. So there is one
/// definition of equal ids, byte by byte: Swift's texts are equal where Unicode has them look alike, databases compare bytes
/// and end a text at a zero byte, and shops do either.
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

    package static func == (a: Self, b: Self) -> Bool {
        a.channel == b.channel && a.rawValue.utf8.elementsEqual(b.rawValue.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(channel)
        for byte in rawValue.utf8 { hasher.combine(byte) }
    }

    package static func < (a: Self, b: Self) -> Bool {
        guard a.channel == b.channel else { return a.channel < b.channel }
        return a.rawValue.utf8.lexicographicallyPrecedes(b.rawValue.utf8)
    }
}

/// The letters of ids, and of the cursors that a list is read on with.
package enum IDAlphabet {
    package static let longestID = 128
    package static let longestCursor = 1024

    package static func isID(_ text: some StringProtocol) -> Bool { holds(text, atMost: longestID) }
    package static func isCursor(_ text: some StringProtocol) -> Bool { holds(text, atMost: longestCursor) }

    /// Visible ASCII. The bytes are looked at in place: through a generic iterator each of them costs twenty times as much.
    private static func holds(_ text: some StringProtocol, atMost most: Int) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { areVisible($0, atMost: most) }
            ?? Array(text.utf8).withUnsafeBufferPointer { areVisible($0, atMost: most) }
    }

    private static func areVisible(_ bytes: UnsafeBufferPointer<UInt8>, atMost most: Int) -> Bool {
        (1...most).contains(bytes.count) && bytes.allSatisfy { 0x21...0x7E ~= $0 }
    }
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
package typealias DeliveryID = Identifier<Delivery>
package typealias ShipmentID = Identifier<Shipment>
