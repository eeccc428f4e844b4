/// The bytes of a calendar as UTF-8, whatever character set they came in.
///
/// A byte order mark counts most, then the character set that the server names, then the look of the bytes.
struct CalendarText {
    let bytes: [UInt8]
    /// The character set that the server names, where it is one that is not read.
    private(set) var unknownCharset: String?

    init(_ bytes: [UInt8], contentType: String?) {
        if let marked = Self.marked(bytes) {
            self.bytes = marked
            return
        }
        let label = contentType.flatMap(Self.charset) ?? ""
        switch label {
        case "utf-8", "utf8": self.bytes = bytes
        // As browsers read it: the bytes that ISO 8859-1 leaves free are letters on Windows.
        case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1", "windows-1252", "cp1252", "cp-1252", "x-cp1252":
            self.bytes = Self.singleBytes(bytes, Self.windows1252)
        case "iso-8859-15", "iso8859-15", "iso_8859-15", "latin9", "l9":
            self.bytes = Self.singleBytes(bytes, Self.latin9)
        case "utf-16": self.bytes = Self.utf16(bytes, isBigEndian: bytes.first == 0)
        case "utf-16be": self.bytes = Self.utf16(bytes, isBigEndian: true)
        case "utf-16le": self.bytes = Self.utf16(bytes, isBigEndian: false)
        default:
            self.bytes = Self.guessed(bytes)
            let isSaid = label.isEmpty || label == "us-ascii" || label == "ascii"
            unknownCharset = isSaid ? nil : label
        }
    }

    /// Without the mark; nil where there is none.
    private static func marked(_ bytes: [UInt8]) -> [UInt8]? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes[3...]) }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes[2...], isBigEndian: true) }
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes[2...], isBigEndian: false) }
        return nil
    }

    /// `text/calendar; charset="UTF-8"`, of which the value in small letters.
    static func charset(of contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, trimmed(pair[0]).lowercased() == "charset" else { continue }
            let value = trimmed(pair[1]).lowercased()
            return value.isEmpty ? nil : String(value.prefix(40))
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace || first == "\"" || first == "'" { text.removeFirst() }
        while let last = text.last, last.isWhitespace || last == "\"" || last == "'" { text.removeLast() }
        return text
    }

    // MARK: Where nobody says it

    /// UTF-8 is the standard's. Bytes that cannot be it, with not one letter of it among them, are Windows' letters.
    private static func guessed(_ bytes: [UInt8]) -> [UInt8] {
        let letter = UInt8(ascii: "B")
        if bytes.starts(with: [letter, 0]) { return utf16(bytes, isBigEndian: false) }
        if bytes.starts(with: [0, letter]) { return utf16(bytes, isBigEndian: true) }
        return looksLikeUTF8(bytes) ? bytes : singleBytes(bytes, windows1252)
    }

    private static func looksLikeUTF8(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return true }
        var (parser, rest, hasErrors) = (UTF8.ForwardParser(), bytes[first...].makeIterator(), false)
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded): if encoded.count > 1 { return true }
            case .error: hasErrors = true
            case .emptyInput: return !hasErrors
            }
        }
    }

    // MARK: Character sets

    private static func utf16(_ bytes: some Collection<UInt8>, isBigEndian: Bool) -> [UInt8] {
        var (units, first): ([UInt16], UInt8?) = ([], nil)
        units.reserveCapacity(bytes.count / 2)
        for byte in bytes {
            guard let before = first else {
                first = byte
                continue
            }
            units.append(isBigEndian ? UInt16(before) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(before))
            first = nil
        }
        // A byte that is left over is half a letter.
        if first != nil { units.append(0xFFFD) }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// - Parameter letters: the bytes that are not the letter of the same number.
    private static func singleBytes(_ bytes: [UInt8], _ letters: [UInt8: Unicode.Scalar]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else {
                text.append(contentsOf: UTF8.encode(letters[byte] ?? Unicode.Scalar(byte)) ?? .init())
            }
        }
        return text
    }

    private static let windows1252: [UInt8: Unicode.Scalar] = [
        0x80: "€", 0x82: "‚", 0x83: "ƒ", 0x84: "„", 0x85: "…", 0x86: "†", 0x87: "‡", 0x88: "ˆ", 0x89: "‰", 0x8A: "Š",
        0x8B: "‹", 0x8C: "Œ", 0x8E: "Ž", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•", 0x96: "–", 0x97: "—",
        0x98: "˜", 0x99: "™", 0x9A: "š", 0x9B: "›", 0x9C: "œ", 0x9E: "ž", 0x9F: "Ÿ",
    ]

    private static let latin9: [UInt8: Unicode.Scalar] = [
        0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]
}
