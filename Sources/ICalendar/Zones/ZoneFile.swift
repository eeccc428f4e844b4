/// A compiled file of the IANA time zone database (TZif, RFC 8536), versions 1 to 4.
struct ZoneFile {
    /// The largest of them has some 3 KiB.
    static let largest = 1 << 18

    private var bytes: ArraySlice<UInt8>

    private struct Header {
        var version: UInt8
        var isUTCCount, isStandardCount, leapCount, timeCount, typeCount, nameCount: Int
    }

    /// Nil when it is damaged, and when it counts leap seconds, which nobody's calendar does.
    static func zone(_ name: String, _ bytes: [UInt8]) -> CalendarZone? {
        guard bytes.count <= largest else { return nil }
        var file = ZoneFile(bytes: bytes[...])
        guard var header = file.header() else { return nil }
        var timeSize = 4
        if header.version >= UInt8(ascii: "2") {
            // The same once more, with times of 64 bits.
            guard file.skip(size(of: header, timeSize: 4)), let second = file.header() else { return nil }
            (header, timeSize) = (second, 8)
        }
        return file.zone(name, header, timeSize: timeSize)
    }

    private static func size(of header: Header, timeSize: Int) -> Int {
        header.timeCount * (timeSize + 1) + header.typeCount * 6 + header.nameCount
            + header.leapCount * (timeSize + 4) + header.isStandardCount + header.isUTCCount
    }

    private mutating func zone(_ name: String, _ header: Header, timeSize: Int) -> CalendarZone? {
        guard 1...256 ~= header.typeCount, header.leapCount == 0,
            Self.size(of: header, timeSize: timeSize) <= bytes.count
        else { return nil }
        var times: [Int] = []
        for _ in 0..<header.timeCount { times.append(bigEndian(timeSize)) }
        let types = (0..<header.timeCount).map { _ in bigEndian(1) & 0xFF }
        var offsets: [Int] = []
        for _ in 0..<header.typeCount {
            offsets.append(bigEndian(4))
            _ = skip(2)
        }
        guard types.allSatisfy(offsets.indices.contains), zip(times, times.dropFirst()).allSatisfy(<),
            offsets.allSatisfy({ abs($0) <= CalendarZone.largestOffset }), let first = offsets.first
        else { return nil }
        _ = skip(header.nameCount + header.isStandardCount + header.isUTCCount)
        var rule: YearlyRule?
        if timeSize == 8, let footer = footer(), !footer.isEmpty {
            guard let read = YearlyRule(footer) else { return nil }
            rule = read
        }
        // Some files begin with a change at the beginning of time; a sum with an offset has to fit.
        let changes = zip(times, types).map { (at: max($0, -1 << 40), offset: offsets[$1]) }
        guard changes.allSatisfy({ $0.at < 1 << 40 }) else { return nil }
        return CalendarZone(name, offset: first, changes: changes, rule: rule)
    }

    private mutating func header() -> Header? {
        guard bytes.count >= 44, bytes.starts(with: "TZif".utf8) else { return nil }
        let version = bytes[bytes.startIndex + 4]
        _ = skip(20)
        let counts = (0..<6).map { _ in bigEndian(4) }
        guard counts.allSatisfy({ 0...Self.largest ~= $0 }) else { return nil }
        return Header(
            version: version, isUTCCount: counts[0], isStandardCount: counts[1], leapCount: counts[2],
            timeCount: counts[3], typeCount: counts[4], nameCount: counts[5])
    }

    /// The rule for later years stands between two line breaks.
    private func footer() -> String? {
        guard bytes.first == UInt8(ascii: "\n") else { return nil }
        let rest = bytes.dropFirst()
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    private mutating func skip(_ count: Int) -> Bool {
        guard count <= bytes.count else { return false }
        bytes = bytes.dropFirst(count)
        return true
    }

    /// A number with a sign, of as many bytes; whoever asks has seen that they are there.
    private mutating func bigEndian(_ size: Int) -> Int {
        var number: UInt64 = 0
        for byte in bytes.prefix(size) { number = number << 8 | UInt64(byte) }
        bytes = bytes.dropFirst(size)
        let unused = 64 - 8 * size
        return Int(Int64(bitPattern: number << unused) >> Int64(unused))
    }
}
