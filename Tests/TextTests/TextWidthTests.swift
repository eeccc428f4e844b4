import Testing

@testable import Text

@Suite struct TextWidthTests {
    @Test(
        arguments: [
            ("a", 1), ("é", 1), ("─", 1), ("…", 1), ("★", 1), ("●", 1), ("▄", 1), ("界", 2), ("한", 2), ("！", 2),
            ("ｱ", 1),
            ("🔥", 2), ("❤", 1), ("⏰", 2), ("\u{301}", 0), ("\u{200D}", 0), ("\u{1161}", 0), ("\u{1100}", 2), ("𠀀", 2),
            ("🇨", 1), ("\u{E000}", 1), ("ا", 1), ("\u{0}", 0), ("\u{10FFFF}", 1),
        ] as [(Unicode.Scalar, Int)])
    func scalars(scalar: Unicode.Scalar, width: Int) {
        #expect(TextWidth.of(scalar) == width)
    }

    @Test(arguments: [
        ("", 0), ("lamp", 4), ("e\u{301}te\u{301}", 3), ("李雷", 4), ("👩🏽\u{200D}🚀!", 3), ("❤\u{FE0F}", 1), ("🇨🇭", 2),
        ("1\u{FE0F}\u{20E3}", 1), ("한국", 4), ("각", 2),
    ])
    func texts(string: String, width: Int) {
        #expect(SafeText(string).width == width)
    }

    private func glyphs(_ text: SafeText) -> [String] {
        var result: [String] = []
        TextWidth.forEachGlyph(of: text) { glyph in
            var shown = ""
            glyph.write(to: &shown)
            result.append(shown)
            return true
        }
        return result
    }

    @Test func clustersAreReducedToWhatEveryTerminalAgreesOn() {
        #expect(glyphs("👩🏽\u{200D}🚀x") == ["👩", "x"])
        #expect(glyphs("❤\u{FE0F}❤") == ["❤", "❤"])
        #expect(glyphs("🇨🇭") == ["🇨", "🇭"])
        #expect(glyphs("e\u{301}\u{323}a") == ["e\u{301}\u{323}", "a"])
        #expect(glyphs("👍🏿👍") == ["👍", "👍"])
        #expect(glyphs("🏿x") == ["🏿", "x"])
    }

    @Test func glyphsCanBeStoppedAt() {
        for text in ["abcdef", "äbcdef"] as [SafeText] {
            var seen = 0
            TextWidth.forEachGlyph(of: text) { _ in
                seen += 1
                return seen < 3
            }
            #expect(seen == 3)
        }
    }

    @Test func aGlyphHoldsFourMarks() {
        var glyph = Glyph("o")
        for mark in "\u{300}\u{301}\u{302}\u{303}\u{304}".unicodeScalars { glyph.add(mark: mark.value) }
        var marks: [Unicode.Scalar] = []
        glyph.forEachMark { marks.append($0) }
        #expect(marks == ["\u{300}", "\u{301}", "\u{302}", "\u{303}"])
        #expect(glyph.base == "o" && glyph.width == 1)
        #expect(MemoryLayout<Glyph>.size == 16)
        #expect(Glyph("\u{301}") == .replacement)
        #expect(Glyph.continuation.width == 0 && Glyph.continuation.isContinuation)
    }
}
