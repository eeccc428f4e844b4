/// Places of secrets in a text. Each byte is looked at a bounded number of times, whatever the text says: a value's end
/// that was found once is not looked for again.
struct SecretFinder {
    let bytes: DecodedBytes
    let units: [DecodedBytes.Unit]
    private let book: SecretBook
    private var ends = EndFinder()
    /// Places of `@`.
    private let ats: [Int]

    init(_ bytes: DecodedBytes, book: SecretBook = .shared) {
        self.bytes = bytes
        self.book = book
        units = bytes.units
        ats = bytes.units.indices.filter { [units = bytes.units] in units[$0].byte == UInt8(ascii: "@") }
    }

    mutating func secrets() -> [Range<Int>] {
        var found: [Range<Int>] = []
        /// The signs that end an address's user: they are no mailbox's.
        var userEnds: Set<Int> = []
        for index in units.indices {
            switch units[index].byte {
            case UInt8(ascii: "="): if let range = value(at: index) { found.append(range) }
            case UInt8(ascii: ":"):
                if let range = value(at: index) { found.append(range) }
                guard let range = userInfo(after: index) else { continue }
                found.append(range)
                learn(range)
                userEnds.insert(range.upperBound)
            case UInt8(ascii: "@"):
                if !userEnds.contains(index), let range = mailbox(around: index) { found.append(range) }
            case UInt8(ascii: "/"): if let range = ticket(after: index) { found.append(range) }
            default: break
            }
        }
        found += opaqueWords()
        // Last, so that it knows what has been learned from this text.
        return found + book.places(in: units.map(\.byte))
    }

    private func learn(_ range: Range<Int>, isCertain: Bool = false) {
        book.learn(units[range].lazy.map(\.byte), isCertain: isCertain)
    }

    // MARK: By their names

    /// What follows `name=` or `name:`.
    private mutating func value(at separator: Int) -> Range<Int>? {
        var end = separator
        while end > 0, isBlank(end - 1) { end -= 1 }
        while end > 0, isQuote(end - 1) { end -= 1 }
        var start = end
        while start > 0, Self.isNameByte(units[start - 1].byte) { start -= 1 }
        let name = SecretName.plain(units[start..<end].lazy.map(\.byte))
        let isPair = units[separator].byte == UInt8(ascii: "=")
        if !isPair, SecretName.isHeader(name) { return line(after: separator) }
        guard isPair ? SecretName.isParameter(name) : SecretName.isMember(name) else { return nil }
        let value = word(after: separator)
        if let value { learn(value) }
        return value
    }

    private mutating func line(after separator: Int) -> Range<Int> {
        let end = ends.end(.line, depth: units[separator].depth, from: separator + 1, in: units)
        return trimmed(separator + 1, end)
    }

    private mutating func word(after separator: Int) -> Range<Int>? {
        let depth = units[separator].depth
        var start = separator + 1
        while start < units.count, isBlank(start) { start += 1 }
        var kind = EndFinder.Kind.word
        while start < units.count, isQuote(start) {
            kind = EndFinder.Kind(quote: units[start].byte)
            start += 1
        }
        let range = start..<ends.end(kind, depth: depth, from: start, in: units)
        return range.isEmpty ? nil : range
    }

    private func trimmed(_ start: Int, _ end: Int) -> Range<Int> {
        var start = start
        while start < end, isBlank(start) { start += 1 }
        return start..<end
    }

    // MARK: By what stands beside them

    /// The user name and password of an address, after its scheme's colon.
    private mutating func userInfo(after colon: Int) -> Range<Int>? {
        guard colon + 3 < units.count, units[colon + 1].byte == UInt8(ascii: "/"),
            units[colon + 2].byte == UInt8(ascii: "/")
        else { return nil }
        let end = ends.end(.authority, depth: units[colon].depth, from: colon + 3, in: units)
        guard let at = lastAt(before: end), at > colon + 3 else { return nil }
        return colon + 3..<at
    }

    private func lastAt(before end: Int) -> Int? {
        var (low, high) = (0, ats.count)
        while low < high {
            let middle = (low + high) / 2
            if ats[middle] < end { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? ats[low - 1] : nil
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
    private mutating func ticket(after slash: Int) -> Range<Int>? {
        for folder in ["checkout/", "device/"] {
            let start = slash + 1 + folder.utf8.count
            guard start < units.count, zip(units[(slash + 1)...], folder.utf8).allSatisfy({ $0.byte == $1 }) else {
                continue
            }
            let range = start..<ends.end(.pathPart, depth: units[slash].depth, from: start, in: units)
            return range.isEmpty ? nil : range
        }
        return nil
    }

    /// Value that follows `Bearer` or `Basic`.
    mutating func credential(after end: Int, scheme word: [UInt8]) -> Range<Int>? {
        guard word.count == 6 || word.count == 5 else { return nil }
        let scheme = String(decoding: word, as: UTF8.self).lowercased()
        guard scheme == "bearer" || scheme == "basic", end < units.count else { return nil }
        var start = end
        while start < units.count, isBlank(start) || units[start].byte == UInt8(ascii: "+") { start += 1 }
        guard start > end else { return nil }
        let stop = ends.end(.anyWord, depth: .max, from: start, in: units)
        // “Basic” is a word of its own, too.
        guard stop - start >= (scheme == "basic" ? 12 : 1) else { return nil }
        learn(start..<stop)
        return start..<stop
    }

    // MARK: Kinds of bytes

    func isBlank(_ index: Int) -> Bool { units[index].byte == 0x20 || units[index].byte == 0x09 }

    private func isQuote(_ index: Int) -> Bool {
        let byte = units[index].byte
        return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
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
