import Glibc
import PtyTesting
import TerminalKit
import Testing

@testable import NcursesTerminal

extension CursesSlowTests {
    @Suite struct SignalTests {
        private func isReadable(_ descriptor: Int32) -> Bool {
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return poll(&request, 1, 0) == 1
        }

        @Test func signalsAreReadAsASet() throws {
            let signals = try ProcessSignals()
            #expect(!isReadable(signals.descriptor))
            #expect(signals.take() == [])
            for _ in 0..<5 { kill(getpid(), SIGUSR2) }
            kill(getpid(), SIGWINCH)
            // Delivery to another thread may take a moment; the descriptor tells when.
            var request = pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)
            var arrived: Set<ProcessSignal> = []
            while arrived.count < 2, poll(&request, 1, 5000) == 1 { arrived.formUnion(signals.take()) }
            #expect(arrived == [.reload, .windowChanged])
        }

        /// Curses has handlers of its own for some of these; they must not take ours away.
        @Test func theyArriveWithATerminalOpenToo() throws {
            let signals = try ProcessSignals()
            let pty = try PseudoTerminal()
            let terminal = try NcursesTerminal(.init(path: pty.path, type: "xterm"))
            kill(getpid(), SIGTERM)
            var request = pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)
            #expect(poll(&request, 1, 5000) == 1)
            #expect(signals.take() == [.terminate])
            terminal.close()
        }

        @Test func childrenInheritNothing() throws {
            let signals = try ProcessSignals()
            var child: pid_t = 0
            let words = ["sh", "-c", "kill -USR2 $$; exit 7"]
            var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
            defer { for argument in arguments { free(argument) } }
            // The thread of a test blocks signals, which a child would inherit from it.
            var attributes = posix_spawnattr_t()
            posix_spawnattr_init(&attributes)
            defer { posix_spawnattr_destroy(&attributes) }
            var none = sigset_t()
            sigemptyset(&none)
            posix_spawnattr_setsigmask(&attributes, &none)
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
            #expect(posix_spawn(&child, "/bin/sh", nil, &attributes, &arguments, environ) == 0)
            var status: Int32 = 0
            #expect(waitpid(child, &status, 0) == child)
            #expect(status & 0x7F == SIGUSR2)
            #expect(signals.take() == [])
        }

        @Test func thereIsOneAtATime() throws {
            let signals = try ProcessSignals()
            #expect(throws: TerminalError.self) { _ = try ProcessSignals() }
            #expect(signals.take() == [])
        }
    }
}
