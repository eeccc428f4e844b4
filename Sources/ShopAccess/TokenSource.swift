import Providers
import Settings

/// Place of the user's own that a server's token comes from; this program keeps it nowhere.
package struct TokenSource: Sendable {
    /// Taken out of the environment at the start.
    package static let environmentToken = Result { try GivenToken.takeFromEnvironment() }

    private var given: String?
    private var command: [String] = []

    /// None.
    package init() {}

    /// The environment's token is for the server that is asked; the command's is for the one in `config.toml` alone.
    package init(_ config: Config, for origin: String) throws {
        given = try Self.environmentToken.get()
        guard let server = config.server, let own = try? ShopOrigin(server), own.description == origin else { return }
        command = config.tokenCommand
    }

    package var isEmpty: Bool { given == nil && command.isEmpty }

    /// What a person is told that the account comes from.
    package var name: String { given != nil ? "the variable \(GivenToken.variable)" : "token_command in config.toml" }

    /// Blocks while the command runs.
    package func token() throws -> String? {
        if let given { return given }
        return command.isEmpty ? nil : try GivenToken.run(command)
    }
}
