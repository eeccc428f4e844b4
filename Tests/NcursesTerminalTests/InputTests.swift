import PtyTesting
import TerminalKit
import Testing
import Text

@testable import NcursesTerminal

extension CursesSlowTests {
    /// Keys typed on a real terminal, with the key table of its own description.
    @Suite struct InputTests {
        let pty: PseudoTerminal
        let terminal: NcursesTerminal

        init() throws {
            pty = try PseudoTerminal()
            terminal = try NcursesTerminal(.init(path: pty.path, type: "xterm-256color"))
        }

        @Test func keysArriveAsTheyAre() {
            pty.type("bé\r\u{3}\u{1A}\u{13}\u{1B}OA\u{1B}[B\u{1B}[15~")
            let keys = ["b", "é", "enter", "ctrl-c", "ctrl-z", "ctrl-s", "up", "down", "f5"]
            #expect(terminal.readEvents() == keys.compactMap { KeyPress($0).map(InputEvent.key) })
            #expect(terminal.readEvents() == [])
        }

        @Test func whatWasTypedBeforeAFlushIsGone() {
            pty.type("\r\r")
            terminal.flushInput()
            pty.type("y")
            #expect(terminal.readEvents() == [.key(.character("y"))])
        }

        @Test func aFlushInTheMiddleOfAPasteLeavesNoKeysBehind() {
            pty.type("\u{1B}[200~one\r")
            terminal.flushInput()
            pty.type("two\r\u{1B}[201~y")
            #expect(terminal.readEvents() == [.key(.character("y"))])
        }

        @Test func aFlushKeepsTheNews() {
            pty.resize(Size(columns: 50, rows: 20))
            terminal.noticeResize()
            pty.type("\r")
            terminal.flushInput()
            #expect(terminal.readEvents() == [.resize(Size(columns: 50, rows: 20))])
        }

        @Test func anEscapeHasADeadlineInsteadOfAWait() {
            pty.type("\u{1B}")
            #expect(terminal.readEvents() == [])
            #expect(terminal.nextInputDeadline != nil)
            pty.type("OA")
            #expect(terminal.readEvents() == [.key(KeyPress(.up))])
            #expect(terminal.nextInputDeadline == nil)
        }
    }
}
