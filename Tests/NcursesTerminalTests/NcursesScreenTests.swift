import Glibc
import PtyTesting
import TerminalKit
import TestThreads
import Testing
import Text

@testable import NcursesTerminal

/// Curses has one screen at a time: everything that starts it runs one after the other.
@Suite(.serialized, .ownThread) enum CursesSlowTests {}

extension CursesSlowTests {
    @Suite struct NcursesScreenTests {
        let size = Size(columns: 40, rows: 10)
        let pty: PseudoTerminal
        let terminal: NcursesTerminal

        init() throws {
            pty = try PseudoTerminal(size)
            terminal = try NcursesTerminal(.init(path: pty.path, type: "xterm-256color"))
        }

        private func grid(_ lines: SafeText..., cursor: Point? = nil) -> CellGrid {
            var grid = CellGrid(size)
            for (y, line) in lines.enumerated() { grid.put(line, x: 0, y: y, style: .plain) }
            grid.cursor = cursor
            return grid
        }

        @Test func showsWhatTheGridHolds() {
            let grid = grid("Vitrine", "这个颜色好看 ok", "e\u{301}te\u{301} 🔥x", cursor: Point(x: 3, y: 1))
            terminal.present(grid)
            var screen = ScreenEmulator(size)
            screen.feed(pty.output())
            #expect(screen.text == grid.text)
            #expect(screen.unknown == [])
            #expect(screen.isAlternate)
            #expect(screen.isCursorVisible)
            #expect(screen.x == 3 && screen.y == 1)
        }

        @Test func anEqualGridSendsNothing() {
            let grid = grid("one", "two", "李雷")
            terminal.present(grid)
            #expect(!pty.output().isEmpty)
            terminal.present(grid)
            #expect(pty.output().isEmpty)
            #expect(terminal.outputDescriptor == nil)
        }

        @Test func oneChangedCellSendsFewBytes() {
            terminal.present(grid("Paper Moon  CHF 145.00", "calm", "calm"))
            _ = pty.output()
            terminal.present(grid("Paper Moon  CHF 146.00", "calm", "calm"))
            let bytes = pty.output()
            #expect(bytes.count <= 12, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
            #expect(bytes.contains(UInt8(ascii: "6")))
        }

        /// The screen after any sequence of frames is the last frame, whatever was cut, overlapped or styled.
        @Test func anyFrameFollowsAnyOther() {
            var random = SplitMix(state: 7)
            let words: [SafeText] = ["a", "lamp", "李雷", "🔥", "e\u{301}", "─────", "한국어", "xyz 0.00", "ﷺ", "  "]
            let colors: [Color] = [.default, .ansi(1), .ansi(12), .indexed(200), .rgb(1, 200, 30)]
            var screen = ScreenEmulator(size)
            for frame in 0..<300 {
                var grid = CellGrid(size)
                for _ in 0..<random.next(12) {
                    let style = Style(
                        foreground: colors[random.next(5)], background: colors[random.next(5)],
                        attributes: Attributes(rawValue: UInt8(random.next(32))))
                    let x = random.next(44) - 2
                    grid.put(words[random.next(words.count)], x: x, y: random.next(10), style: style)
                }
                if random.next(2) == 0 { grid.cursor = Point(x: random.next(40), y: random.next(10)) }
                terminal.present(grid)
                screen.feed(pty.output())
                #expect(screen.text == grid.text, "frame \(frame)")
                if let cursor = grid.cursor {
                    #expect(screen.x == cursor.x && screen.y == cursor.y, "frame \(frame)")
                }
                #expect(screen.isCursorVisible == (grid.cursor != nil))
            }
            #expect(screen.unknown == [])
        }

        /// Whatever moves, comes, goes or is drawn over: a cell leads where the last frame says, and nowhere else.
        @Test func linksAreOnTheirOwnCells() {
            var random = SplitMix(state: 11)
            let addresses: [SafeText] = ["https://a.example/x", "https://b.example/?q=1;2", "http://c.example"]
            var screen = ScreenEmulator(size)
            for frame in 0..<300 {
                var grid = CellGrid(size)
                for _ in 0..<random.next(8) {
                    let address = addresses[random.next(3)]
                    // The same words with and without a link, and cut by what is drawn later.
                    let link = random.next(3) > 0 ? grid.link(to: address) : 0
                    let style = Style(foreground: .ansi(UInt8(random.next(2)))).linked(link)
                    grid.put(address, x: random.next(3) * 7, y: random.next(10), style: style)
                }
                grid.put("李雷 calm", x: random.next(40), y: random.next(10), style: .plain)
                terminal.present(grid)
                if frame % 50 == 49 {
                    terminal.suspend()
                    terminal.resume()
                }
                screen.feed(pty.output())
                #expect(screen.text == grid.text, "frame \(frame)")
                let expected = (0..<size.rows).map { y in
                    (0..<size.columns).map { x in
                        let link = grid[x, y].style.link
                        return link > 0 ? grid.links[link - 1].string : ""
                    }
                }
                #expect(screen.links == expected, "frame \(frame)")
            }
            #expect(screen.unknown == [])
        }

