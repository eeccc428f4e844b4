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
    /// - Parameter keepsAddresses: false for what anybody may write: their addresses are broken like any word.
    static func line(_ text: String, keepsAddresses: Bool = true) {
        write(rows(of: text, on: STDOUT_FILENO, keepsAddresses: keepsAddresses))
    }

    /// Text that is not ours in rows that say so: none of them can be taken for a line of this program.
    static func quote(_ text: SafeText) {
        guard let folding = folding(on: STDOUT_FILENO) else { return write(RowFolding.quoted(text) + "\n") }
        write(folding.quotedRows(of: text).map { $0 + "\n" }.joined())
    }

    /// Whatever a text was made from, what a user typed or a shop sent, it moves no cursor and sets no title. On a
    /// terminal it is broken here, and not where the window ends: `RowFolding` says why.
    private static func rows(of text: String, on descriptor: Int32, keepsAddresses: Bool = true) -> String {
        let lines = UnreadableFolder.shown(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map { SafeText(keepingSpaces: String($0)) }
        guard let folding = folding(on: descriptor) else { return lines.map { $0.string + "\n" }.joined() }
        return lines.flatMap { folding.rows(of: $0, keepsAddresses: keepsAddresses) }.map { $0 + "\n" }.joined()
    }

    /// Prints a prompt without breaking it: what is typed stands behind it.
    private static func safe(_ text: String) -> String {
        UnreadableFolder.shown(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map { SafeText(keepingSpaces: String($0)).string }.joined(separator: "\n")
    }

    private static func folding(on descriptor: Int32) -> RowFolding? {
        columns(of: descriptor).map { RowFolding(columns: $0, isEastAsian: isEastAsian) }
    }

    /// True where terminals may draw Greek, Cyrillic and signs as wide as ideographs.
    private static var isEastAsian: Bool {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return ["zh", "ja", "ko"].contains { locale.hasPrefix($0) }
    }

    /// The terminal's width in cells; nil where the output is no terminal.
    static var columns: Int? { columns(of: STDOUT_FILENO) }

    /// A serial line does not know its width: there `COLUMNS` says it, or it is that of terminals of old.
    private static func columns(of descriptor: Int32) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80
    }

    /// Rows that are dark on light: black on white on a terminal, reversed where colours are not wanted, else as they are.
    static func code(_ rows: [String]) {
        guard isatty(STDOUT_FILENO) == 1 else { return write(rows.map { $0 + "\n" }.joined()) }
        let hasColours = !Theme.refusesColour(ProcessInfo.processInfo.environment)
        let look = hasColours ? "\u{1B}[30;107m" : "\u{1B}[7m"
        write(rows.map { look + $0 + "\u{1B}[0m\n" }.joined())
    }

    /// What stands before that which is typed, on the same line.
    static func prompt(_ text: String) { write(safe(text)) }

    /// What somebody is asked who is to answer unseen: standard output is for what comes of it.
    static func ask(_ text: String) { _ = put(safe(text), on: STDERR_FILENO) }

    private static func write(_ text: String) {
        guard let code = put(text, on: STDOUT_FILENO) else { return }
        // Nobody reads any more: there is nothing left to do, and nothing went wrong.
        if code == EPIPE { exit(ExitStatus.done.rawValue) }
        complain("standard output cannot be written: \(OutputFile.reason(code))")
        exit(ExitStatus.network.rawValue)
    }

    /// A line for the person in front of the terminal.
    static func complain(_ text: String) { _ = put(rows(of: "vitrine: " + text, on: STDERR_FILENO), on: STDERR_FILENO) }

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
        // A program reads it, and sees the values as they are: nothing is taken out of them, and no terminal acts on them.
        write(SafeJSON.escaped(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n")
    }
}
