import CodeReader
import QRCode
import SeededRandom
import Testing

/// Another program reads what was drawn.
@Suite(.enabled(if: CodeReader.isInstalled, Comment(rawValue: CodeReader.howToInstall)))
struct ReadingSlowTests {
    /// Every version at both levels, full, nearly full and with one byte, all masks in turn.
    @Test func everyVersionLevelAndMaskIsRead() throws {
        var dice = Seeded(18004)
        var codes: [(text: String, code: QRCode)] = []
        for version in 1...20 {
            for correction in Correction.allCases {
                for wanted in [1, Int.random(in: 2...800, using: &dice), 858] {
                    var text = Self.text(wanted, &dice)
                    let mask = codes.count % 8
                    while true {
                        let bytes = Array(text.utf8)
                        if let code = QRCode(bytes: bytes, version: version, correction: correction, mask: mask) {
                            codes.append((text, code))
                            break
                        }
                        text.removeLast()
                    }
                }
            }
        }
        #expect(try CodeReader.texts(in: codes.map { Self.picture(of: $0.code) }) == codes.map(\.text))
    }

    /// Lengths about which an address is long, in the code that the program would show.
    @Test func textsOfAllLengthsAreRead() throws {
        var dice = Seeded(7)
        let texts = (1...150).map { Self.text($0, &dice) } + [String(repeating: "a", count: 858)]
        let codes = try texts.map { try #require(QRCode($0)) }
        #expect(try CodeReader.texts(in: codes.map(Self.picture)) == texts)
        #expect(codes.map(\.version) == codes.map(\.version).sorted())
    }

    /// With the margin that the standard asks for.
    private static func picture(of code: QRCode) -> [[Bool]] {
        (-4..<(code.size + 4)).map { y in (-4..<(code.size + 4)).map { x in code[x, y] } }
    }

    /// Printable and without a space at the ends, which a line of output would not show.
    private static func text(_ length: Int, _ dice: inout Seeded) -> String {
        String(
            String.UnicodeScalarView((0..<length).map { _ in UnicodeScalar(UInt8.random(in: 33...126, using: &dice)) }))
    }
}
