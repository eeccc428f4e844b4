/// The grammar of RFC 8259, once over the bytes.
struct JSONScanner {
    private(set) var nodes: [JSONDocument.Node] = []
    private var place = 0
    private let end: Int

    /// Deeper than any reply of the API, and shallow enough for the stack of any thread.
    private static let maximumDepth = 128

    init(end: Int) {
        self.end = end
        nodes.reserveCapacity(end / 8)
    }

    /// - Returns: what is wrong, if anything is.
    mutating func scanDocument(_ bytes: UnsafeBufferPointer<UInt8>) -> JSONSyntaxError? {
        skipSpace(bytes)
        guard scanValue(bytes, depth: 0) else { return JSONSyntaxError(offset: place) }
        skipSpace(bytes)
        return place == end ? nil : JSONSyntaxError(offset: place)
    }

    private mutating func scanValue(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int) -> Bool {
        guard place < end, depth < Self.maximumDepth else { return false }
        switch bytes[place] {
        case UInt8(ascii: "{"): return scanObject(bytes, depth: depth)
        case UInt8(ascii: "["): return scanArray(bytes, depth: depth)
        case UInt8(ascii: "\""): return scanString(bytes)
        case UInt8(ascii: "t"): return scanWord("true", .truth, bytes)
        case UInt8(ascii: "f"): return scanWord("false", .falsehood, bytes)
        case UInt8(ascii: "n"): return scanWord("null", .null, bytes)
        default: return scanNumber(bytes)
        }
    }

    private mutating func scanObject(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int) -> Bool {
        let node = open(.object)
        skipSpace(bytes)
        if take(UInt8(ascii: "}"), bytes) { return close(node) }
        repeat {
            skipSpace(bytes)
            guard place < end, bytes[place] == UInt8(ascii: "\""), scanString(bytes) else { return false }
            skipSpace(bytes)
            guard take(UInt8(ascii: ":"), bytes) else { return false }
            skipSpace(bytes)
            guard scanValue(bytes, depth: depth + 1) else { return false }
            skipSpace(bytes)
        } while take(UInt8(ascii: ","), bytes)
        return take(UInt8(ascii: "}"), bytes) && close(node)
    }

    private mutating func scanArray(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int) -> Bool {
        let node = open(.array)
        skipSpace(bytes)
        if take(UInt8(ascii: "]"), bytes) { return close(node) }
        repeat {
            skipSpace(bytes)
            guard scanValue(bytes, depth: depth + 1) else { return false }
            skipSpace(bytes)
        } while take(UInt8(ascii: ","), bytes)
        return take(UInt8(ascii: "]"), bytes) && close(node)
    }

    private mutating func scanString(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        place += 1
        let start = place
        var kind = JSONDocument.Kind.string
        while place < end {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                append(kind, from: start)
                place += 1
                return true
            case UInt8(ascii: "\\"):
                kind = .escapedString
                place += 2
            case 0..<0x20: return false
            default: place += 1
            }
        }
        return false
    }

    private mutating func scanNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = place
        _ = take(UInt8(ascii: "-"), bytes)
        // A leading zero stands alone.
        if !take(UInt8(ascii: "0"), bytes), !skipDigits(bytes) { return false }
        if take(UInt8(ascii: "."), bytes), !skipDigits(bytes) { return false }
        if take(UInt8(ascii: "e"), bytes) || take(UInt8(ascii: "E"), bytes) {
            if !take(UInt8(ascii: "+"), bytes) { _ = take(UInt8(ascii: "-"), bytes) }
            if !skipDigits(bytes) { return false }
        }
        append(.number, from: start)
        return true
    }

    private mutating func scanWord(
        _ word: StaticString, _ kind: JSONDocument.Kind, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let start = place
        guard end - place >= word.utf8CodeUnitCount else { return false }
        for offset in 0..<word.utf8CodeUnitCount where bytes[start + offset] != word.utf8Start[offset] { return false }
        place += word.utf8CodeUnitCount
        append(kind, from: start)
        return true
    }

    private mutating func open(_ kind: JSONDocument.Kind) -> Int {
        place += 1
        append(kind, from: place)
        return nodes.count - 1
    }

    private mutating func close(_ node: Int) -> Bool {
        nodes[node].next = Int32(truncatingIfNeeded: nodes.count)
        return true
    }

    /// Offsets and counts fit: a document is shorter than 2³¹ bytes, and a node takes at least one.
    private mutating func append(_ kind: JSONDocument.Kind, from start: Int) {
        nodes.append(
            JSONDocument.Node(
                kind: kind, start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: place),
                next: Int32(truncatingIfNeeded: nodes.count + 1)))
    }

    private mutating func take(_ byte: UInt8, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard place < end, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipDigits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = place
        while place < end, 48...57 ~= bytes[place] { place += 1 }
        return place > start
    }

    private mutating func skipSpace(_ bytes: UnsafeBufferPointer<UInt8>) {
        while place < end {
            switch bytes[place] {
            case 0x20, 0x0A, 0x0D, 0x09: place += 1
            default: return
            }
        }
    }
}
