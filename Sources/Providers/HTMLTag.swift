/// One tag of HTML, from its `<` to behind its `>`.
struct HTMLTag {
    /// In lower case.
    let name: String
    let isClosing: Bool
    /// The place after it; the end of the text for a tag that is cut off.
    let end: Int
    private let attributes: Range<Int>

    /// What follows a `<` that begins markup; after anything else it is a sign like others: `1 < 2`.
    static func begins(with byte: UInt8) -> Bool {
        isLetter(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
    }

    /// - Parameter start: where the `<` is.
    init?(_ bytes: [UInt8], at start: Int) {
        var place = start + 1
        isClosing = place < bytes.count && bytes[place] == UInt8(ascii: "/")
        if isClosing { place += 1 }
        let nameStart = place
        while place < bytes.count, Self.isNameByte(bytes[place]) { place += 1 }
        name = String(decoding: bytes[nameStart..<min(place, nameStart + 16)].map(Self.lowercase), as: UTF8.self)
        let attributesStart = place
        var quote: UInt8?
        while place < bytes.count {
            let byte = bytes[place]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                // Only a value is quoted: an apostrophe elsewhere would swallow the text behind the tag.
                if bytes[place - 1] == UInt8(ascii: "=") { quote = byte }
            } else if byte == UInt8(ascii: ">") {
                break
            }
            place += 1
        }
        attributes = attributesStart..<place
        end = min(bytes.count, place + 1)
    }

    /// The value of an attribute, with its entities as they are; nil where it has none.
    func attribute(_ name: String, in bytes: [UInt8]) -> String? {
        var place = attributes.lowerBound
        while place < attributes.upperBound {
            while place < attributes.upperBound, !Self.isNameByte(bytes[place]) { place += 1 }
            let start = place
            while place < attributes.upperBound, Self.isNameByte(bytes[place]) { place += 1 }
            let isWanted = bytes[start..<place].map(Self.lowercase).elementsEqual(name.utf8)
            guard place < attributes.upperBound, bytes[place] == UInt8(ascii: "=") else { continue }
            place += 1
            let value = readValue(bytes, &place)
            if isWanted { return String(decoding: value, as: UTF8.self) }
        }
        return nil
    }

    private func readValue(_ bytes: [UInt8], _ place: inout Int) -> ArraySlice<UInt8> {
        let limit = attributes.upperBound
        guard place < limit else { return [] }
        let first = bytes[place]
        guard first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") else {
            let start = place
            while place < limit, bytes[place] > 0x20 { place += 1 }
            return bytes[start..<place]
        }
        place += 1
        let start = place
        while place < limit, bytes[place] != first { place += 1 }
        defer { place = min(limit, place + 1) }
        return bytes[start..<place]
    }

    static func lowercase(_ byte: UInt8) -> UInt8 { isLetter(byte) ? byte | 0x20 : byte }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
    }
}

/// What stands between `&` and `;`.
enum HTMLEntity {
    /// Those that shops' and chats' texts use; WordPress writes most others as numbers.
    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—",
        "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "sbquo": "‚", "bdquo": "„",
        "laquo": "«", "raquo": "»", "times": "×", "middot": "·", "bull": "•", "deg": "°", "euro": "€", "pound": "£",
        "yen": "¥", "cent": "¢", "copy": "©", "reg": "®", "trade": "™", "frac12": "½", "frac14": "¼", "frac34": "¾",
        "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é",
        "egrave": "è", "ecirc": "ê", "agrave": "à", "acirc": "â", "aacute": "á", "ccedil": "ç", "iacute": "í",
        "oacute": "ó", "uacute": "ú", "ntilde": "ñ", "oslash": "ø", "aring": "å", "aelig": "æ", "iuml": "ï",
        "ocirc": "ô", "ucirc": "û", "prime": "′", "Prime": "″", "shy": "", "zwnj": "", "zwj": "", "thinsp": " ",
        "ensp": " ", "emsp": " ",
    ]
    private static let longest = 10

    /// - Parameter start: where the `&` is.
    /// - Returns: the letters, and the place behind the entity; nil where it is none.
    static func read(_ bytes: [UInt8], at start: Int) -> (String, Int)? {
        let body = bytes[(start + 1)...].prefix(longest)
        guard let stop = body.firstIndex(of: UInt8(ascii: ";")), stop > start + 1 else { return nil }
        let word = String(decoding: bytes[(start + 1)..<stop], as: UTF8.self)
        guard let letters = word.hasPrefix("#") ? numbered(word.dropFirst()) : named[word] else { return nil }
        return (letters, stop + 1)
    }

    private static func numbered(_ digits: Substring) -> String? {
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
        // What is no letter is replaced as SafeText would: a zero or half of a pair must not pass for an ampersand's text.
        return number.map { String(Character(Unicode.Scalar($0).flatMap { $0 == "\0" ? nil : $0 } ?? "\u{FFFD}")) }
    }
}
