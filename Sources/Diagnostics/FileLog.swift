import FoundationEssentials
import Logging

/// Log lines in a `LogFile`; nothing goes to the terminal, which belongs to the screen.
package struct FileLog: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel: Logger.Level
    private let file: LogFile

    package init(file: LogFile, level: Logger.Level) {
        self.file = file
        logLevel = level
    }

    package static func logger(path: String, level: Logger.Level) -> Logger {
        let file = LogFile(path: path)
        return Logger(label: "vitrine") { _ in FileLog(file: file, level: level) }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let time = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        file.append("\(time) \(event.level) \(event.message)")
    }
}

/// How much is written into the log, and who said so.
package struct LogLevel: Equatable, Sendable {
    /// The variable that chooses it where the command line does not.
    package static let variable = "VITRINE_LOG"
    package static let names = Logger.Level.allCases.map(\.rawValue)

    package var level: Logger.Level
    package var source: String
    /// What is wrong with the variable.
    package var problem: String?

    /// - Parameter verbosity: how often `-v` was given.
    package init(verbosity: Int, environment: [String: String]) {
        let named = environment[Self.variable].flatMap { $0.isEmpty ? nil : $0.lowercased() }
        let chosen = named.flatMap(Logger.Level.init(rawValue:))
        if named != nil, chosen == nil {
            problem = "\(Self.variable): expected one of \(Self.names.joined(separator: ", "))"
        }
        switch verbosity {
        case ...0: (level, source) = chosen.map { ($0, Self.variable) } ?? (.notice, "default")
        case 1: (level, source) = (.info, "-v")
        default: (level, source) = (.trace, "-vv")
        }
    }
}
