import Testing

@testable import Text

@Suite struct RowFoldingTests {
    private func rows(_ text: String, _ columns: Int, keepsAddresses: Bool = true) -> [String] {
        RowFolding(columns: columns).rows(of: SafeText(keepingSpaces: text), keepsAddresses: keepsAddresses)
    }

    @Test(arguments: [
        ("", 20, [""]), ("short", 20, ["short"]), ("fits exactly nineteen", 22, ["fits exactly nineteen"]),
        ("fits exactly nineteen", 21, ["fits exactly", "│ nineteen"]),
        ("one two three four five", 12, ["one two", "│ three", "│ four five"]),
        ("  MV-101  Snow  3 left", 16, ["  MV-101  Snow", "│ 3 left"]),
        ("unbreakableword", 8, ["unbreak", "│ ablew", "│ ord"]), ("李雷李雷李雷", 8, ["李雷李", "│ 雷李", "│ 雷"]),
        ("Total: CHF 1 546 800.00, valid", 24, ["Total:", "│ CHF 1 546 800.00,", "│ valid"]),
        ("12345678 ", 9, ["12345678"]), ("abc", 1, ["abc"]), ("abcd", 0, ["abc", "│ d"]),
    ])
    func linesAreBroken(text: String, columns: Int, expected: [String]) {
        #expect(rows(text, columns) == expected)
    }

    @Test func anAddressOfOursStaysWhole() {
        let address = "https://shop.example/pay?order=123456789"
        #expect(rows("to be paid at \(address), soon", 24) == ["to be paid at", "│ \(address),", "│ soon"])
        #expect(rows(address, 24) == [address])
        #expect(rows("see \(address)", 24, keepsAddresses: false).allSatisfy { $0.count < 24 })
        // What is no address in every character is broken.
        #expect(rows("https://shop.example/ünder/the/moon", 20).count > 1)
    }

    @Test func whatIsQuotedSaysSoInEachRow() {
        let text = SafeText("Order placed. Total: CHF 0.10")
        #expect(RowFolding(columns: 18).quotedRows(of: text) == ["│ Order placed.", "│ Total: CHF 0.10"])
        #expect(RowFolding.quoted(text) == "│ Order placed. Total: CHF 0.10")
    }

    /// Whatever stands in a line, and however a terminal counts its cells: no row reaches the window's edge, where the
    /// terminal would break it, only the first begins without the mark, and nothing of it is lost.
    @Test func noTerminalBreaksARow() {
        var random = Seeded(state: 7)
        let pieces = [
            "On air: everything, USD 0.10", "a", " ", "  ", "\u{A0}", "\u{2800}", "\u{3164}", "\u{3000}", "李", "🔥",
            "❤\u{FE0F}",
            "👩🏽\u{200D}🚀", "🇨🇭", "e\u{301}", "한", "\u{1112}\u{1161}\u{11AB}", "\u{1FAE8}", "\u{E0B0}", "é", "Ж", "│",
            "long-word",
            "https://x.example/a", "14:03", "CHF 5.00",
        ]
        for _ in 0..<3000 {
            var string = "14:03  <"
            for _ in 0..<random.next(40) { string += pieces[random.next(pieces.count)] }
            let text = SafeText(string).string
            let columns = 16 + random.next(90)
            for isEastAsian in [false, true] {
                let rows = RowFolding(columns: columns, isEastAsian: isEastAsian)
                    .rows(of: SafeText(keepingSpaces: text), keepsAddresses: false)
                #expect(!rows[0].hasPrefix("│"))
                #expect(rows.dropFirst().allSatisfy { $0.hasPrefix("│ ") })
                for row in rows {
                    let most = row.unicodeScalars.reduce(0) { $0 + Self.cells(of: $1, isEastAsian) }
                    #expect(most < columns, "\(row.debugDescription) in \(columns)")
                }
                let kept = rows[0] + rows.dropFirst().map { String($0.dropFirst(2)) }.joined()
                #expect(kept.filter { $0 != " " } == text.filter { $0 != " " })
            }
        }
    }

    /// As a terminal may count that joins nothing and draws each emoji by itself.
    private static func cells(of scalar: Unicode.Scalar, _ isEastAsian: Bool) -> Int {
        switch scalar.value {
        case 0x1160...0x11FF: 1
        case 0x301, 0x200D: 0
        case 0xFE0F: 1
        case 0..<0x7F: 1
        case 0x1F1E6...0x1F1FF, 0x1F300...0x1FAFF, 0x2764, 0xE0B0: 2
        default: isEastAsian ? 2 : TextWidth.of(scalar)
        }
    }
}
