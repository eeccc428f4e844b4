import Domain
import FoundationEssentials
import LiveAPI

/// Format of notes on disk: `{"note":…,"v":1}`. Version 0.1.0 wrote what is now inside, with no version.
package enum ShopNote {
    private static let version = 1

    static func text(_ value: some Encodable) throws(ShopFailure) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(Written(note: value, v: version)) else {
            throw .notSent("it could not be written down")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// nil for what is no such note, or one of a later version.
    static func value<Value: Decodable>(_: Value.Type, _ text: String?) -> Value? {
        text.flatMap { try? WireJSON.decode(Read<Value>.self, from: Data($0.utf8)).note }
    }

    private struct Written<Value: Encodable>: Encodable {
        let note: Value
        let v: Int
    }

    private struct Read<Value: Decodable>: Decodable {
        let note: Value

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            guard wire.contains("v"), wire.contains("note") else {
                note = try Value(from: decoder)
                return
            }
            guard try wire.count("v") == ShopNote.version else { throw wire.corrupted("v", "a later version") }
            note = try wire.get("note")
        }
    }

    /// A short name for what must not be shown: nobody can read it back (FNV-1a, 64 bits).
    package static func digest(_ text: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return String(hash, radix: 36)
    }
}
