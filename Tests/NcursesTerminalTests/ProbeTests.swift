import Foundation
import PtyTesting
import Synchronization
import TerminalKit
import Testing

@testable import NcursesTerminal

extension CursesSlowTests {
    /// Asking a terminal where its cursor is.
    @Suite struct ProbeTests {
        let pty: PseudoTerminal

        init() throws { pty = try PseudoTerminal() }

        /// Measures while an emulator answers on the other side, each cursor report through `answer`.
        private func measure(_ texts: [String], answer: @escaping @Sendable (String) -> String) throws -> [Int]? {
            let (pty, size) = (UncheckedBox(pty), Size(columns: 40, rows: 10))
            let isDone = Flag()
            let thread = Thread {
                var screen = ScreenEmulator(size)
                while !isDone.isSet.load(ordering: .acquiring) {
                    screen.feed(pty.value.output())
                    if !screen.replies.isEmpty { pty.value.type(answer(screen.replies)) }
                    screen.replies = ""
                    usleep(1000)
                }
            }
            thread.start()
            defer { isDone.isSet.store(true, ordering: .releasing) }
            return try TerminalProbe.measure(texts, path: self.pty.path, patience: .seconds(10))
        }

        @Test func cellsAreCounted() throws {
            let before = pty.modes
            #expect(try measure(["a", "漢", "e\u{301}", "ab🔥"]) { $0 } == [1, 2, 1, 4])
            #expect(pty.modes == before)
        }

        @Test func whatIsTypedMeanwhileDoesNotMatter() throws {
            #expect(try measure(["a", "漢"]) { "x\u{1B}[A\u{1B}[" + $0 + "y" } == [1, 2])
        }

        @Test func aTerminalThatDoesNotAnswerIsGivenUp() throws {
            let before = pty.modes
            #expect(try TerminalProbe.measure(["a"], path: pty.path, patience: .milliseconds(50)) == nil)
            #expect(pty.modes == before)
        }

        @Test func reportsAreFoundAmongOtherBytes() {
            for (text, column, rest) in [
                ("\u{1B}[1;3R", 3, ""), ("abc\u{1B}[A\u{1B}[24;80Rz", 80, "z"), ("\u{1B}[1;2", nil, "\u{1B}[1;2"),
                ("\u{1B}[1;2;3R\u{1B}[;R\u{1B}[1;0R", nil, "\u{1B}[1;2;3R\u{1B}[;R\u{1B}[1;0R"),
                ("\u{1B}[999999999999;1R", nil, "\u{1B}[999999999999;1R"), ("", nil, ""),
            ] as [(String, Int?, String)] {
                var bytes = Array(text.utf8)
                #expect(CursorReport.take(from: &bytes) == column, "\(text.debugDescription)")
                #expect(bytes == Array(rest.utf8))
            }
        }

        @Test func aTypeIsDescribedWithoutAScreen() {
            let xterm = TerminalProbe.describe("xterm-256color")
            #expect(xterm?.colors == 256 && xterm?.hasLinks == true)
            #expect(TerminalProbe.describe("vt100")?.hasLinks == false)
            #expect(TerminalProbe.describe("dumb") == nil)
            #expect(TerminalProbe.describe("") == nil)
            #expect(TerminalProbe.cursesVersion?.contains(".") == true)
        }
    }
}

private final class Flag: Sendable { let isSet = Atomic(false) }

/// What two threads of a test share: a pseudo-terminal, which is a descriptor.
private struct UncheckedBox<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
