import Domain
import Text

/// A value that is read from the members of a JSON object.
package protocol WireDecodable: Decodable {
    init(from wire: WireReader) throws
}

extension WireDecodable {
    package init(from decoder: any Decoder) throws { try self.init(from: decoder.wire()) }
}

extension Decoder {
    /// Members of the object that is to be read.
    /// - Throws: `DecodingError` where it is none, and for decoders other than `WireJSON`'s.
    package func wire() throws -> WireReader {
        guard let decoder = self as? JSONNodeDecoder else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: codingPath, debugDescription: "only WireJSON reads what is on the wire"))
        }
        return try WireReader(decoder)
    }
}

/// Members of a JSON object, read in place. A keyed container of Codable would be an allocation for each object and a call
/// through a generic witness for each member, which took a third of the time that a chat message takes.
package struct WireReader {
    private let document: JSONDocument
    private let object: Int

    init(_ decoder: JSONNodeDecoder) throws {
        (document, object) = (decoder.document, decoder.node)
        guard document.nodes[object].kind == .object else { throw decoder.mismatch([String: Any].self) }
    }

    /// - Throws: `DecodingError` where there is no such member.
    private func node(_ key: WireKey) throws -> JSONNodeDecoder {
        guard let node = document.member(key.stringValue, of: object) else {
            throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "no such member"))
        }
        return JSONNodeDecoder(document: document, node: node)
    }

    /// - Returns: nil for a member that is missing or null.
    private func findNode(_ key: WireKey) -> JSONNodeDecoder? {
        guard let node = document.member(key.stringValue, of: object), document.nodes[node].kind != .null else {
            return nil
        }
        return JSONNodeDecoder(document: document, node: node)
    }

    /// An error for a member that can be read, and means nothing.
    package func corrupted(_ key: WireKey, _ words: String) -> DecodingError {
        DecodingError.dataCorrupted(.init(codingPath: [key], debugDescription: words))
    }

    package func contains(_ key: WireKey) -> Bool { document.member(key.stringValue, of: object) != nil }

    /// Names of all members, in the order in which they stand.
    package var names: [String] {
        var names: [String] = []
        var index = object + 1
        while index < Int(document.nodes[object].next) {
            if let name = document.text(of: index) { names.append(name) }
            index = Int(document.nodes[Int(document.nodes[index].next)].next)
        }
        return names
    }

    // MARK: Members of any kind

    /// A required member.
    package func get<Value: Decodable>(_ key: WireKey) throws -> Value { try Value(from: node(key)) }

    /// A member that may be missing or null.
    package func find<Value: Decodable>(_ key: WireKey) throws -> Value? {
        try findNode(key).map { try Value(from: $0) }
    }

    /// Members of a member.
    package func object(_ key: WireKey) throws -> WireReader { try WireReader(node(key)) }

    // What a chat message is made of goes by no generic way.
    package func get(_ key: WireKey) throws -> String { try node(key).decode(String.self) }
    package func find(_ key: WireKey) throws -> String? { try findNode(key)?.decode(String.self) }
    package func get(_ key: WireKey) throws -> Timestamp { try Timestamp(wire: get(key)) }
    package func find(_ key: WireKey) throws -> Timestamp? { try find(key).map { try Timestamp(wire: $0) } }

    // MARK: Members with a meaning

    package func id<Entity>(_ key: WireKey) throws -> Identifier<Entity> { try Identifier(wire: get(key)) }

    /// Cursor that reads on in a list; nil at its end.
    package func findCursor(_ key: WireKey) throws -> String? {
        guard let raw: String = try find(key), !raw.isEmpty else { return nil }
        guard IDAlphabet.isCursor(raw) else { throw corrupted(key, "no cursor") }
        return raw
    }

    /// Text from outside, made safe here, once, and cut to `limit` characters.
    package func text(_ key: WireKey, limit: Int = WireLimits.textCharacters) throws -> SafeText {
        try WireLimits.safe(get(key), limit: limit)
    }

    package func findText(_ key: WireKey, limit: Int = WireLimits.textCharacters) throws -> SafeText? {
        try find(key).map { WireLimits.safe($0, limit: limit) }
    }

    /// Text of several lines, each made safe.
    package func findLines(_ key: WireKey, limit: Int = WireLimits.textCharacters) throws -> SafeLines? {
        try find(key).map { (raw: String) in SafeLines(String(raw.prefix(limit))) }
    }

    /// A link to hand to a browser, a player or a QR code: http or https, with nothing in it that a shell, a terminal or
    /// a program's options could take for something else. Any other counts as none.
    package func findLink(_ key: WireKey) throws -> String? {
        guard let link: String = try find(key), link.utf8.count <= WireLimits.linkBytes,
            link.hasPrefix("https://") || link.hasPrefix("http://"), link.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { return nil }
        return link
    }

    /// A count: never negative, and never so large that counting on from it could overflow.
    package func count(_ key: WireKey) throws -> Int { try nonNegative(node(key).integer(), key) }
    package func findCount(_ key: WireKey) throws -> Int? {
        try findNode(key).map { try nonNegative($0.integer(), key) }
    }

    /// Price of something: nothing at the least. A discount is an amount and may be less.
    package func price(_ key: WireKey) throws -> Money { try notBelowNothing(get(key), key) }
    package func findPrice(_ key: WireKey) throws -> Money? { try find(key).map { try notBelowNothing($0, key) } }

    private func notBelowNothing(_ price: Money, _ key: WireKey) throws -> Money {
        guard !price.isNegative else { throw corrupted(key, "a price below nothing") }
        return price
    }

    private func nonNegative(_ value: Int, _ key: WireKey) throws -> Int {
        guard (0...WireLimits.largestCount).contains(value) else { throw corrupted(key, "no possible count") }
        return value
    }

    // MARK: Lists

    /// A list of which the elements that cannot be understood are left out, so that one odd product hides no others. One
    /// that is missing or null is empty.
    package func list<Element: Decodable>(_ key: WireKey) throws -> [Element] {
        guard contains(key), findNode(key) != nil else { return [] }
        return try array(key) { try? Element(from: $0) }
    }

    /// Elements of a required list, as `read` has them; nil leaves one out.
    func array<Element>(_ key: WireKey, _ read: (JSONNodeDecoder) -> Element?) throws -> [Element] {
        let array = try node(key)
        guard document.nodes[array.node].kind == .array else { throw array.mismatch([Any].self) }
        let end = Int(document.nodes[array.node].next)
        var elements: [Element] = []
        var index = array.node + 1
        while index < end {
            if let element = read(JSONNodeDecoder(document: document, node: index)) { elements.append(element) }
            index = Int(document.nodes[index].next)
        }
        return elements
    }
}
