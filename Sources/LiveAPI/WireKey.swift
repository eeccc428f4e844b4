import Domain
import FoundationEssentials
import Text

/// A member's name on the wire, written as a literal where it is used.
package struct WireKey: CodingKey, ExpressibleByStringLiteral {
    package let stringValue: String
    package var intValue: Int? { nil }

    package init(stringLiteral value: String) { stringValue = value }
    package init?(stringValue: String) { self.stringValue = stringValue }
    package init?(intValue: Int) { nil }
}

package typealias WireWriter = KeyedEncodingContainer<WireKey>

extension Encoder {
    package func wire() -> WireWriter { container(keyedBy: WireKey.self) }
}

extension KeyedEncodingContainer where Key == WireKey {
    package mutating func set(_ key: WireKey, _ value: some Encodable) throws { try encode(value, forKey: key) }
    package mutating func set(_ key: WireKey, _ value: (some Encodable)?) throws {
        try encodeIfPresent(value, forKey: key)
    }
}

/// Bounds on what is kept of one field, wherever it comes from (`docs/api/openapi.yaml` states them to servers).
package enum WireLimits {
    /// The largest integer that every JSON reader keeps exactly (RFC 8259, section 6).
    package static let largestCount = 9_007_199_254_740_991
    package static let noID = "an id is 1 to \(IDAlphabet.longestID) visible ASCII characters"
    package static let linkBytes = 2048
    package static let nameCharacters = 40
    package static let chatCharacters = 500
    package static let textCharacters = 2000
    package static let noteCharacters = 500
    /// Of an order's history, or of a parcel's way.
    package static let orderSteps = 50
    /// Of a product.
    package static let options = 8
    /// Of a quote.
    package static let shipments = 10
    /// Of a shipment.
    package static let deliveries = 30

    package static func safe(_ raw: String, limit: Int) -> SafeText {
        // Bytes bound characters, so most texts need no count of graphemes.
        raw.utf8.count <= limit ? SafeText(raw) : SafeText(String(raw.prefix(limit)))
    }
}
