/// What stands for what after a backslash.
enum JSONEscapes {
    /// UTF-8 with every escape resolved; nil for one that does not exist.
    /// - Parameter repairs: takes half of a surrogate pair, which programs leave where they cut a text, for one spoilt letter
    ///   (U+FFFD); else nil for it.
    static func resolved(_ escaped: Slice<UnsafeBufferPointer<UInt8>>, repairs: Bool) -> [UInt8]? {
        var text: [UInt8] = []
        text.reserveCapacity(escaped.count)
        var rest = escaped[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            guard let sign = rest.popFirst() else { return nil }
            if sign == UInt8(ascii: "u") {
                guard let scalar = scalar(&rest, half: repairs ? "\u{FFFD}" : nil) else { return nil }
                text.append(contentsOf: String(Character(scalar)).utf8)
            } else {
                guard let plain = plain(sign) else { return nil }
                text.append(plain)
            }
        }
        return text
    }

    private static func plain(_ sign: UInt8) -> UInt8? {
        switch sign {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): sign
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// - Parameter half: what half of a pair stands for.
    private static func scalar(
        _ rest: inout Slice<UnsafeBufferPointer<UInt8>>, half: Unicode.Scalar?
    ) -> Unicode.Scalar? {
        guard let first = unit(&rest) else { return nil }
        guard 0xD800...0xDBFF ~= first else { return Unicode.Scalar(first) ?? half }
        var after = rest
        guard after.popFirst() == UInt8(ascii: "\\"), after.popFirst() == UInt8(ascii: "u"), let second = unit(&after),
            0xDC00...0xDFFF ~= second
        else { return half }
        rest = after
        return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    }

    /// Four hexadecimal digits.
    private static func unit(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = rest.popFirst(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