        /// Its id belongs to the address: the same in another place, in another frame and in another run.
        @Test func aLinkKeepsItsIdWhereverItStands() {
            var ids: [String] = []
            for (x, row) in [(0, 0), (5, 3), (20, 9)] {
                var grid = CellGrid(size)
                _ = grid.link(to: "https://b.example")
                grid.put("words", x: x, y: row, style: .plain.linked(grid.link(to: "https://a.example/x")))
                _ = pty.output()
                terminal.present(grid)
                let text = String(decoding: pty.output(), as: UTF8.self)
                ids += text.ranges(of: "]8;id=").map { String(text[$0.upperBound...].prefix { $0 != "\u{1B}" }) }
            }
            #expect(Set(ids).count == 1 && ids.count == 3, "\(ids)")
            #expect(ids.first?.hasSuffix(";https://a.example/x") == true)
        }

        @Test func whatIsNoPlainAddressIsNoLink() {
            var grid = CellGrid(size)
            for (y, address) in (["https://a.example/ü", SafeText(String(repeating: "x", count: 3000))] as [SafeText])
                .enumerated()
            {
                grid.put("words", x: 0, y: y, style: .plain.linked(grid.link(to: address)))
            }
            _ = pty.output()
            terminal.present(grid)
            #expect(!String(decoding: pty.output(), as: UTF8.self).contains("]8;id"))
        }

        @Test func everythingIsGivenBackOnClose() throws {
            let pty = try PseudoTerminal(size)
            let before = pty.modes
            let terminal = try NcursesTerminal(.init(path: pty.path, type: "xterm-256color"))
            #expect(pty.modes != before)
            terminal.present(grid("hello"))
            var screen = ScreenEmulator(size)
            screen.feed(pty.output())
            #expect(screen.privateModes == ["1000", "1004", "1006", "2004"])
            terminal.close()
            screen.feed(pty.output())
            #expect(screen.privateModes == [])
            #expect(!screen.isAlternate)
            #expect(screen.isCursorVisible)
            #expect(pty.modes == before)
            terminal.close()
            #expect(pty.output().isEmpty)
        }

        @Test func theClipboardGetsTheTextAndNothingThatIsTooLong() {
            _ = pty.output()
            terminal.copy("https://a.example/ü")
            let copied = "\u{1B}]52;c;aHR0cHM6Ly9hLmV4YW1wbGUvw7w=\u{1B}\\"
            #expect(String(decoding: pty.output(), as: UTF8.self).hasSuffix(copied))
            terminal.copy(SafeText(String(repeating: "x", count: 5000)))
            #expect(pty.output().isEmpty)
            terminal.suspend()
            _ = pty.output()
            terminal.copy("late")
            #expect(pty.output().isEmpty)
        }

        @Test func theMouseIsLeftToTheTerminalAndTakenAgain() {
            var screen = ScreenEmulator(size)
            screen.feed(pty.output())
            terminal.useMouse(false)
            screen.feed(pty.output())
            #expect(screen.privateModes == ["1004", "2004"])
            terminal.suspend()
            terminal.resume()
            screen.feed(pty.output())
            #expect(screen.privateModes == ["1004", "2004"])
            terminal.useMouse(true)
            terminal.useMouse(true)
            screen.feed(pty.output())
            #expect(screen.privateModes == ["1000", "1004", "1006", "2004"])
        }

        @Test func resumingPaintsEverythingAnew() {
            let grid = grid("kept", "over the break")
            terminal.present(grid)
            var screen = ScreenEmulator(size)
            screen.feed(pty.output())
            terminal.suspend()
            screen.feed(pty.output())
            #expect(!screen.isAlternate)
            #expect(terminal.inputDescriptor == nil)
            var blank = ScreenEmulator(size)
            terminal.resume()
            blank.feed(pty.output())
            #expect(blank.isAlternate)
            #expect(blank.text == grid.text)
            #expect(blank.privateModes == ["1000", "1004", "1006", "2004"])
        }

