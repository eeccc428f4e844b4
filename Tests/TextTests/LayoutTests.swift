import Testing

@testable import Text

@Suite struct LayoutTests {
    @Test(arguments: [
        ("lamp", 4, "lamp"), ("lamps", 4, "lam…"), ("lamps", 1, "…"), ("lamps", 0, ""), ("lamps", -3, ""),
        ("李雷好", 6, "李雷好"), ("李雷好", 5, "李雷…"), ("李雷好", 4, "李…"), ("李雷好", 2, "…"),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("👩🏽\u{200D}🚀👩🏽\u{200D}🚀", 3, "👩🏽\u{200D}🚀…"),
    ])
    func clipping(string: String, cells: Int, expected: String) {
        let clipped = SafeText(string).clipped(to: cells)
        #expect(clipped.string == expected)
        #expect(clipped.width == SafeText(expected).width)
        #expect(clipped.width <= max(cells, 0))
    }

    @Test func clippingWithoutAnEllipsis() {
        #expect(SafeText("lamps").clipped(to: 3, ellipsis: false) == "lam")
        #expect(SafeText("李雷").clipped(to: 3, ellipsis: false) == "李")
    }

    @Test(arguments: [
        ("does it dim all the way down?", 12, ["does it dim", "all the way", "down?"]),
        ("unbreakableword here", 6, ["unbrea", "kablew", "ord", "here"]),
        ("exact fit", 9, ["exact fit"]), ("exact fits", 9, ["exact", "fits"]), ("a  b", 2, ["a", "b"]),
        ("这个颜色好看", 5, ["这个", "颜色", "好看"]), ("这个颜色，好看", 8, ["这个颜", "色，好看"]),
        ("ok 这个颜色", 6, ["ok 这", "个颜色"]), ("half-price lamps", 7, ["half-", "price", "lamps"]),
        ("界", 1, ["…"]), ("", 5, [""]), ("trailing   ", 8, ["trailing"]),
    ])
    func wrapping(string: String, width: Int, lines: [String]) {
        #expect(SafeText(string).wrapped(width: width).map(\.string) == lines)
    }

    @Test func wrappingStopsAtItsLastLine() {
        #expect(SafeText("one two three four").wrapped(width: 7, maxLines: 2) == ["one two", "three…"])
        #expect(SafeText("one two three four").wrapped(width: 7, maxLines: 1) == ["one tw…"])
        #expect(SafeText("one").wrapped(width: 7, maxLines: 0) == [])
        #expect(SafeText("one").wrapped(width: 0) == [])
        #expect(SafeText("one").wrapped(width: -5) == [])
    }

    /// No line is too wide, none but an only one is empty, and nothing but spaces is lost where all lines may be had.
    @Test func anyTextCanBeWrapped() {
        var random = Seeded(state: 5)
        let pieces = ["a", "lamp", " ", "  ", "李", "雷，", "「好」", "🔥", "e\u{301}", "-", "long-word", "👩🏽\u{200D}🚀", "한국"]
        for _ in 0..<2000 {
            var string = ""
            for _ in 0..<random.next(30) { string += pieces[random.next(pieces.count)] }
            let text = SafeText(string)
            let width = 2 + random.next(20)
            let lines = text.wrapped(width: width)
            for line in lines {
                #expect(line.width <= width, "\(string) at \(width): \(lines)")
                #expect(SafeText(line.string).width == line.width)
            }
            let kept = lines.map(\.string).joined().filter { $0 != " " }
            #expect(kept == text.string.filter { $0 != " " }, "\(string) at \(width): \(lines)")
            let few = text.wrapped(width: width, maxLines: 2)
            #expect(few.count <= 2)
            #expect(few.allSatisfy { $0.width <= width })
        }
    }
}
