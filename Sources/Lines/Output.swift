import Domain
import FoundationEssentials
import Glibc
import LiveAPI
import Settings
import Text

/// Lines for standard output and standard error.
package enum Output {
    /// A line, written at once: what reads a pipe must not wait for a buffer to fill. Ends the program quietly when
    /// nobody reads any more.
    /// - Parameter keepsAddresses: false for what anybody may write: their addresses are broken like any word.
    package static func line(_ text: String, keepsAddresses: Bool = true) {
        write(rows(of: text, on: .output, keepsAddresses: keepsAddresses))
    }

    /// Text that is not ours in rows that say so: none of them can be taken for a line of this program.
    package static func quote(_ text: SafeText) {
        guard let folding = folding(on: .output) else { return write(RowFolding.quoted(text) + "\n") }
        write(folding.quotedRows(of: text).map { $0 + "\n" }.joined())
    }

    /// Whatever a text was made from, what a user typed or a shop sent, it moves no cursor and sets no title. On a
    /// terminal it is broken here, and not where the window ends: `RowFolding` says why.
    private static func rows(of text: String, on stream: OutputSink.Stream, keepsAddresses: Bool = true) -> String {
        let lines = UnreadableFolder.shown(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map { SafeText(keepingSpaces: String($0)) }
        guard let folding = folding(on: stream) else { return lines.map { $0.string + "\n" }.joined() }
        return lines.flatMap { folding.rows(of: $0, keepsAddresses: keepsAddresses) }.map { $0 + "\n" }.joined()
    }

    /// Prints a prompt without breaking it: what is typed stands behind it.
    private static func safe(_ text: String) -> String {
        UnreadableFolder.shown(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map { SafeText(keepingSpaces: String($0)).string }.joined(separator: "\n")
    }

    private static func folding(on stream: OutputSink.Stream) -> RowFolding? {
        OutputSink.current.columns(stream).map { RowFolding(columns: $0, isEastAsian: isEastAsian) }
    }

    /// True where terminals may draw Greek, Cyrillic and signs as wide as ideographs.
    private static var isEastAsian: Bool {
        let environment = Surroundings.environment
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return ["zh", "ja", "ko"].contains { locale.hasPrefix($0) }
    }

    /// The terminal's width in cells; nil where the output is no terminal.
    package static var columns: Int? { OutputSink.current.columns(.output) }

    /// Rows that are dark on light: black on white on a terminal, reversed where colours are not wanted, else as they are.
    package static func code(_ rows: [String]) {
        guard columns != nil else { return write(rows.map { $0 + "\n" }.joined()) }
        let hasColours = !Theme.refusesColour(Surroundings.environment)
        let look = hasColours ? "\u{1B}[30;107m" : "\u{1B}[7m"
        write(rows.map { look + $0 + "\u{1B}[0m\n" }.joined())
    }

    /// What stands before that which is typed, on the same line.
    package static func prompt(_ text: String) { write(safe(text)) }

    /// What somebody is asked who is to answer unseen: standard output is for what comes of it.
    package static func ask(_ text: String) { _ = put(safe(text), on: .errors) }

    private static func write(_ text: String) {
        guard let code = put(text, on: .output) else { return }
        // Nobody reads any more: there is nothing left to do, and nothing went wrong.
        if code == EPIPE { exit(ExitStatus.done.rawValue) }
        complain("standard output cannot be written: \(OutputFile.reason(code))")
        exit(ExitStatus.network.rawValue)
    }

    /// A line for the person in front of the terminal.
    package static func complain(_ text: String) { _ = put(rows(of: "vitrine: " + text, on: .errors), on: .errors) }

    /// What is wrong in the settings, a line each; the last one says where the rest is found out.
    package static func complain(about problems: [ConfigProblem]) {
        for (index, problem) in problems.enumerated() {
            let isLast = index == problems.count - 1
            complain(problem.description + (isLast ? "; ‘vitrine doctor’ looks at everything" : ""))
        }
    }

    /// - Returns: the system's error, where there was one.
    private static func put(_ text: String, on stream: OutputSink.Stream) -> Int32? {
        OutputSink.current.write(text, stream)
    }

    /// A calendar, whose line ends and texts are as its writer has made them.
    package static func calendar(_ text: String) { write(text) }

    /// The API's own objects under the API's own names, in one line.
    package static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A program reads it, and sees the values as they are: nothing is taken out of them, and no terminal acts on them.
        write(SafeJSON.escaped(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n")
    }
}
