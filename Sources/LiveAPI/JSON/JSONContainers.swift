/// The members of an object.
struct JSONObjectReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let document: JSONDocument
    let object: Int

    var codingPath: [any CodingKey] { [] }

    var allKeys: [Key] {
        var keys: [Key] = []
        var index = object + 1
        while index < Int(document.nodes[object].next) {
            let value = Int(document.nodes[index].next)
            if let key = document.text(of: index).flatMap({ Key(stringValue: $0) }) { keys.append(key) }
            index = Int(document.nodes[value].next)
        }
        return keys
    }

    func contains(_ key: Key) -> Bool { document.member(key.stringValue, of: object) != nil }

    private func value(_ key: Key) throws -> JSONNodeDecoder {
        guard let node = document.member(key.stringValue, of: object) else {
            throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "no such member"))
        }
        return JSONNodeDecoder(document: document, node: node)
    }

    /// nil for a member that is missing or null.
    private func find(_ key: Key) -> JSONNodeDecoder? {
        guard let node = document.member(key.stringValue, of: object), document.nodes[node].kind != .null else {
            return nil
        }
        return JSONNodeDecoder(document: document, node: node)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try value(key).decodeNil() }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(key).decode(type) }
    func decode(_: Int.Type, forKey key: Key) throws -> Int { try value(key).integer() }
    func decode(_: Int8.Type, forKey key: Key) throws -> Int8 { try value(key).integer() }
    func decode(_: Int16.Type, forKey key: Key) throws -> Int16 { try value(key).integer() }
    func decode(_: Int32.Type, forKey key: Key) throws -> Int32 { try value(key).integer() }
    func decode(_: Int64.Type, forKey key: Key) throws -> Int64 { try value(key).integer() }
    func decode(_: UInt.Type, forKey key: Key) throws -> UInt { try value(key).integer() }
    func decode(_: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key).integer() }
    func decode(_: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(key).integer() }
    func decode(_: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(key).integer() }
    func decode(_: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(key).integer() }
    func decode<Value: Decodable>(_: Value.Type, forKey key: Key) throws -> Value { try Value(from: value(key)) }

    // The standard ways to these look a member up three times.
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try find(key)?.decode(type) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try find(key)?.decode(type) }
    func decodeIfPresent(_: Int.Type, forKey key: Key) throws -> Int? { try find(key)?.integer() }
    func decodeIfPresent<Value: Decodable>(_: Value.Type, forKey key: Key) throws -> Value? {
        try find(key).map { try Value(from: $0) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try value(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try value(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { JSONNodeDecoder(document: document, node: object) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try value(key) }
}

/// The elements of an array, one after the other. One that cannot be read stays the next, as with Foundation's decoder.
struct JSONArrayReader: UnkeyedDecodingContainer {
    private let document: JSONDocument
    private var node: Int32
    private let end: Int32
    private(set) var currentIndex = 0

    init(document: JSONDocument, array: Int) {
        self.document = document
        node = Int32(truncatingIfNeeded: array + 1)
        end = document.nodes[array].next
    }

    var codingPath: [any CodingKey] { [] }
    var isAtEnd: Bool { node >= end }

    /// Of all elements; walks over those that are left.
    var count: Int? {
        var count = currentIndex
        var next = node
        while next < end {
            next = document.nodes[Int(next)].next
            count += 1
        }
        return count
    }

    private mutating func read<Value>(_ body: (JSONNodeDecoder) throws -> Value) throws -> Value {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Value.self, .init(codingPath: [], debugDescription: "no element \(currentIndex)"))
        }
        let value = try body(JSONNodeDecoder(document: document, node: Int(node)))
        node = document.nodes[Int(node)].next
        currentIndex += 1
        return value
    }

    mutating func decodeNil() throws -> Bool {
        // Only a null is passed over.
        guard !isAtEnd, document.nodes[Int(node)].kind == .null else { return false }
        return try read { $0.decodeNil() }
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try read { try $0.decode(type) } }
    mutating func decode(_ type: String.Type) throws -> String { try read { try $0.decode(type) } }
    mutating func decode(_ type: Double.Type) throws -> Double { try read { try $0.decode(type) } }
    mutating func decode(_ type: Float.Type) throws -> Float { try read { try $0.decode(type) } }
    mutating func decode(_: Int.Type) throws -> Int { try read { try $0.integer() } }
    mutating func decode(_: Int8.Type) throws -> Int8 { try read { try $0.integer() } }
    mutating func decode(_: Int16.Type) throws -> Int16 { try read { try $0.integer() } }
    mutating func decode(_: Int32.Type) throws -> Int32 { try read { try $0.integer() } }
    mutating func decode(_: Int64.Type) throws -> Int64 { try read { try $0.integer() } }
    mutating func decode(_: UInt.Type) throws -> UInt { try read { try $0.integer() } }
    mutating func decode(_: UInt8.Type) throws -> UInt8 { try read { try $0.integer() } }
    mutating func decode(_: UInt16.Type) throws -> UInt16 { try read { try $0.integer() } }
    mutating func decode(_: UInt32.Type) throws -> UInt32 { try read { try $0.integer() } }
    mutating func decode(_: UInt64.Type) throws -> UInt64 { try read { try $0.integer() } }
    mutating func decode<Value: Decodable>(_: Value.Type) throws -> Value { try read { try Value(from: $0) } }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try read { try $0.container(keyedBy: type) } }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try read { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder { try read { $0 } }
}
