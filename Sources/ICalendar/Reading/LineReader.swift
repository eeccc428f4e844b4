/// The logical lines of a calendar: the folds taken out, as bytes, because a fold may stand in the middle of a letter.
///
/// A line ends with CR LF, as the standard has it, and also with LF, CR or CR CR LF, in any mixture.
struct LineReader {
    /// Pictures that are attached come as lines of megabytes; nothing that is read here is as long as this.
    static let longestLine = 65_536

    private let bytes: [UInt8]
    private var position = 0
    /// The last line; of one that is longer than any that counts, the beginning.
    private(set) var line: [UInt8] = []
    private(set) var isTooLong = false
    /// Where the last line begins in the file, from 1.
    private(set) var number = 0
    private var nextNumber = 1

    private static let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads the next line into `line`; false at the end.
    mutating func advance() -> Bool {
        line.removeAll(keepingCapacity: true)
        isTooLong = false
        guard position < bytes.count else { return false }
        number = nextNumber
        repeat {
            let start = position
            while position < bytes.count, !Self.isEnd(bytes[position]) { position += 1 }
            isTooLong = isTooLong || line.count + (position - start) > Self.longestLine
            if !isTooLong { line += bytes[start..<position] }
            skipEnd()
        } while skipFold()
        return true
    }

    private mutating func skipEnd() {
        position += lengthOfEnd(at: position)
        nextNumber += 1
    }

    /// The number of bytes; 0 where none stands there.
    private func lengthOfEnd(at place: Int) -> Int {
        guard place < bytes.count else { return 0 }
        if bytes[place] == Self.lineFeed { return 1 }
        guard bytes[place] == Self.carriageReturn else { return 0 }
        // What writes CR LF for each LF, to a file with CR LF in it, leaves CR CR LF.
        if bytes[place...].starts(with: [Self.carriageReturn, Self.carriageReturn, Self.lineFeed]) { return 3 }
        return place + 1 < bytes.count && bytes[place + 1] == Self.lineFeed ? 2 : 1
    }

    /// Tells whether the line goes on, also after an empty one.
    private mutating func skipFold() -> Bool {
        if isFold(at: position) {
            position += 1
            return true
        }
        let empty = lengthOfEnd(at: position)
        guard empty > 0, isFold(at: position + empty) else { return false }
        skipEnd()
        position += 1
        return true
    }

    private func isFold(at place: Int) -> Bool {
        place < bytes.count && (bytes[place] == UInt8(ascii: " ") || bytes[place] == UInt8(ascii: "\t"))
    }

    private static func isEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }
}
