import FoundationEssentials
import LiveAPI

/// JSON as the server writes it: members in the order of their names, so that equal values have equal bytes and a
/// strong ETag can stand for them.
enum WireCoding {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try Array(encoder.encode(value))
    }

    /// For what the server itself has written.
    static func decode<Value: Decodable>(_ type: Value.Type = Value.self, from bytes: some Sequence<UInt8>) throws
        -> Value
    {
        try WireJSON.decode(type, from: Data(bytes))
    }

    static func decodeRequest<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
        try WireJSON.decodeRequest(type, from: Data(bytes))
    }

    static func text(_ value: some Encodable) throws -> String { String(decoding: try encode(value), as: UTF8.self) }
}
