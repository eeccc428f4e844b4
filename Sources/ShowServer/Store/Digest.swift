import Crypto

/// SHA-256: what is kept of a token, and what a strong ETag is made of.
enum Digest {
    static func sha256(_ message: some Collection<UInt8>) -> [UInt8] {
        var hash = SHA256()
        let isWhole: Void? = message.withContiguousStorageIfAvailable {
            hash.update(bufferPointer: UnsafeRawBufferPointer($0))
        }
        if isWhole == nil { hash.update(data: Array(message)) }
        return Array(hash.finalize())
    }

    /// The first `count` bytes of the hash, in hexadecimal.
    static func hex(_ message: some Collection<UInt8>, bytes count: Int = 32) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * count)
        for byte in sha256(message).prefix(count) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
