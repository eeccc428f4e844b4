/// The logical lines of a calendar: the folds taken out, as bytes, because a fold may stand in the middle of a letter.
struct LineReader {
    /// Pictures that are attached come as lines of megabytes; nothing that is read here is as long as this.
    static let longestLine = 65_536

    private let bytes: [UInt8]
    private var position: Int
    /// The last line, empty when it was longer than any that counts.
    private(set) var line: [UInt8] = []
    /// Where the last line begins in the file, from 1.
    private(set) var number = 0
    private var nextNumber = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Reads the next line into `line`; false at the end.
    mutating func advance() -> Bool {
        line.removeAll(keepingCapacity: true)
        guard position < bytes.count else { return false }
        number = nextNumber
        var isTooLong = false
        while true {
            let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            var stop = end
            if stop > position, bytes[stop - 1] == UInt8(ascii: "\r") { stop -= 1 }
            isTooLong = isTooLong || line.count + (stop - position) > Self.longestLine
            if !isTooLong { line += bytes[position..<stop] }
            position = min(end + 1, bytes.count)
            nextNumber += 1
            guard position < bytes.count, Self.isFold(bytes[position]) else { break }
            position += 1
        }
        if isTooLong { line.removeAll(keepingCapacity: true) }
        return true
    }

    private static func isFold(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
