/// A text's bytes as they are after percent-decoding, each with its place in the text as it stands. What was encoded
/// twice is decoded twice: a secret is one however often it was wrapped.
struct DecodedBytes {
    struct Unit {
        let byte: UInt8
        /// How often it was encoded. What separates two values does so only among what was encoded no more often.
        let depth: Int
        let start: Int
        let end: Int
    }

    private static let mostRounds = 3

    private let source: [UInt8]
    private(set) var units: [Unit]

    init(_ text: String) {
        source = Array(text.utf8)
        units = source.indices.map { [source] in Unit(byte: source[$0], depth: 0, start: $0, end: $0 + 1) }
        guard source.contains(UInt8(ascii: "%")) else { return }
        for depth in 1...Self.mostRounds where !decode(depth) { return }
    }

    /// - Returns: whether there was anything to decode.
    private mutating func decode(_ depth: Int) -> Bool {
        var decoded: [Unit] = []
        decoded.reserveCapacity(units.count)
        var index = 0
        while index < units.count {
            let unit = units[index]
            if unit.byte == UInt8(ascii: "%"), index + 2 < units.count,
                let high = Self.hexValue(units[index + 1].byte), let low = Self.hexValue(units[index + 2].byte)
            {
                decoded.append(Unit(byte: high << 4 | low, depth: depth, start: unit.start, end: units[index + 2].end))
                index += 3
            } else {
                decoded.append(unit)
                index += 1
            }
        }
        defer { units = decoded }
        return decoded.count < units.count
    }

    /// The text with each of the ranges of units replaced; nil where there is none.
    func replacing(_ ranges: [Range<Int>], by mark: String) -> String? {
        guard !ranges.isEmpty else { return nil }
        var result: [UInt8] = []
        var copied = 0
        var cutEnd = -1
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            let (start, end) = (units[range.lowerBound].start, units[range.upperBound - 1].end)
            if start >= cutEnd {
                result += source[copied..<start]
                result += mark.utf8
                cutEnd = end
            } else {
                cutEnd = max(cutEnd, end)
            }
            copied = cutEnd
        }
        return String(decoding: result + source[copied...], as: UTF8.self)
    }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
