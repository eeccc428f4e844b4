import Domain
import Testing

@Suite struct IdentifierTests {
    /// Equal for Unicode, and not for a database or another program.
    @Test(arguments: [
        ("\u{FC}", "u\u{308}"), ("K", "\u{212A}"), (";", "\u{37E}"), ("a\u{323}\u{307}", "a\u{307}\u{323}"),
        ("A", "A\u{0}"), ("a", "A"),
    ])
    func idsAreEqualByteByByte(_ one: String, _ other: String) {
        #expect(SKU(one) != SKU(other))
        #expect(Set([SKU(one), SKU(other)]).count == 2)
        #expect((SKU(one) < SKU(other)) != (SKU(other) < SKU(one)))
    }

    @Test func anIDIsEqualToItself() {
        let (one, other) = (SKU("MV-101"), SKU(["MV", "101"].joined(separator: "-")))
        #expect(one == other && Set([one, other]).count == 1 && !(one < other))
        #expect(one != one.placed(in: Channel(1)))
        #expect(one < one.placed(in: Channel(1)))
    }

    @Test func theOrderIsOfBytes() {
        let ids = ["b", "a", "a!", "Z", "", "a~"].map { ProductID($0) }
        #expect(ids.sorted().map(\.rawValue) == ["", "Z", "a", "a!", "a~", "b"])
    }

    @Test(arguments: ["a", "MV-101-SAGE", "gid://shopify/Product/7?x=%C3%BC&y=1", "~", "!"])
    func visibleASCIIIsAnID(_ text: String) { #expect(IDAlphabet.isID(text) && IDAlphabet.isCursor(text)) }

    @Test(arguments: ["", " ", "a b", "a\u{0}", "\u{0}", "a\n", "\u{7F}", "\u{FC}", "李", "\u{212A}"])
    func anythingElseIsNone(_ text: String) { #expect(!IDAlphabet.isID(text) && !IDAlphabet.isCursor(text)) }

    @Test func idsAndCursorsHaveAnEnd() {
        #expect(IDAlphabet.isID(String(repeating: "x", count: 128)))
        #expect(!IDAlphabet.isID(String(repeating: "x", count: 129)))
        #expect(IDAlphabet.isCursor(String(repeating: "x", count: 1024)))
        #expect(!IDAlphabet.isCursor(String(repeating: "x", count: 1025)))
    }
}