        @Test func aNewSizeIsToldOnceAndDrawnWhole() {
            terminal.present(grid("before"))
            _ = pty.output()
            let wider = Size(columns: 60, rows: 4)
            pty.resize(wider)
            terminal.noticeResize()
            terminal.noticeResize()
            #expect(terminal.readEvents() == [.resize(wider)])
            #expect(terminal.size == wider)
            var grid = CellGrid(wider)
            grid.put("at the far right", x: 44, y: 3, style: .plain)
            terminal.present(grid)
            var screen = ScreenEmulator(wider)
            screen.feed(pty.output())
            #expect(screen.text == grid.text)
        }

        @Test func everySizeSurvives() {
            for (columns, rows) in [(1, 1), (2, 1), (1, 50), (500, 200), (3, 3), (80, 24)] {
                let size = Size(columns: columns, rows: rows)
                pty.resize(size)
                terminal.noticeResize()
                #expect(terminal.readEvents() == [.resize(size)])
                var grid = CellGrid(size)
                for y in 0..<rows { grid.put("界 wide and long enough to be cut", x: y % 3 - 1, y: y, style: .plain) }
                terminal.present(grid)
                var screen = ScreenEmulator(size)
                screen.feed(pty.output())
                for _ in 0..<1000 where terminal.outputDescriptor != nil {
                    terminal.flushOutput()
                    screen.feed(pty.output())
                }
                #expect(screen.text == grid.text, "\(size)")
            }
        }

        /// A grid that was drawn for another size is shown as far as it fits.
        @Test func aGridOfAnotherSizeIsHarmless() {
            var large = CellGrid(Size(columns: 100, rows: 50))
            large.fill(large.bounds, .plain, glyph: Glyph("x"))
            terminal.present(large)
            terminal.present(CellGrid(.zero))
            terminal.present(CellGrid(Size(columns: 3, rows: 2)))
        }

        /// The shell's prompt must not stand on the footer where there is no other screen to go back to.
        @Test(arguments: ["linux", "vt100", "vt220"]) func theLastRowIsLeftFresh(type: String) throws {
            terminal.close()
            let pty = try PseudoTerminal(size)
            let terminal = try NcursesTerminal(.init(path: pty.path, type: type))
            var grid = grid("hello")
            grid.put("b buy  q quit", x: 1, y: size.rows - 1, style: .plain)
            terminal.present(grid)
            terminal.close()
            var screen = ScreenEmulator(size)
            screen.feed(pty.output())
            #expect(screen.text.first?.hasPrefix("hello") == true)
            #expect(screen.text.last?.allSatisfy { $0 == " " } == true, "\(screen.text)")
            #expect(screen.x == 0 && screen.y == size.rows - 1)
        }

        /// No capability tells of them, so only xterm's kin is asked for them; the console of Linux would print titles.
        @Test(arguments: [
            ("xterm-256color", true, true), ("screen", true, true), ("tmux-256color", true, true), ("rxvt", true, true),
            ("linux", true, false), ("vt100", false, false), ("vt220", false, false), ("ansi", false, false),
        ])
        func modesGoToTerminalsThatKnowThem(type: String, hasModes: Bool, hasTitles: Bool) throws {
            terminal.close()
            let pty = try PseudoTerminal(size)
            let terminal = try NcursesTerminal(.init(path: pty.path, type: type))
            var grid = grid("hello")
            grid.put("words", x: 0, y: 3, style: .plain.linked(grid.link(to: "https://a.example")))
            terminal.present(grid)
            terminal.setTitle("Vitrine")
            terminal.copy("words")
            terminal.suspend()
            terminal.resume()
            terminal.useMouse(false)
            terminal.close()
            let text = String(decoding: pty.output(), as: UTF8.self)
            #expect(text.contains("hello"))
            for mode in ["?1000", "?1004", "?1006", "?2004", "[8l", "[8h"] {
                #expect(text.contains(mode) == hasModes, "\(mode)")
            }
            // Of ours: curses sends the console its own.
            for sequence in ["]2;", "]8;", "]52;", "[22;2t"] {
                #expect(text.contains("\u{1B}" + sequence) == hasTitles, "\(sequence)")
            }
        }
    }
}

/// A small generator with a seed, so that a failure comes again.
struct SplitMix {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
