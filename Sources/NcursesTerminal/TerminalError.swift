/// Why there is no screen to draw on; the description is what the user reads.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
    /// Nothing to open, or what was opened is no terminal.
    case noTerminal
    /// The terminal's description is unknown, or names one that cannot place a cursor.
    case unusable(type: String)
    /// A frame, which is put together in a file in memory, may be larger than files may be.
    case filesTooSmall(limit: UInt64)
    /// A system call failed, with its errno.
    case system(call: String, code: Int32)

    package var description: String {
        switch self {
        case .noTerminal:
            "there is no terminal here; in lines of text: vitrine --plain"
        case .unusable(let type):
            "a terminal of type '\(type)' cannot place text on a screen; set TERM to what it really is, "
                + "or use lines of text: vitrine --plain"
        case .filesTooSmall(let limit):
            "files may not be larger than \(limit) bytes here (ulimit -f), which is too little for a screen; "
                + "set a larger limit, or use lines of text: vitrine --plain"
        case .system(let call, let code):
            "the terminal could not be set up (\(call): error \(code))"
        }
    }
}
