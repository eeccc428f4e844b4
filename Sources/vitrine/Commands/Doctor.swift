import ArgumentParser
import Commands
import CurlTransport
import FoundationEssentials
import Lines
import NcursesTerminal
import Storage

/// What there is to know when something does not work; never a secret.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look at settings, server, database and terminal, and say what is wrong.",
        discussion: "Nothing that is printed is a secret. Exit code 0 when all is well, 1 when something is not.")

    @Option(help: "The server's address; otherwise the one that is configured.") var server: String?
    @Flag(name: .shortAndLong, help: "Counted for the log's level, as with the other commands.") var verbose: Int
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let environment = Surroundings.environment
        let parts = DoctorCheck.Parts(
            libraries: [
                ("libcurl", CurlClient.libraryVersion), ("ncurses", TerminalProbe.cursesVersion),
                ("SQLite", Store.sqliteVersion),
            ], program: vitrineVersion, hostNames: .curl,
            settings: { paths in
                let settings = UserSettings(paths)
                return (settings.config, settings.problems)
            }, certificates: { Network($0, environment).certificates.map { ($0.path, $0.source) } },
            onNetwork: { config, body in
                let curl = Network(config, environment).client()
                defer { curl.shutdown() }
                body(curl.client)
            }, terminal: TerminalCheck(environment: environment).terminal)
        let report = try DoctorCheck(
            server: server, verbosity: verbose, environment: environment, parts: parts
        ).report()
        let lines = json ? [] : report.text(columns: Output.columns.map { $0 - 1 })
        if json { try Output.json(report) }
        for line in lines { Output.line(line) }
        // What is wrong has been said.
        if !report.isWell { throw ExitStatus.refused }
    }
}
