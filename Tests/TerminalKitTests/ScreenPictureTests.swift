import Foundation
import Testing
import Text

@testable import TerminalKit

/// Pictures of screens: as SVG reads them, not as they are written.
@Suite struct ScreenPictureTests {
    /// A rectangle or a piece of text in cells, from the picture's margin.
    private struct Piece: Equatable {
        var x, y, cells: Int
        var text = ""
    }

    private func grid(_ columns: Int, _ rows: Int, _ draw: (inout CellGrid) -> Void) -> CellGrid {
        var grid = CellGrid(Size(columns: columns, rows: rows))
        draw(&grid)
        return grid
    }

    /// The texts (or rectangles of backgrounds) in a picture, by cells.
    private func pieces(_ name: String, in grid: CellGrid) -> [Piece] {
        ScreenPicture(grid).svg.split(separator: "\n").filter { $0.hasPrefix("<\(name) ") && !$0.contains("100%") }
            .map { line in
                func value(_ key: Substring) -> Double {
                    let start = line.firstRange(of: " \(key)=\"").map(\.upperBound) ?? line.endIndex
                    return Double(line[start...].prefix { $0 != "\"" }) ?? -1
                }
                let text =
                    line.split(separator: ">", maxSplits: 1).last.map { String($0.dropLast("</text>".count)) } ?? ""
                let isText = name == "text"
                return Piece(
                    x: Int(((value("x") - 12) / 8.4).rounded()), y: Int((value("y") - (isText ? 25 : 12)) / 18),
                    cells: Int((value(isText ? "textLength" : "width") / 8.4).rounded()), text: isText ? text : "")
            }
    }

    @Test func textStandsInItsCells() {
        let grid = grid(20, 2) {
            $0.put("two lamps  one", x: 1, y: 0, style: .plain)
            $0.put("李李 é─── a<b&c", x: 0, y: 1, style: .plain)
        }
        #expect(
            pieces("text", in: grid) == [
                Piece(x: 1, y: 0, cells: 9, text: "two lamps"), Piece(x: 12, y: 0, cells: 3, text: "one"),
                Piece(x: 0, y: 1, cells: 4, text: "李李"), Piece(x: 5, y: 1, cells: 1, text: "é"),
                Piece(x: 6, y: 1, cells: 3, text: "───"), Piece(x: 10, y: 1, cells: 5, text: "a&lt;b&amp;c"),
            ])
    }

    /// Nothing that puts right-to-left text in order sees more than one letter of it.
    @Test func arabicStaysWhereItIsPut() {
        let found = pieces("text", in: grid(6, 1) { $0.put("ليلة 12", x: 0, y: 0, style: .plain) })
        #expect(found.prefix(4).map(\.text) == ["ل", "ي", "ل", "ة"])
        #expect(found.prefix(4).map(\.x) == [0, 1, 2, 3])
    }

    @Test func backgroundsAreMergedByRun() {
        let marked = Style(foreground: .default, background: .rgb(1, 2, 3))
        let grid = grid(10, 3) {
            $0.fill(Rect(x: 2, y: 1, width: 5, height: 1), marked)
            $0.put("ab", x: 3, y: 1, style: marked)
            $0.put("cd", x: 0, y: 2, style: Style(attributes: .reverse))
        }
        #expect(pieces("rect", in: grid) == [Piece(x: 2, y: 1, cells: 5), Piece(x: 0, y: 2, cells: 2)])
        #expect(ScreenPicture(grid).svg.contains("fill=\"#010203\""))
    }

    @Test func coloursAndWeightsAreTheStyles() {
        let grid = grid(20, 1) {
            $0.put("a", x: 0, y: 0, style: Style(foreground: .rgb(255, 128, 0), attributes: [.bold, .italic]))
            $0.put("b", x: 2, y: 0, style: Style(foreground: .indexed(196), attributes: [.underline, .dim]))
        }
        let svg = ScreenPicture(grid).svg
        #expect(svg.contains(".s0{fill:#ff8000;font-weight:bold;font-style:italic}"))
        #expect(svg.contains(".s1{fill:#ff0000;opacity:.65;text-decoration:underline}"))
        #expect(svg.contains("<text class=\"s1\""))
    }

    /// A document that any reader of XML takes, whatever was on the screen.
    @Test func itIsWellFormed() throws {
        for text in ["]]> <script> &amp; \"'", "\u{1B}[2J\u{0}\u{FFFE}", "👩🏽\u{200D}🚀🇨🇭", ""] {
            let grid = grid(30, 2) { $0.put(SafeText(text), x: 0, y: 0, style: .plain) }
            let data = Data(ScreenPicture(grid).svg.utf8)
            #expect(String(decoding: data, as: UTF8.self).components(separatedBy: "<svg ").count == 2)
            #expect(!ScreenPicture(grid).svg.contains("<script"))
            // What XML does not let stand anywhere.
            #expect(
                !ScreenPicture(grid).svg.unicodeScalars.contains { $0 == "\u{FFFE}" || $0 == "\u{1B}" || $0 == "\0" })
        }
        #expect(ScreenPicture(CellGrid(.zero)).svg.hasSuffix("</svg>\n"))
    }

    @Test func thePaletteIsXterms() {
        #expect(XtermPalette.color(16) == (0, 0, 0) && XtermPalette.color(231) == (255, 255, 255))
        #expect(XtermPalette.color(67) == (95, 135, 175) && XtermPalette.color(255) == (238, 238, 238))
    }
}
