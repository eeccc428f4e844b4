import Testing

@testable import Text

@Suite struct PersonNameTests {
    @Test(arguments: [
        ("Ana Lopez", "Ana Lopez"), ("Ruth & Jo", "Ruth & Jo"), ("さくら", "さくら"), ("Zoë O’Neil-Berg", "Zoë O’Neil-Berg"),
        ("நிலா", "நிலா"), ("guest_12", "guest_12"), ("🌸 Mina 👩🏽\u{200D}🚀", "🌸 Mina 👩🏽\u{200D}🚀"), ("🇨🇭 Reto", "🇨🇭 Reto"),
        // Brackets, bars, blocks and what vouches for somebody are the program's.
        ("<Sven>", "(Sven)"), ("Sven> host <Ana", "Sven) host (Ana"), ("[host] Ana", "(host) Ana"),
        ("▌mod Sven", "·mod Sven"), ("▐▌█▏│┃|‖ Sven", "········ Sven"),
        ("▸you", "·you"), ("Ana ✓", "Ana ·"), ("Ana ✔\u{FE0F}✅", "Ana ··"), ("“Ana”", "'Ana'"), ("《安娜》", "(安娜)"),
        ("", "(no name)"), ("\u{3164}\u{2800} ", "(no name)"), ("...", "(no name)"), ("\u{301}", "(no name)"),
    ])
    func aNameKeepsNoMark(written: String, expected: String) {
        let name = SafeText(written).asName
        #expect(name.string == expected, "\(name.string.debugDescription)")
        #expect(name.asName == name)
    }

    @Test func noScalarOfANameIsAMark() {
        let marks = Set("▌▸│<>[]✓".unicodeScalars)
        for value in UInt32(0)...0x1FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let name = SafeText("a" + String(scalar)).asName
            #expect(name.string.unicodeScalars.allSatisfy { !marks.contains($0) }, "\(value)")
        }
    }

    @Test func plainNamesComeToTheSameAsOthers() {
        // The same names behind a letter that is not plain take the long way.
        for written in ["Ada", "ada-7_o'b.", "7", "Ada  B", " Ada", "a..b", "Ada B"] {
            let (short, long) = (SafeText(keepingSpaces: written).asName, SafeText(keepingSpaces: "é" + written).asName)
            #expect("é" + short.string == long.string)
            #expect(short.width + 1 == long.width)
        }
        for written in ["", " ", "-", ". _"] { #expect(SafeText(keepingSpaces: written).asName == "(no name)") }
    }
}
