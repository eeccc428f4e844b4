/// `NAME;PARAMETER=value:VALUE`, of which names are in capitals.
struct ContentLine: Equatable {
    let name: String
    private(set) var parameters: [String: String] = [:]
    /// As it stands there: what is escaped in it depends on its type.
    let value: String

    /// Nil when the line is none, and when nobody asks for its name.
    init?(_ line: [UInt8], isWanted: (String) -> Bool) {
        guard let (name, end) = Self.name(of: line), isWanted(name) else { return nil }
        self.name = name
        var position = end
        while position < line.count, line[position] == UInt8(ascii: ";") {
            position += 1
            guard let parameter = Self.parameter(in: line, at: &position) else { return nil }
            // Of two with one name the first counts.
            if parameters[parameter.name] == nil { parameters[parameter.name] = parameter.value }
        }
        guard position < line.count, line[position] == UInt8(ascii: ":") else { return nil }
        value = String(decoding: line[(position + 1)...], as: UTF8.self)
    }

    /// In capitals, and where it ends; nil where the line has none.
    static func name(of line: [UInt8]) -> (name: String, end: Int)? {
        guard let end = line.firstIndex(where: { !isNameByte($0) }), end > 0 else { return nil }
        return (name(line[..<end]), end)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func name(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).uppercased()
    }

    /// One parameter with all of its values, the position left at what ends it. A list keeps its commas; none that is read
    /// here has one. In quotes `:`, `;` and `,` are letters like others.
    private static func parameter(in line: [UInt8], at position: inout Int) -> (name: String, value: String)? {
        let start = position
        while position < line.count, isNameByte(line[position]) { position += 1 }
        let name = name(line[start..<position])
        guard position < line.count, line[position] == UInt8(ascii: "=") else {
            // A parameter without a value says nothing, as in a calendar of version 1.
            return name.isEmpty ? nil : (name, "")
        }
        guard !name.isEmpty else { return nil }
        position += 1
        var (bytes, isQuoted): ([UInt8], Bool) = ([], false)
        while position < line.count {
            let byte = line[position]
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, byte == UInt8(ascii: ":") || byte == UInt8(ascii: ";") {
                break
            } else {
                bytes.append(byte)
            }
            position += 1
        }
        return isQuoted ? nil : (name, withoutCarets(bytes))
    }

    /// RFC 6868: `^n` is a line break, `^'` a quotation mark and `^^` a caret.
    private static func withoutCarets(_ bytes: [UInt8]) -> String {
        guard bytes.contains(UInt8(ascii: "^")) else { return String(decoding: bytes, as: UTF8.self) }
        var (plain, position): ([UInt8], Int) = ([], 0)
        while position < bytes.count {
            let next = position + 1 < bytes.count ? bytes[position + 1] : 0
            let meant: UInt8? =
                switch (bytes[position], next) {
                case (UInt8(ascii: "^"), UInt8(ascii: "n")): UInt8(ascii: "\n")
                case (UInt8(ascii: "^"), UInt8(ascii: "'")): UInt8(ascii: "\"")
                case (UInt8(ascii: "^"), UInt8(ascii: "^")): UInt8(ascii: "^")
                default: nil
                }
            plain.append(meant ?? bytes[position])
            position += meant == nil ? 1 : 2
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
