/// Where in a text its secrets are.
struct SecretFinder {
    let bytes: DecodedBytes
    let units: [DecodedBytes.Unit]

    init(_ bytes: DecodedBytes) {
        self.bytes = bytes
        units = bytes.units
    }

    func secrets() -> [Range<Int>] {
        var found: [Range<Int>] = []
        /// The signs that end an address's user: they are no mailbox's.
        var ends: Set<Int> = []
        for index in units.indices {
            switch units[index].byte {
            case UInt8(ascii: "="): if let range = value(at: index) { found.append(range) }
            case UInt8(ascii: ":"):
                if let range = value(at: index) { found.append(range) }
                guard let range = userInfo(after: index) else { continue }
                found.append(range)
                ends.insert(range.upperBound)
            case UInt8(ascii: "@"):
                if !ends.contains(index), let range = mailbox(around: index) { found.append(range) }
            case UInt8(ascii: "/"): if let range = ticket(after: index) { found.append(range) }
            default: break
            }
        }
        return found + opaqueWords()
    }

    // MARK: By their names

    /// What follows `name=` or `name:`.
    private func value(at separator: Int) -> Range<Int>? {
        var end = separator
        while end > 0, isBlank(end - 1) { end -= 1 }
        while end > 0, isQuote(end - 1) { end -= 1 }
        var start = end
        while start > 0, Self.isNameByte(units[start - 1].byte) { start -= 1 }
        let name = SecretName.plain(units[start..<end].lazy.map(\.byte))
        let isPair = units[separator].byte == UInt8(ascii: "=")
        if !isPair, SecretName.isHeader(name) { return line(after: separator) }
        guard isPair ? SecretName.isParameter(name) : SecretName.isMember(name) else { return nil }
        return word(after: separator)
    }

    private func line(after separator: Int) -> Range<Int> {
        let depth = units[separator].depth
        let end = units[(separator + 1)...].firstIndex {
            $0.depth <= depth && ($0.byte == UInt8(ascii: "\n") || $0.byte == UInt8(ascii: "\r"))
        }
        return trimmed(separator + 1, end ?? units.count)
    }

    private func word(after separator: Int) -> Range<Int>? {
        let depth = units[separator].depth
        var start = separator + 1
        while start < units.count, isBlank(start) { start += 1 }
        var quote: UInt8?
        while start < units.count, isQuote(start) {
            quote = units[start].byte
            start += 1
        }
        let end = units[start...].firstIndex { unit in
            guard unit.depth <= depth else { return false }
            return quote.map { $0 == unit.byte || unit.byte == UInt8(ascii: "\\") } ?? Self.endsWord(unit.byte)
        }
        let range = start..<(end ?? units.count)
        return range.isEmpty ? nil : range
    }

    private func trimmed(_ start: Int, _ end: Int) -> Range<Int> {
        var start = start
        while start < end, isBlank(start) { start += 1 }
        return start..<end
    }

    // MARK: By what stands beside them

    /// The user name and password of an address, after its scheme's colon.
    private func userInfo(after colon: Int) -> Range<Int>? {
        guard colon + 3 < units.count, units[colon + 1].byte == UInt8(ascii: "/"),
            units[colon + 2].byte == UInt8(ascii: "/")
        else { return nil }
        let depth = units[colon].depth
        let end = units[(colon + 3)...].firstIndex { unit in
            unit.depth <= depth
                && (Self.endsWord(unit.byte) && unit.byte != UInt8(ascii: ";") || Self.endsHost(unit.byte))
        }
        let at = units[(colon + 3)..<(end ?? units.count)].lastIndex { $0.byte == UInt8(ascii: "@") }
        return at.flatMap { $0 > colon + 3 ? colon + 3..<$0 : nil }
    }

    /// The whole of an e-mail address.
    private func mailbox(around at: Int) -> Range<Int>? {
        var start = at
        while start > 0, Self.isMailByte(units[start - 1].byte) { start -= 1 }
        var end = at + 1
        while end < units.count, Self.isHostByte(units[end].byte) { end += 1 }
        while end > at + 1, units[end - 1].byte == UInt8(ascii: ".") { end -= 1 }
        let host = units[(at + 1)..<end]
        let hasDot = host.dropFirst().contains { $0.byte == UInt8(ascii: ".") }
        // A user who has been removed before is none again.
        let isMark = units[start..<at].lazy.map(\.byte).elementsEqual(Redactor.mark.utf8)
        return start < at && hasDot && !isMark ? start..<end : nil
    }

    /// The part of a path that opens the page which it leads to.
    private func ticket(after slash: Int) -> Range<Int>? {
        for folder in ["checkout/", "device/"] {
            let start = slash + 1 + folder.utf8.count
            guard start < units.count, zip(units[(slash + 1)...], folder.utf8).allSatisfy({ $0.byte == $1 }) else {
                continue
            }
            let depth = units[slash].depth
            let end = units[start...].firstIndex {
                $0.depth <= depth && (Self.endsHost($0.byte) || Self.endsWord($0.byte))
            }
            let range = start..<(end ?? units.count)
            return range.isEmpty ? nil : range
        }
        return nil
    }

    // MARK: Kinds of bytes

    func isBlank(_ index: Int) -> Bool { units[index].byte == 0x20 || units[index].byte == 0x09 }

    private func isQuote(_ index: Int) -> Bool {
        [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\")].contains(units[index].byte)
    }

    static func endsWord(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == 0x7F || "&;,()[]{}<>\"'|".utf8.contains(byte)
    }
    static func endsHost(_ byte: UInt8) -> Bool { "/?#".utf8.contains(byte) }
    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte
    }
    static func isTokenByte(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || "_-".utf8.contains(byte) }
    static func isNameByte(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || "_-.".utf8.contains(byte) }
    static func isMailByte(_ byte: UInt8) -> Bool {
        isNameByte(byte) || byte >= 0x80 || "+!#$%*^~".utf8.contains(byte)
    }
    static func isHostByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte >= 0x80 || "-.".utf8.contains(byte)
    }
}
