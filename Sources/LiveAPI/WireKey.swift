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

package typealias WireReader = KeyedDecodingContainer<WireKey>
package typealias WireWriter = KeyedEncodingContainer<WireKey>

extension Decoder {
    package func wire() throws -> WireReader { try container(keyedBy: WireKey.self) }
}

extension Encoder {
    package func wire() -> WireWriter { container(keyedBy: WireKey.self) }
}

extension KeyedDecodingContainer where Key == WireKey {
    /// A required member.
    package func get<Value: Decodable>(_ key: WireKey) throws -> Value { try decode(Value.self, forKey: key) }

    /// A member that may be missing or null.
    package func find<Value: Decodable>(_ key: WireKey) throws -> Value? {
        try decodeIfPresent(Value.self, forKey: key)
    }

    // A text needs no generic way through the container.
    package func get(_ key: WireKey) throws -> String { try decode(String.self, forKey: key) }
    package func find(_ key: WireKey) throws -> String? { try decodeIfPresent(String.self, forKey: key) }

    package func id<Entity>(_ key: WireKey) throws -> Identifier<Entity> {
        let raw = try decode(String.self, forKey: key)
        guard IDAlphabet.isID(raw) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: WireLimits.noID)
        }
        return Identifier(raw)
    }

    /// Cursor that reads on in a list; nil at its end.
    package func findCursor(_ key: WireKey) throws -> String? {
        guard let raw = try decodeIfPresent(String.self, forKey: key), !raw.isEmpty else { return nil }
        guard IDAlphabet.isCursor(raw) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "no cursor")
        }
        return raw
    }

    /// Text from outside, made safe here, once, and cut to `limit` characters.
    package func text(_ key: WireKey, limit: Int = WireLimits.textCharacters) throws -> SafeText {
        try WireLimits.safe(decode(String.self, forKey: key), limit: limit)
    }

    package func findText(_ key: WireKey, limit: Int = WireLimits.textCharacters) throws -> SafeText? {
        try decodeIfPresent(String.self, forKey: key).map { WireLimits.safe($0, limit: limit) }
    }

    /// Text of several lines, each made safe.
    package func findLines(_ key: WireKey, limit: Int = WireLimits.textCharacters) throws -> SafeLines? {
        try decodeIfPresent(String.self, forKey: key).map { SafeLines(String($0.prefix(limit))) }
    }

    /// A link to hand to a browser, a player or a QR code: http or https, with nothing in it that a shell, a terminal or
    /// a program's options could take for something else. Any other counts as none.
    package func findLink(_ key: WireKey) throws -> String? {
        guard let link = try decodeIfPresent(String.self, forKey: key), link.utf8.count <= WireLimits.linkBytes,
            link.hasPrefix("https://") || link.hasPrefix("http://"), link.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { return nil }
        return link
    }

    /// A count: never negative, and never so large that counting on from it could overflow.
    package func count(_ key: WireKey) throws -> Int { try nonNegative(decode(Int.self, forKey: key), key) }
    package func findCount(_ key: WireKey) throws -> Int? {
        try decodeIfPresent(Int.self, forKey: key).map { try nonNegative($0, key) }
    }

    /// What something costs: nothing at the least. A discount is an amount and may be less.
    package func price(_ key: WireKey) throws -> Money { try notBelowNothing(decode(Money.self, forKey: key), key) }
    package func findPrice(_ key: WireKey) throws -> Money? {
        try decodeIfPresent(Money.self, forKey: key).map { try notBelowNothing($0, key) }
    }

    private func notBelowNothing(_ price: Money, _ key: WireKey) throws -> Money {
        guard !price.isNegative else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "a price below nothing")
        }
        return price
    }

    private func nonNegative(_ value: Int, _ key: WireKey) throws -> Int {
        guard (0...WireLimits.largestCount).contains(value) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "no possible count")
        }
        return value
    }

    /// A list of which the elements that cannot be understood are left out, so that one odd product hides no others.
    package func list<Element: Decodable>(_ key: WireKey) throws -> [Element] {
        try decodeIfPresent(LossyList<Element>.self, forKey: key)?.elements ?? []
    }
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

private struct LossyList<Element: Decodable>: Decodable {
    var elements: [Element] = []

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        elements.reserveCapacity(min(container.count ?? 0, 1024))
        while !container.isAtEnd {
            if let element = try? container.decode(Element.self) {
                elements.append(element)
            } else {
                _ = try container.decode(Skipped.self)
            }
        }
    }

    private struct Skipped: Decodable { init(from decoder: any Decoder) throws {} }
}
