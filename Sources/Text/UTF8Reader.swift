/// Reads the scalars of valid UTF-8, as every `String` holds it, by byte offsets.
struct UTF8Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Of the next scalar.
    private(set) var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The value of the next scalar, without going on; nil at the end.
    var peek: UInt32? {
        var copy = self
        return copy.next()
    }

    /// The next scalar is ASCII, or there is none.
    var isAtASCII: Bool { offset >= bytes.count || bytes[offset] < 0x80 }

    mutating func next() -> UInt32? {
        guard offset < bytes.count else { return nil }
        let first = UInt32(bytes[offset])
        offset += 1
        guard first >= 0x80 else { return first }
        if first < 0xE0 { return (first & 0x1F) << 6 | continuation() }
        if first < 0xF0 { return (first & 0x0F) << 12 | continuation() << 6 | continuation() }
        return (first & 0x07) << 18 | continuation() << 12 | continuation() << 6 | continuation()
    }

    private mutating func continuation() -> UInt32 {
        guard offset < bytes.count else { return 0 }
        defer { offset += 1 }
        return UInt32(bytes[offset] & 0x3F)
    }

    func string(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
}

extension SafeText {
    /// The bytes of the string, in place where it has them together, as it always does but for bridged strings.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var string = string
        return string.withUTF8(body)
    }
}
