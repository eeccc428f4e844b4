import Domain
import Logging
import Providers
import Settings
import ShopAccess
import Text

/// The user's account at one server, as it is kept on this machine.
struct Accounts {
    let file: AccountFile
    let scope: String

    func current() throws -> SavedAccount? { try file.account(for: scope) }

    /// Whether the desktop's Secret Service has to be asked for it.
    var isElsewhere: Bool { get throws { try file.isElsewhere(scope) } }

    func exchange(_ old: SavedAccount?, for new: SavedAccount?) throws -> SavedAccount? {
        try file.exchange(old, for: new, scope: scope)
    }

    /// How the shop's client keeps it.
    func keeping(_ means: OwnMeans, log: Logger) -> AccountKeeping {
        let current: @Sendable () throws -> Credential? = { [file, scope] in
            try file.account(for: scope).map { Credential($0) }
        }
        var find: (@Sendable () throws -> AccountKeeping.Found?)?
        if !means.isEmpty {
            find = { try means.token().map { .token($0) } }
        } else if (try? isElsewhere) == true {
            find = { try current().map { .kept($0) } }
        }
        return AccountKeeping(
            find: find, current: current,
            exchange: { [file, scope] old, new in
                do {
                    return try file.exchange(
                        old.map { SavedAccount($0) }, for: new.map { SavedAccount($0) }, scope: scope,
                        isPersonal: new?.kind == .contact
                    ).map { Credential($0) }
                } catch {
                    log.error("the account was not kept: \(error)")
                    throw error
                }
            }, renewing: { [file] in try file.renewing($0) })
    }
}

/// Means of the user's own that hold a token for a server; this program keeps it nowhere.
struct OwnMeans {
    /// Taken out of the environment at the start.
    static let environmentToken = Result { try GivenToken.takeFromEnvironment() }

    private var given: String?
    private var command: [String] = []

    /// None.
    init() {}

    /// The environment's token is for the server that is asked; the command's is for the one in `config.toml` alone.
    init(_ config: Config, for origin: String) throws {
        given = try Self.environmentToken.get()
        guard let server = config.server, let own = try? ShopOrigin(server), own.description == origin else { return }
        command = config.tokenCommand
    }

    var isEmpty: Bool { given == nil && command.isEmpty }

    /// What a person is told that the account comes from.
    var name: String { given != nil ? "the variable \(GivenToken.variable)" : "token_command in config.toml" }

    /// Blocks while the command runs.
    func token() throws -> String? {
        if let given { return given }
        return command.isEmpty ? nil : try GivenToken.run(command)
    }
}

extension SavedAccount {
    init(_ credential: Credential) {
        let account = credential.account
        self.init(
            id: account.id, token: account.token, name: account.name.string,
            signIn: credential.kind == .signedIn
                ? .init(
                    refreshToken: credential.renewal?.refreshToken,
                    expiresAt: credential.renewal?.expiresAt?.milliseconds) : nil, formerly: credential.formerly)
    }
}

extension Credential {
    init(_ saved: SavedAccount) {
        self.init(
            Account(id: saved.id, name: SafeText(saved.name), token: saved.token),
            saved.signIn == nil ? .guest : .signedIn,
            renewal: saved.signIn.flatMap { signIn in
                signIn.refreshToken.map {
                    Renewal(refreshToken: $0, expiresAt: signIn.expiresAt.map { Timestamp(milliseconds: $0) })
                }
            }, formerly: saved.formerly)
    }
}
