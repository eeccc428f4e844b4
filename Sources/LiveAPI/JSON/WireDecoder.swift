import FoundationEssentials

/// Reads a payload of the API from JSON.
package enum WireJSON {
    /// Reads a reply: what is no Unicode in a text spoils a letter, and not what the text belongs to.
    /// - Throws: `JSONSyntaxError` where it is not JSON, `DecodingError` where it is not this value.
    package static func decode<Value: Decodable>(_: Value.Type, from data: Data) throws -> Value {
        try Value(from: JSONNodeDecoder(document: JSONDocument(data, repairsText: true), node: 0))
    }

    /// Reads a reply that somebody acts upon, such as a basket: as `decode` does, and refuses a name that stands twice.
    package static func decodeUnambiguous<Value: Decodable>(_: Value.Type, from data: Data) throws -> Value {
        try unambiguous(JSONDocument(data, repairsText: true))
    }

    /// Reads what somebody asks for, such as an order: refuses a name that stands twice, and a text that is no Unicode.
    package static func decodeRequest<Value: Decodable>(_: Value.Type, from data: Data) throws -> Value {
        try unambiguous(JSONDocument(data, repairsText: false))
    }

    private static func unambiguous<Value: Decodable>(_ document: JSONDocument) throws -> Value {
        guard !document.hasRepeatedName else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "a name stands twice in it"))
        }
        return try Value(from: JSONNodeDecoder(document: document, node: 0))
    }
}

/// Two words, so that it travels as `any Decoder` without an allocation. It keeps no coding path: what a person reads of
/// a bad reply does not name the member.
struct JSONNodeDecoder: Decoder {
    let document: JSONDocument
    let node: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy _: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard document.nodes[node].kind == .object else { throw mismatch([String: Any].self) }
        return KeyedDecodingContainer(JSONObjectReader<Key>(document: document, object: node))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard document.nodes[node].kind == .array else { throw mismatch([Any].self) }
        return JSONArrayReader(document: document, array: node)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func mismatch(_ type: Any.Type) -> DecodingError {
        DecodingError.typeMismatch(
            type, .init(codingPath: [], debugDescription: "byte \(document.nodes[node].start) begins something else"))
    }

    func integer<Integer: FixedWidthInteger>() throws -> Integer {
        guard let value: Integer = document.integer(of: node) else { throw mismatch(Integer.self) }
        return value
    }
}

extension JSONNodeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { document.nodes[node].kind == .null }

    func decode(_: Bool.Type) throws -> Bool {
        switch document.nodes[node].kind {
        case .truth: true
        case .falsehood: false
        default: throw mismatch(Bool.self)
        }
    }

    func decode(_: String.Type) throws -> String {
        guard let text = document.value(of: node) else { throw mismatch(String.self) }
        return text
    }

    func decode(_: Double.Type) throws -> Double {
        guard let value = document.double(of: node) else { throw mismatch(Double.self) }
        return value
    }

    func decode(_: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_: Int.Type) throws -> Int { try integer() }
    func decode(_: Int8.Type) throws -> Int8 { try integer() }
    func decode(_: Int16.Type) throws -> Int16 { try integer() }
    func decode(_: Int32.Type) throws -> Int32 { try integer() }
    func decode(_: Int64.Type) throws -> Int64 { try integer() }
    func decode(_: UInt.Type) throws -> UInt { try integer() }
    func decode(_: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_: UInt64.Type) throws -> UInt64 { try integer() }
    func decode<Value: Decodable>(_: Value.Type) throws -> Value { try Value(from: self) }
}
