import Foundation
import Testing
import Text

/// JSON that may be written into a terminal.
@Suite struct SafeJSONTests {
    /// Acts on a terminal, hides or reorders what is read: C1, DEL, bidi controls, tags, invisible letters, marks without end.
    private static let hostile = [
        "\u{9B}31m", "\u{7F}", "\u{202E}99.00", "\u{E0041}\u{E0042}", "\u{200B}", "\u{FEFF}", "\u{2028}", "\u{85}",
        "e" + String(repeating: "\u{301}", count: 9), "a\u{200D}b", "\u{AD}", "\u{2066}x",
    ]

    @Test(arguments: hostile)
    func hostileLettersAreEscapesOfTheSameValue(_ text: String) throws {
        let json = String(decoding: try JSONEncoder().encode([text]), as: UTF8.self)
        let safe = SafeJSON.escaped(json)
        #expect(safe != json)
        #expect(SafeText(safe).string == safe, "\(safe)")
        #expect(try JSONDecoder().decode([String].self, from: Data(safe.utf8)) == [text])
    }

    @Test(arguments: [
        "{\"a\":1}", "[\n\t\"Grüße\",\r\n\"日本 👩🏽‍🚀 ❤️\"]\n", "", "\"e\u{301}\"", "\"\\u009b\"",
    ])
    func everythingElseStays(_ json: String) { #expect(SafeJSON.escaped(json) == json) }

    @Test func whatIsBeyondTheFirstPlaneIsAPair() {
        #expect(SafeJSON.escaped("\"\u{E0041}\"") == "\"\\udb40\\udc41\"")
        #expect(SafeJSON.escaped("\"\u{9B}\"") == "\"\\u009b\"")
    }
}
