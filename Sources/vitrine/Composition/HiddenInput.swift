import Glibc
import NcursesTerminal
import Settings
import TerminalKit
import Lines

/// A secret from standard input: the first line of a pipe or a file, or typed on a terminal that does not show it.
enum HiddenInput {
    private static let mostBytes = 8192

    /// - Throws: `CommandFailure` where there is no line, or somebody has thought better of it.
    static func readLine(prompt: String) throws -> String {
        let input = Surroundings.input
        guard isatty(input) == 1 else { return try line { _ in true } }
        var modes = termios()
        guard tcgetattr(input, &modes) == 0 else {
            throw CommandFailure(.usage, "the terminal cannot be kept from showing what is typed")
        }
        // Whatever ends it, the terminal shows again what is typed: these signals arrive as events.
        let signals = try ProcessSignals()
        TerminalRescue.install(input, modes: modes)
        defer { TerminalRescue.remove() }
        var hidden = modes
        hidden.c_lflag &= ~tcflag_t(ECHO | ECHONL)
        guard tcsetattr(input, TCSAFLUSH, &hidden) == 0 else {
            throw CommandFailure(.usage, "the terminal cannot be kept from showing what is typed")
        }
        defer { tcsetattr(input, TCSAFLUSH, &modes) }
        Output.ask(prompt)
        defer { Output.ask("\n") }
        return try line { descriptor in
            var polled = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            while true {
                _ = poll(&polled, 2, -1)
                let arrived = signals.take()
                if arrived.contains(where: { [.interrupt, .terminate, .hangUp].contains($0) }) { return false }
                if polled[0].revents != 0 { return true }
            }
        }
    }

    /// - Parameter isReady: waits until something can be read; false where nothing is to be read any more.
    private static func line(_ isReady: (Int32) -> Bool) throws -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count <= mostBytes {
            guard isReady(Surroundings.input) else { throw CommandFailure(.refused, "cancelled") }
            let count = read(Surroundings.input, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != UInt8(ascii: "\n") else { break }
            bytes.append(byte)
        }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self), AccountFile.isToken(text) else {
            throw CommandFailure(
                .usage, "--with-token: \(bytes.isEmpty ? "no token on standard input" : "what was read is no token")")
        }
        return text
    }
}
