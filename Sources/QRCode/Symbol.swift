/// How much of a symbol may be lost: about 7 % or 15 % of its codewords.
package enum Correction: Int, Sendable, CaseIterable {
    // The raw values are the standard's own two bits.
    case low = 0b01
    case medium = 0b00
}

/// The measures of a version, by ISO/IEC 18004, tables 1, 9 and E.1.
struct Symbol {
    /// Version 20 holds 858 bytes in 97 × 97 modules, which is more than a screen of text shows.
    static let versions = 1...20

    let version: Int
    let correction: Correction

    /// Modules on a side.
    var size: Int { 17 + 4 * version }

    private static let codewords = [
        26, 44, 70, 100, 134, 172, 196, 242, 292, 346, 404, 466, 532, 581, 655, 733, 815, 901, 991, 1085,
    ]
    private static let lowBlocks = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8]
    private static let mediumBlocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16]
    private static let lowCorrection = [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
    ]
    private static let mediumCorrection = [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
    ]

    /// Data and correction together.
    var codewords: Int { Self.codewords[version - 1] }
    var blocks: Int { (correction == .low ? Self.lowBlocks : Self.mediumBlocks)[version - 1] }
    var correctionPerBlock: Int { (correction == .low ? Self.lowCorrection : Self.mediumCorrection)[version - 1] }
    var dataCodewords: Int { codewords - blocks * correctionPerBlock }

    /// Bits that say how many bytes follow.
    var lengthBits: Int { version < 10 ? 8 : 16 }
    /// How many bytes of text it holds.
    var capacity: Int { (dataCodewords * 8 - 4 - lengthBits) / 8 }

    /// The smallest that holds so many bytes, with the correction that comes for nothing in it; nil where none does.
    init?(bytes: Int) {
        for version in Self.versions {
            for correction in [Correction.medium, .low] {
                self.init(version: version, correction: correction)
                if bytes <= capacity { return }
            }
        }
        return nil
    }

    init(version: Int, correction: Correction) {
        self.version = version
        self.correction = correction
    }

    /// Rows and columns of the middles of alignment patterns: at even distances from the far edge, what is left over first.
    var alignment: [Int] {
        guard version > 1 else { return [] }
        let (first, last, intervals) = (6, size - 7, version / 7 + 1)
        let step = ((last - first + 2 * intervals - 1) / (2 * intervals)) * 2
        return [first] + (0..<intervals).reversed().map { last - $0 * step }
    }

    /// Level and mask with ten bits that protect them, over a pattern that keeps it from being all light.
    static func formatBits(_ correction: Correction, mask: Int) -> Int {
        let data = correction.rawValue << 3 | mask
        return (data << 10 | remainder(data, by: 0b101_0011_0111, bits: 10)) ^ 0b101_0100_0001_0010
    }

    /// The version with twelve bits that protect it.
    static func versionBits(_ version: Int) -> Int {
        version << 12 | remainder(version, by: 0b1_1111_0010_0101, bits: 12)
    }

    private static func remainder(_ value: Int, by generator: Int, bits: Int) -> Int {
        var rest = value
        for _ in 0..<bits { rest = (rest << 1) ^ ((rest >> (bits - 1)) & 1) * generator }
        return rest
    }
}
