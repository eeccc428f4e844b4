import Glibc

/// Sends what is written to standard error into a file while the screen is up: the message of a fatal error would be
/// lost on the alternate screen, and anything else would be written across it.
final class ErrorDiversion {
    private let kept: Int32

    /// - Returns: nil where standard error is no terminal (whoever sent it elsewhere wants it there), and where the
    ///   file cannot be written.
    init?(into path: String) {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        guard kept >= 0 else { return nil }
        guard dup2(file, STDERR_FILENO) >= 0 else {
            close(kept)
            return nil
        }
    }

    /// Standard error is the terminal again.
    func end() {
        dup2(kept, STDERR_FILENO)
        close(kept)
    }
}
