import Domain
import Logging
import Providers
import Settings
import Text

/// The user's account at one server, as it is kept on this machine.
package struct Accounts {
    package let file: AccountFile
    package let scope: String

    package init(file: AccountFile, scope: String) {
        self.file = file
        self.scope = scope
    }

    package func current() throws -> SavedAccount? { try file.account(for: scope) }

    /// Whether the desktop's Secret Service has to be asked for it.
    package var isElsewhere: Bool { get throws { try file.isElsewhere(scope) } }

    package func exchange(_ old: SavedAccount?, for new: SavedAccount?) throws -> SavedAccount? {
        try file.exchange(old, for: new, scope: scope)
    }

    /// How the shop's client keeps it.
    package func keeping(_ source: TokenSource, log: Logger) -> AccountKeeping {
        let current: @Sendable () throws -> Credential? = { [file, scope] in
            try file.account(for: scope).map { Credential($0) }
        }
        var find: (@Sendable () throws -> AccountKeeping.Found?)?
        if !source.isEmpty {
            find = { try source.token().map { .token($0) } }
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

extension SavedAccount {
    package init(_ credential: Credential) {
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
    package init(_ saved: SavedAccount) {
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
