import Domain
import FoundationEssentials
import Glibc
import LiveAPI
import Settings
import Text

/// Lines for standard output and standard error.
enum Output {
    /// A line, written at once: what reads a pipe must not wait for a buffer to fill. Ends the program quietly when
    /// nobody reads any more.
    static func line(_ text: String) { write(safe(text) + "\n") }

    /// Whatever a text was made from, what a user typed or a shop sent, it moves no cursor and sets no title.
    private static func safe(_ text: String) -> String {
        UnreadableFolder.shown(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map { SafeText($0).string }.joined(separator: "\n")
    }

    /// The terminal's width in cells; nil where the output is no terminal.
    static var columns: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Rows that are dark on light: black on white on a terminal, reversed where colours are not wanted, else as they are.
    static func code(_ rows: [String]) {
        guard isatty(STDOUT_FILENO) == 1 else { return write(rows.map { $0 + "\n" }.joined()) }
        let hasColours = !Theme.refusesColour(ProcessInfo.processInfo.environment)
        let look = hasColours ? "\u{1B}[30;107m" : "\u{1B}[7m"
        write(rows.map { look + $0 + "\u{1B}[0m\n" }.joined())
    }

    /// What stands before that which is typed, on the same line.
    static func prompt(_ text: String) { write(text) }

    /// What somebody is asked who is to answer unseen: standard output is for what comes of it.
    static func ask(_ text: String) { _ = put(text, on: STDERR_FILENO) }

    private static func write(_ text: String) {
        guard let code = put(text, on: STDOUT_FILENO) else { return }
        // Nobody reads any more: there is nothing left to do, and nothing went wrong.
        if code == EPIPE { exit(ExitStatus.done.rawValue) }
        complain("standard output cannot be written: \(OutputFile.reason(code))")
        exit(ExitStatus.network.rawValue)
    }

    /// A line for the person in front of the terminal.
    static func complain(_ text: String) { _ = put("vitrine: " + safe(text) + "\n", on: STDERR_FILENO) }

    /// What is wrong in the settings, a line each; the last one says where the rest is found out.
    static func complain(about problems: [ConfigProblem]) {
        for (index, problem) in problems.enumerated() {
            let isLast = index == problems.count - 1
            complain(problem.description + (isLast ? "; ‘vitrine doctor’ looks at everything" : ""))
        }
    }

    /// - Returns: the system's error, where there was one.
    private static func put(_ text: String, on descriptor: Int32) -> Int32? {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { written += count } else if errno != EINTR { return errno }
        }
        return nil
    }

    /// A calendar, whose line ends and texts are as its writer has made them.
    static func calendar(_ text: String) { write(text) }

    /// The API's own objects under the API's own names, in one line.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A program reads it: its texts, made safe when they were decoded, must not be changed again.
        write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
    }
}
