import Domain
import FoundationEssentials
import LiveAPI

/// How notes are written.
package enum ShopNote {
    static func text(_ value: some Encodable) throws(ShopFailure) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { throw .notSent("it could not be written down") }
        return String(decoding: data, as: UTF8.self)
    }

    /// nil for what is no such note.
    static func value<Value: Decodable>(_: Value.Type, _ text: String?) -> Value? {
        text.flatMap { try? WireJSON.decode(Value.self, from: Data($0.utf8)) }
    }

    /// A short name for what must not be shown: nobody can read it back (FNV-1a, 64 bits).
    package static func digest(_ text: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return String(hash, radix: 36)
    }
}
