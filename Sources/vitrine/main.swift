import ArgumentParser
import Glibc
import NcursesTerminal
import Lines
import ShopAccess

// Before any file is opened. Nobody can be told where this fails.
do { try ProcessSignals.prepareProcess() } catch { exit(ExitStatus.network.rawValue) }

do { try ProcessSignals.keepMemoryPrivate() } catch { Output.complain(error.description) }

// Before anything is started that would inherit it.
_ = TokenSource.environmentToken

/// Carries out what the command line asks for.
@MainActor func carryOut(_ arguments: [String]) async throws {
    var command = try Program.command(for: arguments)
    if var command = command as? any AsyncParsableCommand {
        try await command.run()
    } else {
        try command.run()
    }
}

let arguments = Array(CommandLine.arguments.dropFirst())
do { try await carryOut(arguments) } catch { exit(Program.status(after: error, in: arguments).rawValue) }
