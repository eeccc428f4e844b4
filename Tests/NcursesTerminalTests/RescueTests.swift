import Glibc
import PtyTesting
import TerminalKit
import Testing
import Text

@testable import NcursesTerminal

extension CursesSlowTests {
    /// The process dies in each way there is; the pseudo-terminal tells what it left behind.
    @Suite struct RescueTests {
        let size = Size(columns: 40, rows: 10)

        /// All that end a process which does nothing about them, but for those that the C library keeps for its threads.
        static let deadly: [Int32] =
            [
                SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE,
                SIGALRM, SIGTERM, SIGSTKFLT, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSYS,
            ] + (34...64)

        @Test(arguments: deadly)
        func aDeadlySignalGivesTheScreenBack(number: Int32) async throws {
            let pty = try PseudoTerminal(size)
            let before = pty.modes
            let path = pty.path
            await #expect(processExitsWith: .signal(number)) { [path = path as String, number = number as Int32] in
                // Whatever the test's own process was started with.
                signal(number, SIG_DFL)
                let terminal = try NcursesTerminal(.init(path: path, type: "xterm-256color"))
                var grid = CellGrid(terminal.size)
                grid.put("about to die", x: 0, y: 0, style: .plain)
                terminal.present(grid)
                // To the process, since the thread of a test blocks some of these.
                kill(getpid(), number)
                pause()
            }
            expectRestored(pty, before)
        }

        @Test func aTrapGivesTheScreenBack() async throws {
            let pty = try PseudoTerminal(size)
            let before = pty.modes
            let path = pty.path
            await #expect(processExitsWith: .failure) { [path = path as String] in
                let terminal = try NcursesTerminal(.init(path: path, type: "xterm-256color"))
                var grid = CellGrid(terminal.size)
                grid.put("about to die", x: 0, y: 0, style: .plain)
                terminal.present(grid)
                let nothing = [Int](terminal.readEvents().indices)
                exit(Int32(nothing[0]))
            }
            expectRestored(pty, before)
        }

        /// On the alternate screen nobody would see why.
        @Test func whatATrapSaysIsInTheLogAndTheTerminalTellsWhere() async throws {
            let pty = try PseudoTerminal(size)
            let path = pty.path
            let log = "/tmp/vitrine-\(getpid())-trap.log"
            defer { unlink(log) }
            await #expect(processExitsWith: .failure) { [path = path as String, log = log as String] in
                dup2(open(path, O_RDWR | O_NOCTTY), STDERR_FILENO)
                let terminal = try NcursesTerminal(.init(path: path, type: "xterm-256color", errorLog: log))
                fatalError("the reason, on a screen of \(terminal.size.columns)")
            }
            let said = pty.output()
            var screen = ScreenEmulator(size)
            screen.feed(said)
            #expect(!screen.isAlternate)
            #expect(String(decoding: said, as: UTF8.self).hasSuffix("crashed; \(log) has what is known\r\n"))
            #expect(!String(decoding: said, as: UTF8.self).contains("the reason"))
            let file = try #require(fopen(log, "r"))
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = fread(&bytes, 1, bytes.count, file)
            #expect(String(decoding: bytes[..<count], as: UTF8.self).contains("the reason, on a screen of 40"))
        }

        @Test func standardErrorComesBackWithTheScreen() async throws {
            let pty = try PseudoTerminal(size)
            let path = pty.path
            let log = "/tmp/vitrine-\(getpid())-closed.log"
            defer { unlink(log) }
            await #expect(processExitsWith: .success) { [path = path as String, log = log as String] in
                dup2(open(path, O_RDWR | O_NOCTTY), STDERR_FILENO)
                let terminal = try NcursesTerminal(.init(path: path, type: "xterm-256color", errorLog: log))
                _ = write(STDERR_FILENO, "while it is up\n", 15)
                terminal.close()
                _ = write(STDERR_FILENO, "afterwards\n", 11)
                exit(0)
            }
            let said = String(decoding: pty.output(), as: UTF8.self)
            #expect(said.hasSuffix("afterwards\r\n") && !said.contains("while it is up"))
        }

        /// A terminal that takes nothing must not keep a dying process alive.
        @Test(.timeLimit(.minutes(1))) func aStalledTerminalIsGivenUp() async throws {
            let pty = try PseudoTerminal(Size(columns: 300, rows: 100))
            let before = pty.modes
            let path = pty.path
            await #expect(processExitsWith: .signal(SIGSEGV)) { [path = path as String] in
                let terminal = try NcursesTerminal(.init(path: path, type: "xterm-256color"))
                var grid = CellGrid(terminal.size)
                grid.fill(grid.bounds, .plain, glyph: Glyph("x"))
                for x in stride(from: 0, to: 300, by: 2) {
                    for y in 0..<100 { grid.put(Glyph("y"), x: x, y: y, style: .plain) }
                }
                terminal.present(grid)
                guard terminal.outputDescriptor != nil else { exit(3) }
                kill(getpid(), SIGSEGV)
                pause()
            }
            #expect(pty.modes == before)
        }

        @Test("Wherever a frame is cut off, within a link or a colour, the screen is given back") func cutOff() throws {
            let pty = try PseudoTerminal(size)
            let terminal = try NcursesTerminal(.init(path: pty.path, type: "xterm-256color"))
            var grid = CellGrid(size)
            let style = Style(foreground: .ansi(3), attributes: .bold).linked(
                grid.link(to: "https://shop.example/lamp"))
            grid.put("a lamp — 灯", x: 0, y: 0, style: style)
            terminal.present(grid)
            let (bytes, restore) = (pty.output(), Array(ScreenModes().restore.utf8))
            terminal.close()
            for count in 0...bytes.count {
                var screen = ScreenEmulator(size)
                screen.feed(Array(bytes[..<count]) + restore)
                #expect(
                    !screen.isAlternate && screen.isCursorVisible && screen.reordersBidi && screen.privateModes == [],
                    "after \(String(decoding: bytes[..<count].suffix(12), as: UTF8.self).debugDescription)")
            }
        }

        private func expectRestored(_ pty: PseudoTerminal, _ before: [UInt32]) {
            var screen = ScreenEmulator(size)
            let bytes = pty.output()
            screen.feed(bytes)
            #expect(String(decoding: bytes, as: UTF8.self).contains("about to die"))
            #expect(!screen.isAlternate)
            #expect(screen.isCursorVisible)
            #expect(screen.privateModes == [])
            #expect(pty.modes == before)
        }
    }
}
