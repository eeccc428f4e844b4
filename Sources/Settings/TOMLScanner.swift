/// The bytes of a TOML text and the place in them, with what has no parts: strings, numbers, blanks.
struct TOMLScanner {
    private let bytes: [UInt8]
    private var place = 0
    /// From 1.
    private(set) var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    func error(_ message: String) -> TOMLSyntaxError {
        TOMLSyntaxError(line: line, message: message)
    }

    func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[place...].starts(with: $0) }
    }

    @discardableResult
    mutating func skip(_ text: StaticString) -> Bool {
        guard starts(with: text) else { return false }
        place += text.utf8CodeUnitCount
        return true
    }

    mutating func skipSpaces() {
        while let byte = peek, byte == 32 || byte == 9 { place += 1 }
    }

    mutating func take(while belongs: (UInt8) -> Bool) -> String {
        let start = place
        while let byte = peek, belongs(byte) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// Blanks, line ends and comments.
    mutating func skipBlankLines() throws(TOMLSyntaxError) {
        repeat {
            skipSpaces()
            try skipComment()
        } while skipLineEnd()
    }

    /// What may stand after a pair or a header.
    mutating func endLine() throws(TOMLSyntaxError) {
        skipSpaces()
        try skipComment()
        guard peek == nil || skipLineEnd() else { throw error("expected the end of the line") }
    }

    private mutating func skipComment() throws(TOMLSyntaxError) {
        guard skip("#") else { return }
        while let byte = peek, byte != 10, byte != 13 {
            try allow(byte)
            place += 1
        }
    }

    private mutating func skipLineEnd() -> Bool {
        guard skip("\n") || skip("\r\n") else { return false }
        line += 1
        return true
    }

    private func allow(_ byte: UInt8) throws(TOMLSyntaxError) {
        if byte < 32 && byte != 9 || byte == 127 { throw error("a control character is not allowed here") }
    }

    // MARK: Strings

    mutating func basicString() throws(TOMLSyntaxError) -> String {
        skip("\"")
        var text: [UInt8] = []
        while !skip("\"") {
            guard let byte = peek, byte != 10, byte != 13 else { throw error("expected \" at the end of a text") }
            if skip("\\") {
                try escape(into: &text)
            } else {
                try allow(byte)
                text.append(byte)
                place += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    mutating func literalString() throws(TOMLSyntaxError) -> String {
        skip("'")
        var text: [UInt8] = []
        while !skip("'") {
            guard let byte = peek, byte != 10, byte != 13 else { throw error("expected ' at the end of a text") }
            try allow(byte)
            text.append(byte)
            place += 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    mutating func longBasicString() throws(TOMLSyntaxError) -> String {
        skip("\"\"\"")
        _ = skipLineEnd()
        var text: [UInt8] = []
        while !skip("\"\"\"") {
            if skip("\\") {
                if try !joinLines() { try escape(into: &text) }
            } else {
                try longByte(into: &text, end: "\"\"\"")
            }
        }
        // Up to two quotes may stand before the three.
        for _ in 0..<2 where skip("\"") { text.append(UInt8(ascii: "\"")) }
        return String(decoding: text, as: UTF8.self)
    }

    mutating func longLiteralString() throws(TOMLSyntaxError) -> String {
        skip("'''")
        _ = skipLineEnd()
        var text: [UInt8] = []
        while !skip("'''") { try longByte(into: &text, end: "'''") }
        for _ in 0..<2 where skip("'") { text.append(UInt8(ascii: "'")) }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func longByte(into text: inout [UInt8], end: String) throws(TOMLSyntaxError) {
        guard let byte = peek else { throw error("expected \(end) at the end of a text") }
        if skipLineEnd() {
            text.append(10)
        } else {
            try allow(byte)
            text.append(byte)
            place += 1
        }
    }

    /// After a backslash: whether it joins this line with the next text.
    private mutating func joinLines() throws(TOMLSyntaxError) -> Bool {
        let start = place
        skipSpaces()
        guard skipLineEnd() else {
            place = start
            return false
        }
        repeat { skipSpaces() } while skipLineEnd()
        return true
    }

    /// After a backslash.
    private mutating func escape(into text: inout [UInt8]) throws(TOMLSyntaxError) {
        guard let byte = peek else { throw error("expected a letter after \\") }
        place += 1
        switch byte {
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(byte)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let length = byte == UInt8(ascii: "u") ? 4 : 8
            let digits = String(decoding: bytes[place..<min(place + length, bytes.count)], as: UTF8.self)
            guard digits.utf8.count == length, digits.utf8.first != UInt8(ascii: "+"),
                let number = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(number)
            else { throw error("\\\(Character(Unicode.Scalar(byte))) needs the \(length) digits of a character") }
            place += length
            text += Array(String(Character(scalar)).utf8)
        default: throw error("\\ is not followed by one of b t n f r \" \\ u U; to write a \\, write two")
        }
    }

    // MARK: Numbers and words

    mutating func bareValue() throws(TOMLSyntaxError) -> TOMLNode.Value {
        let word = take { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"): true
            default: false
            }
        }
        switch word {
        case "": throw error("expected a value")
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "inf", "+inf": return .float(.infinity)
        case "-inf": return .float(-.infinity)
        case "nan", "+nan", "-nan": return .float(.nan)
        default: break
        }
        if let integer = Self.integer(word) { return .integer(integer) }
        if let float = Self.float(word) { return .float(float) }
        let isDate = word.utf8.count >= 8 && word.utf8.prefix(2).allSatisfy { 48...57 ~= $0 }
        if isDate, word.contains(":") || word.dropFirst(4).first == "-" { return .date(word) }
        throw error("\(quoted(word)) is no value; a text needs quotes")
    }

    private static func integer(_ word: String) -> Int? {
        let sign = word.hasPrefix("-") ? "-" : ""
        let digits = word.hasPrefix("-") || word.hasPrefix("+") ? word.dropFirst() : word[...]
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
            guard digits.count == word.count, let plain = plain(digits.dropFirst(2)) else { return nil }
            return Int(plain, radix: radix)
        }
        guard let plain = plain(digits), plain == "0" || !plain.hasPrefix("0"),
            plain.utf8.allSatisfy({ 48...57 ~= $0 })
        else { return nil }
        return Int(sign + plain)
    }

    private static func float(_ word: String) -> Double? {
        let digits = word.hasPrefix("-") || word.hasPrefix("+") ? word.dropFirst() : word[...]
        guard let plain = plain(digits), let first = plain.utf8.first, 48...57 ~= first,
            plain.utf8.contains(where: { ".eE".utf8.contains($0) }),
            plain == "0" || !plain.hasPrefix("0") || plain.hasPrefix("0.") || plain.lowercased().hasPrefix("0e"),
            plain.utf8.allSatisfy({ 48...57 ~= $0 || "eE.+-".utf8.contains($0) }), !plain.hasSuffix("."),
            !plain.contains(".e"), !plain.contains(".E"), let value = Double(plain)
        else { return nil }
        return word.hasPrefix("-") ? -value : value
    }

    /// Without the underscores, each of which must stand between two digits; no second sign.
    private static func plain(_ digits: Substring) -> String? {
        guard let first = digits.first, first != "+", first != "-" else { return nil }
        let parts = digits.split(separator: "_", omittingEmptySubsequences: false)
        let isSound = parts.indices.allSatisfy { index in
            let part = parts[index]
            return (index == parts.startIndex || part.first?.isHexDigit == true)
                && (index == parts.endIndex - 1 || part.last?.isHexDigit == true)
        }
        return isSound ? parts.joined() : nil
    }
}
