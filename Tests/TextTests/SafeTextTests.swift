import Testing

@testable import Text

@Suite struct SafeTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("two\r\nlines\n\n\tend", "two lines end"), ("a\u{2028}b\u{85}c", "a b c"),
        ("\u{1B}[31mred", "\u{FFFD}[31mred"), ("\u{1B}]0;title\u{7}", "\u{FFFD}]0;title\u{FFFD}"),
        ("a\0\u{1}\u{7F}b", "a\u{FFFD}b"), ("\u{9B}31m", "\u{FFFD}31m"),
        ("pay\u{202E}05.1$\u{202C}", "pay05.1$"), ("\u{2066}x\u{2069}\u{61C}\u{200E}\u{200F}", "x"),
        ("ad\u{AD}min\u{200B}\u{2060}\u{FEFF}", "admin"), ("a\u{200D}b\u{200C}c", "abc"),
        ("x\u{115F}\u{1160}\u{3164}\u{FFA0}", "x"), ("🏴\u{E0067}\u{E0062}\u{E007F}", "🏴"),
        ("\u{FFF9}a\u{FFFA}b\u{FFFB}", "ab"), ("\u{301}lone", "lone"), ("\u{200D}\u{FE0F}x", "x"),
    ])
    func whatMustNotReachAScreen(untrusted: String, expected: String) {
        let text = SafeText(untrusted)
        #expect(text.string.unicodeScalars.elementsEqual(expected.unicodeScalars), "\(text.string.debugDescription)")
        #expect(SafeText(text.string) == text)
    }

    /// Whatever looks like room between words is one space: runs of it would push words to where others belong.
    @Test(arguments: [
        ("a  b", "a b"), ("a\u{A0}\u{A0}b", "a b"), ("a\u{2003}\u{2009}\u{200A}b", "a b"), ("a\u{3000}b", "a b"),
        ("a\u{2800}\u{2800}b", "a b"), ("a \u{3164} \u{FFA0} \u{115F}b", "a b"), ("a \t\n \u{2028} b", "a b"),
        ("a\u{1680}\u{202F}\u{205F}b", "a b"), ("a \u{301} \u{302}b", "a b"), ("a\u{FFFC}\u{1D159}\u{13441}b", "a b"),
        ("  a  ", " a "), ("│ b", "| b"),
    ])
    func spacesAreFolded(untrusted: String, expected: String) {
        let text = SafeText(untrusted)
        #expect(text.string == expected, "\(text.string.debugDescription)")
        #expect(text.width == expected.count)
        #expect("\(untrusted)" as SafeText == text)
    }

    @Test func ourOwnSpacesStay() {
        let name = "Ana  Lopez"
        #expect(("  \(name)  –  \(SafeText("x"))" as SafeText).string == "  Ana Lopez  –  x")
        #expect(SafeText(keepingSpaces: "a  \u{1B} b").string == "a  \u{FFFD} b")
        #expect(SafeText.spaces(3).string == "   " && SafeText.spaces(-1).isEmpty)
    }

    /// Emoji keep what they are made of, so that they can be printed elsewhere.
    @Test(arguments: ["❤\u{FE0F}", "👩🏽\u{200D}🚀", "👨\u{200D}👩\u{200D}👧", "🇨🇭", "1\u{20E3}", "👍🏿", "🏳\u{FE0F}\u{200D}🌈"])
    func emojiStayWhole(emoji: String) {
        #expect(SafeText(emoji).string.unicodeScalars.elementsEqual(emoji.unicodeScalars))
    }

    @Test func marksAreBounded() {
        let text = SafeText("z" + String(repeating: "\u{300}", count: 1000) + "a\u{301}")
        #expect(text.string.unicodeScalars.count == 1 + 4 + 2)
        #expect(text.width == 2)
    }

    @Test func addingIsAsGoodAsMakingAnew() {
        for (left, right) in [("a", "b"), ("e", "\u{301}x"), ("👩", "\u{200D}🚀"), ("", "ü"), ("🇨", "🇭")] {
            let sum = SafeText(left) + SafeText(right)
            #expect(SafeText(sum.string) == sum)
            #expect(SafeText(sum.string).width == sum.width)
        }
    }

    @Test func literalsAndInterpolation() {
        let name = "Ana\n"
        let text: SafeText = "\(name)& Jo"
        #expect(text.string == "Ana & Jo")
        #expect(SafeText("abcdef".dropFirst(2)) == "cdef")
        #expect(["b", "a"].map { SafeText($0) }.sorted() == ["a", "b"])
    }

    /// Any scalars in any order: the result is made of spacing scalars, marks and emoji parts, has the width of its
    /// glyphs, and does not change when it is cleaned again.
    @Test func anyScalarsAreMadeSafe() {
        var random = Seeded(state: 11)
        let nasty: [UInt32] = [
            0x1B, 0x9B, 0x0A, 0x0D, 0x200D, 0xFE0F, 0x301, 0x1F3FD, 0x1F469, 0x1F1E8, 0x202E, 0x1160, 0xE0041, 0x20,
        ]
        for _ in 0..<3000 {
            var string = ""
            for _ in 0..<random.next(20) {
                let value = random.next(3) == 0 ? UInt32(random.next(0x110000)) : nasty[random.next(nasty.count)]
                if let scalar = Unicode.Scalar(value) { string.unicodeScalars.append(scalar) }
            }
            let text = SafeText(string)
            for scalar in text.string.unicodeScalars {
                let found = ScalarClass(scalar)
                #expect(![.control, .lineBreak, .invisible].contains(found.kind), "\(string.debugDescription)")
            }
            var width = 0
            var marks = 0
            TextWidth.forEachGlyph(of: text) { glyph in
                width += glyph.width
                glyph.forEachMark { _ in marks += 1 }
                #expect((1...2).contains(glyph.width))
                return true
            }
            #expect(width == text.width, "\(string.debugDescription)")
            #expect(SafeText(text.string).string.unicodeScalars.elementsEqual(text.string.unicodeScalars))
        }
    }
}

/// A small generator with a seed, so that a failure comes again.
struct Seeded {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
