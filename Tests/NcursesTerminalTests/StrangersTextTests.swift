import PtyTesting
import TerminalKit
import Testing
import Text

@testable import NcursesTerminal

extension CursesSlowTests {
    /// Text from outside, on its way to a real terminal.
    @Suite struct StrangersTextTests {
        let size = Size(columns: 40, rows: 10)
        let pty: PseudoTerminal
        let terminal: NcursesTerminal

        init() throws {
            pty = try PseudoTerminal(size)
            terminal = try NcursesTerminal(.init(path: pty.path, type: "xterm-256color"))
        }

        /// Whatever a field is filled with, only its own cells change, and the terminal hears no sequence but ours.
        @Test func nothingLeavesItsField() {
            var random = SplitMix(state: 99)
            let pieces = [
                "\u{1B}[2J", "\u{1B}]0;owned\u{7}", "\u{9B}6n", "\r", "\n", "\t", "\u{8}\u{8}", "\u{202E}", "\u{200B}",
                "\u{E0041}", "李", "🔥", "👩🏽\u{200D}🚀", "🇨🇭", "नमस्ते", "ﷺ", "e\u{301}\u{302}\u{303}\u{304}\u{305}", "한",
                "\u{1161}", "\u{11A8}", "\u{20E3}", "plain ", "\u{3164}", "\u{1FAE8}", "\u{E000}", "\u{FFFF}", "\u{0}",
                "\u{1B}P$qm\u{1B}\\", "\u{1B}]52;c;?\u{7}", "\u{1B}]8;;http://x\u{7}",
            ]
            let field = Rect(x: 5, y: 4, width: 20, height: 1)
            var screen = ScreenEmulator(size)
            for _ in 0..<400 {
                var grid = CellGrid(size)
                grid.fill(grid.bounds, .plain, glyph: Glyph("."))
                grid.fill(field, .plain)
                var text = ""
                for _ in 0..<random.next(12) { text += pieces[random.next(pieces.count)] }
                grid.put(SafeText(text), x: field.x, y: field.y, clip: field, style: .plain)
                terminal.present(grid)
                screen.feed(pty.output())
                for y in 0..<size.rows {
                    for x in 0..<size.columns where !field.contains(Point(x: x, y: y)) {
                        #expect(screen.rows[y][x] == ".", "\(text.debugDescription) at \(x), \(y)")
                    }
                }
            }
            #expect(screen.unknown == [])
            #expect(screen.privateModes == ["1000", "1004", "1006", "2004"])
        }

        /// A terminal that orders Arabic and Hebrew itself would move the price beside the name.
        @Test func rightToLeftTextMovesNothing() {
            var grid = CellGrid(size)
            grid.put("\u{202E}ليلة 12", x: 2, y: 1, style: .plain)
            grid.put("CHF 145.00", x: 10, y: 1, style: .plain)
            terminal.present(grid)
            var screen = ScreenEmulator(size)
            screen.feed(pty.output())
            #expect(screen.text[1] == "  ليلة 12 CHF 145.00")
            #expect(!screen.reordersBidi)
            terminal.suspend()
            screen.feed(pty.output())
            #expect(screen.reordersBidi)
        }

        /// Where the C library counts other cells than we do, what stands behind is in its place all the same.
        @Test func everyScalarKeepsItsCells() {
            var screen = ScreenEmulator(size)
            var value: UInt32 = 0x21
            while value < 0x110000 {
                var grid = CellGrid(size)
                for y in 0..<size.rows {
                    for x in stride(from: 0, to: size.columns - 4, by: 4) {
                        value += value < 0x3000 ? 1 : 149
                        guard let scalar = Unicode.Scalar(value) else { continue }
                        let width = grid.put(SafeText(String(scalar)), x: x, y: y, style: .plain)
                        grid.put("|", x: x + width, y: y, style: .plain)
                    }
                }
                terminal.present(grid)
                screen.feed(pty.output())
                for y in 0..<size.rows {
                    for x in 0..<size.columns where grid[x, y].glyph.base == "|" {
                        #expect(screen.rows[y][x] == "|", "before \(String(value, radix: 16)): \(grid.text[y])")
                    }
                }
            }
            #expect(screen.unknown == [])
        }
    }
}
