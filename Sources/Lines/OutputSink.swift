import FoundationEssentials
import Glibc

/// Where lines go: standard output and standard error, or what a test reads.
package struct OutputSink: Sendable {
    package enum Stream: Sendable { case output, errors }

    /// Writes all of a text.
    /// - Returns: the system's error, where there was one.
    package var write: @Sendable (_ text: String, _ stream: Stream) -> Int32?
    /// Width of the terminal in cells; nil where the stream is no terminal.
    package var columns: @Sendable (_ stream: Stream) -> Int?

    package init(
        write: @escaping @Sendable (_ text: String, _ stream: Stream) -> Int32?,
        columns: @escaping @Sendable (_ stream: Stream) -> Int? = { _ in nil }
    ) {
        self.write = write
        self.columns = columns
    }

    /// The one that lines go to now. A test puts its own in place for as long as it runs.
    @TaskLocal package static var current = standard

    /// The process's own streams.
    package static let standard = OutputSink(
        write: { text, stream in
            let descriptor = descriptor(stream)
            let bytes = Array(text.utf8)
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count > 0 { written += count } else if errno != EINTR { return errno }
            }
            return nil
        },
        columns: { stream in
            let descriptor = descriptor(stream)
            guard isatty(descriptor) == 1 else { return nil }
            var size = winsize()
            if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
            // A serial line does not know its width: there `COLUMNS` says it, or it is that of terminals of old.
            let told = Surroundings.environment["COLUMNS"].flatMap { Int($0) }
            return told.flatMap { $0 > 0 ? $0 : nil } ?? 80
        })

    private static func descriptor(_ stream: Stream) -> Int32 {
        switch stream {
        case .output: STDOUT_FILENO
        case .errors: STDERR_FILENO
        }
    }
}
