import Domain
import FoundationEssentials
import LiveAPI
import Testing

/// Ids and cursors as they come in, at the server and at the viewer alike.
@Suite struct IdentifierWireTests {
    private static let outside = [#""#, #"\u0000"#, #"S\u0000"#, "a b", "\u{FC}", "u\u{308}", #"a\n"#, "\u{212A}"]

    @Test(arguments: outside)
    func whatIsNoIDIsRefused(_ text: String) {
        #expect(throws: DecodingError.self) {
            try WireJSON.decode(QuoteRequest.Line.self, from: Data(#"{"sku":"\#(text)","quantity":1}"#.utf8))
        }
        #expect(throws: DecodingError.self) {
            try WireJSON.decode(
                QuoteRequest.self, from: Data(#"{"lines":[{"sku":"S","quantity":1}],"show":"\#(text)"}"#.utf8))
        }
    }

    @Test(arguments: outside.filter { !$0.isEmpty } + [String(repeating: "x", count: 1025)])
    func whatIsNoCursorIsRefused(_ text: String) {
        #expect(throws: DecodingError.self) {
            try WireJSON.decode(Page<SKU>.self, from: Data(#"{"items":[],"nextCursor":"\#(text)"}"#.utf8))
        }
    }

    @Test func aListEndsWithoutACursor() throws {
        for end in ["", #","nextCursor":null"#, #","nextCursor":"""#] {
            let page = try WireJSON.decode(Page<SKU>.self, from: Data(#"{"items":["S"]\#(end)}"#.utf8))
            #expect(page.items == ["S"] && page.nextCursor == nil)
        }
        let page = try WireJSON.decode(Page<SKU>.self, from: Data(#"{"items":[],"nextCursor":"17~S"}"#.utf8))
        #expect(page.nextCursor == "17~S")
    }
}
