import FoundationEssentials
import Glibc
import TerminalKit

/// Somebody with a home of their own, in which everything that `vitrine` keeps for them lies. The one place that pins
/// what a program finds around it: terminal, size, language, time zone, folders.
final class Shopper {
    struct Outcome {
        let ending: Child.Ending
        let output: String
        let errors: String

        var status: Int32 { if case .exit(let status) = ending { status } else { -1 } }
        /// The errors without the line's end; several lines stay several.
        var complaint: String { errors.hasSuffix("\n") ? String(errors.dropLast()) : errors }
    }

    let home: TemporaryFolder
    /// What every command is given as its server; nil gives none.
    var server: String?
    /// Variables of its own, over the others.
    var more: [String: String] = [:]
    /// The clock of all programs; nil for the machine's.
    let clock: MovedClock?

    init(server: String? = nil, clock: MovedClock? = nil) throws {
        home = try TemporaryFolder()
        self.server = server
        self.clock = clock
    }

    var environment: [String: String] {
        let variables = ["CONFIG_HOME": "config", "DATA_HOME": "data", "STATE_HOME": "state", "CACHE_HOME": "cache"]
        var environment = [
            "HOME": home.path, "TERM": "xterm-256color", "TZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
        ]
        for (name, folder) in variables { environment["XDG_" + name] = home.path + "/" + folder }
        if let server { environment["VITRINE_SERVER"] = server }
        if let clock { environment.merge(clock.environment) { _, own in own } }
        return environment.merging(more) { _, own in own }
    }

    var database: String { home.path + "/data/vitrine/vitrine.sqlite" }

    /// Runs a command to its end.
    func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    /// - Parameter input: what is piped into it, as much as a pipe holds.
    func run(_ arguments: [String], input: String = "") throws -> Outcome {
        let (output, errors, typed) = (try Channel(), try Channel(), try Channel())
        _ = Array(input.utf8).withUnsafeBytes { Glibc.write(typed.writing, $0.baseAddress, $0.count) }
        close(typed.writing)
        let nothing = typed.reading
        defer { for end in [output.reading, errors.reading, nothing] { close(end) } }
        let child = try Child(
            Binaries.vitrine, arguments, environment: environment, files: [nothing, output.writing, errors.writing])
        close(output.writing)
        close(errors.writing)
        // Complaints are a few lines, which a pipe holds.
        let text = output.readAll()
        let complaint = errors.readAll()
        return Outcome(ending: try child.wait(), output: text, errors: complaint)
    }

    /// Opens the viewer, or another program, on a terminal.
    func open(
        _ arguments: String..., size: Size = Size(columns: 120, rows: 36), program: String = Binaries.vitrine
    ) throws -> Seat {
        try Seat(program, arguments, environment: environment, size: size, clock: clock)
    }

    /// Writes a file below the home folder and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        let url = URL(filePath: home.path + "/" + name)
        try FileManager.default.createDirectory(
            atPath: url.deletingLastPathComponent().path, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url.path
    }
}
