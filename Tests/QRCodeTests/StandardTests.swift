import Testing

@testable import QRCode

/// Figures that the standard itself works out.
struct StandardTests {
    /// Annex I: `01234567` in 1-M, whose data codewords come from another mode.
    @Test func theCorrectionOfTheStandardsExample() {
        let data: [UInt8] = [
            0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11,
        ]
        #expect(
            GaloisField.correction(of: data, count: 10)
                == [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55])
    }

    /// Annex A: the generator of degree 7, by the powers of its factors.
    @Test func theGeneratorOfDegreeSeven() {
        #expect(GaloisField.generator(degree: 7) == [87, 229, 146, 149, 238, 102, 21].map(GaloisField.exponential))
    }

    /// Annex C: level M with mask 101.
    @Test func theFormatOfTheStandardsExample() {
        #expect(Symbol.formatBits(.medium, mask: 0b101) == 0b100_0000_1100_1110)
    }

    /// All of L and M; every two differ in five bits at least.
    @Test func formatsAreFarApart() {
        let formats = Correction.allCases.flatMap { level in (0..<8).map { Symbol.formatBits(level, mask: $0) } }
        #expect(formats[0] == 0b111_0111_1100_0100)
        for (index, format) in formats.enumerated() {
            #expect(formats[..<index].allSatisfy { ($0 ^ format).nonzeroBitCount >= 5 })
        }
    }

    /// Annex D: version 7.
    @Test func theVersionOfTheStandardsExample() {
        #expect(Symbol.versionBits(7) == 0b000111_1100_1001_0100)
    }

    /// Table E.1.
    @Test(arguments: [(1, []), (2, [6, 18]), (7, [6, 22, 38]), (15, [6, 26, 48, 70]), (20, [6, 34, 62, 90])])
    func alignmentPatterns(version: Int, places: [Int]) {
        #expect(Symbol(version: version, correction: .low).alignment == places)
    }

    /// Table 7: how many bytes a version holds at L and at M.
    @Test(arguments: [
        (1, 17, 14), (4, 78, 62), (5, 106, 84), (6, 134, 106), (9, 230, 180), (10, 271, 213), (20, 858, 666),
    ])
    func capacity(version: Int, low: Int, medium: Int) {
        #expect(Symbol(version: version, correction: .low).capacity == low)
        #expect(Symbol(version: version, correction: .medium).capacity == medium)
    }

    /// The codewords that the table names are those that the patterns leave room for, but for up to seven modules.
    @Test func everyVersionHasRoomForItsCodewords() {
        for version in Symbol.versions {
            let symbol = Symbol(version: version, correction: .low)
            var modules = Modules(symbol)
            let before = modules
            modules.lay(Array(repeating: 0xFF, count: symbol.codewords + 2))
            modules.apply(mask: 0)
            var unmasked = before
            unmasked.apply(mask: 0)
            // What a mask could change and codewords fill: turned over in one, dark before in the other.
            let room = zip(modules.isDark, unmasked.isDark).count { $0 != $1 }
            #expect(room / 8 == symbol.codewords && room % 8 <= 7, "version \(version)")
        }
    }

    /// 4 bits of mode, 8 of length, the text, 4 of end, and the two bytes of padding in turn.
    @Test func theDataOfAShortText() {
        let data = Symbol(version: 1, correction: .medium).data(of: [0xAB, 0xCD])
        #expect(data.prefix(6) == [0x40, 0x2A, 0xBC, 0xD0, 0xEC, 0x11] && data.count == 16 && data.last == 0x11)
    }

    /// A run of five costs 3 and each module more 1; a finder pattern 40 for each side with four light modules.
    @Test(arguments: [
        ("11110111101111011110", 0), ("11111000000101010101", 3 + 4), ("00101010111111111011", 7),
        ("01000010111010101010", 40), ("10111010000101110101", 40 + 40 + 40), ("01010101010001011101", 40),
    ])
    func theCostOfALine(line: String, penalty: Int) {
        #expect(Modules.penalty(line.map { $0 == "1" }) == penalty)
    }

    @Test func whatNoVersionHoldsIsNoCode() {
        #expect(QRCode(String(repeating: "a", count: 859)) == nil)
        #expect(QRCode(bytes: [], version: 21, correction: .low) == nil)
        #expect(QRCode(bytes: [], version: 1, correction: .low, mask: 8) == nil)
    }
}
