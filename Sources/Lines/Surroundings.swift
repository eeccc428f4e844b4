import Domain
import FoundationEssentials
import Glibc

/// Variables and standard input of a run of the program. A run inside a test's process has its own; the standard streams
/// that lines go to are `OutputSink`.
package struct Surroundings: Sendable {
    package var environment: [String: String]
    /// Descriptor that lines are read from.
    package var input: Int32

    package init(environment: [String: String], input: Int32) {
        self.environment = environment
        self.input = input
    }

    /// Surroundings of this run; nil where they are the process's own.
    @TaskLocal package static var given: Surroundings?

    /// Variables of this run.
    package static var environment: [String: String] { given?.environment ?? ProcessInfo.processInfo.environment }
    /// Standard input of this run.
    package static var input: Int32 { given?.input ?? STDIN_FILENO }
}
