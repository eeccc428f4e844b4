import ArgumentParser
import Lines

/// One run of the program: arguments in, lines out, an exit status at the end.
enum Program {
    /// Command that `arguments` ask for.
    static func command(for arguments: [String]) throws -> any ParsableCommand {
        try Usage.checkCommand(in: arguments)
        return try Vitrine.command(for: arguments)
    }

    /// Says why a run has ended, unless that was said already.
    /// - Returns: its exit status.
    static func status(after error: any Error, in arguments: [String]) -> ExitStatus {
        if let status = error as? ExitStatus { return status }
        // Asking for help is no failure.
        if !(error is CommandFailure), Vitrine.exitCode(for: error) == .success {
            Output.line(Vitrine.fullMessage(for: error))
            return .done
        }
        let failure = error as? CommandFailure ?? Usage.failure(error, in: arguments)
        Output.complain(failure.description)
        return failure.status
    }
}
