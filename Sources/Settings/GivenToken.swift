import Glibc

/// A token that the user's own means hold, and this program keeps nowhere.
package enum GivenToken {
    /// In the environment.
    package static let variable = "VITRINE_TOKEN"

    /// Why there is none; one line for a person, without the token.
    package struct Failure: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// Takes the token out of this process's environment: programs that it starts do not inherit it, and the copy that
    /// the system shows of it in `/proc` is overwritten. To be called before other threads are there.
    /// - Returns: nil where there is none.
    package static func takeFromEnvironment() throws(Failure) -> String? {
        guard let value = getenv(variable) else { return nil }
        let text = String(validatingCString: value)
        memset(value, 0, strlen(value))
        unsetenv(variable)
        if text == "" { return nil }
        guard let text, AccountFile.isToken(text) else {
            throw Failure(description: "\(variable): \(SettingsError.illegalToken)")
        }
        return text
    }

    /// Runs the user's command, whose first line is the token. Blocks; somebody may have to type a passphrase.
    package static func run(_ command: [String]) throws(Failure) -> String {
        let name = "token_command (\(quoted(command.first ?? "", atMost: 60)))"
        let outcome: HelperProgram.Outcome
        do { outcome = try HelperProgram(arguments: command).run() } catch {
            throw Failure(description: "\(name): \(error)")
        }
        guard outcome.status == 0 else {
            let reason = outcome.complaint.isEmpty ? "" : ": " + outcome.complaint
            throw Failure(description: "\(name): it ended with status \(outcome.status)\(reason)")
        }
        let line = outcome.output.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).first ?? ""
        guard AccountFile.isToken(String(line)) else {
            throw Failure(description: "\(name): its first line is no token")
        }
        return String(line)
    }
}
