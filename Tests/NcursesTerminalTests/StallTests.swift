import Glibc
import PtyTesting
import TerminalKit
import Testing
import Text

@testable import NcursesTerminal

extension CursesSlowTests {
    /// A terminal that stops reading, or goes away.
    @Suite(.timeLimit(.minutes(1))) struct StallTests {
        let size = Size(columns: 200, rows: 50)
        let pty: PseudoTerminal
        let terminal: NcursesTerminal

        init() throws {
            pty = try PseudoTerminal(size)
            terminal = try NcursesTerminal(.init(path: pty.path, type: "xterm-256color"))
        }

        private func grid(_ number: Int) -> CellGrid {
            var grid = CellGrid(size)
            for y in 0..<size.rows {
                for x in stride(from: 0, to: size.columns, by: 8) {
                    grid.put(SafeText("\(number * 7919 + y * x)"), x: x, y: y, style: .plain)
                }
            }
            return grid
        }

        /// Reads and lets write until everything has been written.
        private func catchUp(_ screen: inout ScreenEmulator) {
            screen.feed(pty.output())
            for _ in 0..<10_000 where terminal.outputDescriptor != nil {
                terminal.flushOutput()
                screen.feed(pty.output())
            }
        }

        @Test func presentingNeverWaits() {
            for number in 0..<200 { terminal.present(grid(number)) }
            #expect(terminal.outputDescriptor != nil)
            terminal.bell()
            terminal.setTitle("still here")
            terminal.flushOutput()
            var screen = ScreenEmulator(size)
            catchUp(&screen)
            #expect(terminal.outputDescriptor == nil)
            #expect(screen.text == grid(199).text)
            #expect(screen.unknown == [])
        }

        @Test func inputIsReadAllTheSame() {
            for number in 0..<3 { terminal.present(grid(number)) }
            pty.type("b")
            #expect(terminal.readEvents() == [.key(.character("b"))])
        }

        @Test func aResizeOvertakesTheStalledFrame() {
            for number in 0..<3 { terminal.present(grid(number)) }
            let small = Size(columns: 30, rows: 5)
            pty.resize(small)
            terminal.noticeResize()
            #expect(terminal.readEvents() == [.resize(small)])
            var grid = CellGrid(small)
            grid.put("after all", x: 2, y: 4, style: .plain)
            terminal.present(grid)
            var screen = ScreenEmulator(size)
            catchUp(&screen)
            #expect(screen.text[4] == "  after all")
        }

        @Test func closingGivesUpOnAStalledTerminal() {
            let modes = pty.modes
            for number in 0..<3 { terminal.present(grid(number)) }
            terminal.close()
            #expect(pty.modes != modes)
        }

        @Test func aHangUpIsToldOnce() {
            terminal.present(grid(1))
            pty.hangUp()
            #expect(terminal.readEvents() == [.endOfInput])
            #expect(terminal.inputDescriptor == nil)
            #expect(terminal.readEvents() == [])
            terminal.present(grid(2))
            #expect(terminal.outputDescriptor == nil)
            terminal.close()
        }
    }

    @Suite struct UnusableTests {
        @Test(arguments: ["dumb", "no-such-terminal", ""]) func aTypeThatCannotPlaceTextIsRefused(type: String) throws {
            let pty = try PseudoTerminal()
            let before = pty.modes
            let error = #expect(throws: TerminalError.self) {
                _ = try NcursesTerminal(.init(path: pty.path, type: type))
            }
            #expect(error == .unusable(type: type))
            #expect(error?.description.contains("--plain") == true)
            #expect(pty.modes == before)
            #expect(pty.output().isEmpty)
        }

        @Test func noTerminalIsSaid() {
            let error = #expect(throws: TerminalError.self) {
                _ = try NcursesTerminal(.init(path: "/dev/null", type: "xterm"))
            }
            #expect(error == .noTerminal)
        }

        @Test(arguments: [
            "vt100", "linux", "screen-256color", "tmux-256color", "xterm", "rxvt-unicode-256color", "ansi",
        ])
        func commonTypesWork(type: String) throws {
            let size = Size(columns: 20, rows: 3)
            let pty = try PseudoTerminal(size)
            let terminal = try NcursesTerminal(.init(path: pty.path, type: type))
            var grid = CellGrid(size)
            grid.put("lamp", x: 3, y: 1, style: Style(foreground: .ansi(9), background: .rgb(9, 9, 200)))
            terminal.present(grid)
            #expect(String(decoding: pty.output(), as: UTF8.self).contains("lamp"))
            terminal.close()
        }

        @Test func anUnknownMemberOfAKnownFamilyWorks() throws {
            let pty = try PseudoTerminal()
            let terminal = try NcursesTerminal(.init(path: pty.path, type: "xterm-ghostty"))
            #expect(terminal.size == Size(columns: 40, rows: 10))
        }
    }
}
