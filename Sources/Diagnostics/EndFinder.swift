/// End of a value: the next place of a kind, which is remembered until somebody asks from behind it.
struct EndFinder {
    enum Kind: Int {
        case word, line, authority, pathPart, doubleQuoted, singleQuoted, escaped
        /// A word, however it is encoded.
        case anyWord

        init(quote: UInt8) {
            self =
                switch quote {
                case UInt8(ascii: "\""): .doubleQuoted
                case UInt8(ascii: "'"): .singleQuoted
                default: .escaped
                }
        }

        fileprivate func ends(_ byte: UInt8) -> Bool {
            switch self {
            case .word, .anyWord: SecretFinder.endsWord(byte)
            case .line: byte == 0x0A || byte == 0x0D
            case .authority:
                SecretFinder.endsWord(byte) && byte != UInt8(ascii: ";") || SecretFinder.endsHost(byte)
            case .pathPart: SecretFinder.endsHost(byte) || SecretFinder.endsWord(byte)
            case .doubleQuoted: byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            case .singleQuoted: byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
            case .escaped: byte == UInt8(ascii: "\\")
            }
        }
    }

    private struct Question: Hashable {
        let kind: Kind
        let depth: Int
    }

    /// From where it was looked for, and where it is.
    private var known: [Question: (from: Int, end: Int)] = [:]

    /// - Parameter depth: what is encoded more often than this ends nothing.
    /// - Returns: the first such place from `start` on; the text's end where there is none.
    mutating func end(_ kind: Kind, depth: Int, from start: Int, in units: [DecodedBytes.Unit]) -> Int {
        let question = Question(kind: kind, depth: depth)
        if let known = known[question], known.from <= start, start <= known.end { return known.end }
        let found = units[start...].firstIndex { $0.depth <= depth && kind.ends($0.byte) } ?? units.count
        known[question] = (start, found)
        return found
    }
}
