/// JSON as it may be written anywhere, into a terminal too: what `SafeText` would take out of a text is written as an escape
/// (`\u009b`), so that a program reads the same value, and no terminal acts on it.
package enum SafeJSON {
    /// - Parameter json: valid JSON; line ends between its values stay.
    package static func escaped(_ json: String) -> String {
        var json = json
        return json.withUTF8 { bytes in
            bytes.allSatisfy(isPlain) ? nil : escaped(bytes)
        } ?? json
    }

    private static func isPlain(_ byte: UInt8) -> Bool { 0x20...0x7E ~= byte || isSpace(UInt32(byte)) }

    /// White space that stands between values; in a text it is an escape already.
    private static func isSpace(_ value: UInt32) -> Bool { value == 0x0A || value == 0x0D || value == 0x09 }

    private static func escaped(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var reader = UTF8Reader(bytes)
        var state = TextFilter.State(foldsSpaces: false)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + 64)
        var start = 0
        while let value = reader.next() {
            let scalar = start..<reader.offset
            start = reader.offset
            if case .keep = state.judge(value, next: reader) {
                output += bytes[scalar]
            } else if isSpace(value) {
                output += bytes[scalar]
            } else {
                for unit in UTF16.encode(Unicode.Scalar(value) ?? TextFilter.replacement) ?? .init() {
                    let digits = String(unit, radix: 16)
                    output += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
                }
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
