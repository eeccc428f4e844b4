import ArgumentParser
import FoundationEssentials

/// What there is to know when something does not work; never a secret.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look at settings, server, database and terminal, and say what is wrong.",
        discussion: "Nothing that is printed is a secret. Exit code 0 when all is well, 1 when something is not.")

    @Option(help: "The server's address; otherwise the one that is configured.") var server: String?
    @Flag(name: .shortAndLong, help: "Counted for the log's level, as with the other commands.") var verbose: Int
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let report = try Examination(
            server: server, verbosity: verbose, environment: ProcessInfo.processInfo.environment
        ).report()
        let lines = json ? [] : report.text(columns: Output.columns.map { $0 - 1 })
        if json { try Output.json(report) }
        for line in lines { Output.line(line) }
        // What is wrong has been said.
        if !report.isWell { throw ExitStatus.refused }
    }
}
