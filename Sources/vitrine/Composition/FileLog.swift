import FoundationEssentials
import Glibc
import Logging

/// Log lines in a file of the state folder; nothing goes to the terminal, which belongs to the screen.
struct FileLog: LogHandler {
    /// A file that has grown beyond this is set aside as `.1` when the program starts.
    private static let largest = 1 << 20

    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let descriptor: Int32

    static func logger(path: String, verbosity: Int) -> Logger {
        var facts = stat()
        if stat(path, &facts) == 0, facts.st_size > largest { rename(path, path + ".1") }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        let level: Logger.Level = verbosity > 1 ? .trace : verbosity == 1 ? .info : .notice
        return Logger(label: "vitrine") { _ in FileLog(logLevel: level, descriptor: descriptor) }
    }

    private init(logLevel: Logger.Level, descriptor: Int32) {
        self.logLevel = logLevel
        self.descriptor = descriptor
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        guard descriptor >= 0 else { return }
        let time = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let line = Array("\(time) \(event.level) \(event.message)\n".utf8)
        // One write a line: with O_APPEND two programs never mix within one.
        _ = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}
