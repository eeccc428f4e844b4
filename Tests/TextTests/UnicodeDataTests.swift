import Testing

@testable import Text

/// What Unicode says, by its own data files and samples.
@Suite(.disabled(if: UnicodeData.isMissing, "\(UnicodeData.advice)"))
struct UnicodeDataTests {
    /// The table against the files that it was made from, by another program and for every scalar.
    @Test func everyWideScalarIsWideAndEveryMarkTakesNoCell() throws {
        var category: [UInt32: String] = [:]
        for (scalars, value) in try UnicodeData.ranges(of: "extracted/DerivedGeneralCategory.txt") {
            guard value != "Cn", value != "Co", value != "Cs" else { continue }
            for scalar in scalars { category[scalar] = value }
        }
        var isWide: Set<UInt32> = []
        for (scalars, value) in try UnicodeData.ranges(of: "EastAsianWidth.txt") where value == "W" || value == "F" {
            isWide.formUnion(scalars)
        }
        var wrong: [String] = []
        for (scalar, value) in category {
            let found = ScalarClass(scalar)
            let isMedial = (0x1160...0x11FF).contains(scalar) || (0xD7B0...0xD7FB).contains(scalar)
            let isRight =
                switch value {
                case "Mn", "Me", "Cc", "Zl", "Zp": found.width == 0
                case "Cf": found.width == 0 || found.kind == .plain
                default: found.width == (isWide.contains(scalar) ? 2 : 1) || isMedial || found.kind == .invisible
                }
            if !isRight { wrong.append(String(scalar, radix: 16) + " " + value) }
        }
        #expect(wrong == [])
        #expect(category.count > 140_000)
    }

    /// However narrow the place, it is cut between grapheme clusters.
    @Test func clippingPartsNoGrapheme() throws {
        let samples = try safeSamples()
        #expect(samples.count > 200)
        for (text, clusters) in samples {
            for cells in 0..<text.width {
                let head = text.clipped(to: cells, ellipsis: false)
                #expect(head.width <= cells && SafeText(head.string).width == head.width)
                expectWhole(head, of: text, clusters)
            }
        }
    }

    /// So is a word that is longer than its line, unless one cluster alone is.
    @Test func wrappingPartsNoGrapheme() throws {
        for (sample, clusters) in try safeSamples() where !sample.string.unicodeScalars.contains(" ") {
            let text = sample + "界界"
            let widest = clusters.map { SafeText(keepingSpaces: $0).width }.max() ?? 0
            for width in max(widest, 2)..<max(widest + 3, 5) {
                var end = SafeText.empty
                for line in text.wrapped(width: width).dropLast() {
                    end += line
                    expectWhole(end, of: text, clusters + ["界", "界"])
                    #expect(line.width <= width)
                }
            }
        }
    }

    /// Those samples of which all may be on a screen: where something is dropped, what is left has other clusters.
    private func safeSamples() throws -> [(text: SafeText, clusters: [String])] {
        try UnicodeData.graphemes().map { (SafeText(keepingSpaces: $0.joined()), $0) }.filter { text, clusters in
            text.string.unicodeScalars.elementsEqual(clusters.joined().unicodeScalars)
        }
    }

    /// - Parameter head: ends where one of `clusters`, as safe text, does.
    private func expectWhole(_ head: SafeText, of text: SafeText, _ clusters: [String]) {
        let heads = clusters.indices.map { SafeText(keepingSpaces: clusters[...$0].joined()) }
        let ends = heads.map(\.string.unicodeScalars.count)
        let count = head.string.unicodeScalars.count
        #expect(
            count == 0 || ends.contains(count),
            "“\(head)” of \(clusters.map { $0.unicodeScalars.map { String($0.value, radix: 16) } })")
    }

    /// Every emoji, with or without its selectors: kept whole in the text, one glyph of one or two cells on the screen
    /// (a flag two letters), and never cut in two.
    @Test func everyEmoji() throws {
        let all = try UnicodeData.emoji()
        #expect(all.count > 4000)
        for (emoji, status) in all where status != "component" {
            let text = SafeText(emoji)
            let shape = emoji.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")
            let hasTags = emoji.unicodeScalars.contains { (0xE0000...0xE007F).contains($0.value) }
            if !hasTags {
                #expect(text.string.unicodeScalars.elementsEqual(emoji.unicodeScalars), "\(shape) \(status)")
            }
            #expect((1...2).contains(text.width), "\(shape)")
            for neighbours in [emoji + emoji, "a" + emoji + "李", emoji + "a"] {
                let width = SafeText(neighbours).width
                let others = neighbours.hasPrefix("a") ? 3 : neighbours.hasSuffix("a") ? 1 : text.width
                #expect(width == text.width + others, "\(shape)")
            }
            if text.width == 2 { #expect((text + "ab").clipped(to: 2).string == "…", "\(shape)") }
        }
    }

    /// No line begins with a closing bracket or a full stop, and none ends with an opening one, beside ideographs.
    @Test func punctuationStaysWithItsIdeograph() throws {
        for (scalars, value) in try UnicodeData.ranges(of: "LineBreak.txt") {
            let (comesFirst, comesLast) = (
                ["OP", "PR"].contains(value), ["CL", "CP", "EX", "NS", "IS"].contains(value)
            )
            guard comesFirst || comesLast else { continue }
            for scalar in scalars.compactMap(Unicode.Scalar.init) where ScalarClass(scalar).kind == .plain {
                let mark = String(scalar)
                let lines = SafeText("界界界" + mark + "界界界").wrapped(width: 7).map(\.string)
                let isRight = !lines.contains { $0.hasPrefix(mark) && comesLast || $0.hasSuffix(mark) && comesFirst }
                #expect(isRight, "\(value) \(String(scalar.value, radix: 16)): \(lines)")
            }
        }
    }
}
