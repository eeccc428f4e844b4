import Domain
import Providers

/// An account with how it came to be ours. It holds secrets.
package struct Credential: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// What brings the next token.
    package struct Renewal: Hashable, Sendable {
        package var refreshToken: String
        /// When the token ends, by this machine's clock; nil where that is not known.
        package var expiresAt: Timestamp?

        package init(refreshToken: String, expiresAt: Timestamp?) {
            self.refreshToken = refreshToken
            self.expiresAt = expiresAt
        }
    }

    package enum Kind: Hashable, Sendable {
        /// Opened by this program; another one takes its place when the shop has forgotten it.
        case guest
        /// Somebody has signed in: it is theirs, and nobody else's takes its place.
        case signedIn
        /// What a shop that knows nobody is told of who buys; read again it is a guest's like others.
        case contact
        /// A token that the user's own means hold; this program keeps it nowhere.
        case given
    }

    package var account: Account
    package var kind: Kind
    /// nil where the token is all there is.
    package var renewal: Renewal?
    /// The guests' accounts that have become part of it: what was bought in their names is its own.
    package var formerly: [String]

    package init(_ account: Account, _ kind: Kind, renewal: Renewal? = nil, formerly: [String] = []) {
        self.account = account
        self.kind = kind
        self.renewal = renewal
        self.formerly = formerly
    }

    package init(_ tokens: SignInAPI.Tokens, now: Timestamp) {
        let renewal = tokens.refreshToken.map { Renewal(refreshToken: $0, expiresAt: tokens.life.map { now + $0 }) }
        self.init(tokens.owner.account, .signedIn, renewal: renewal, formerly: tokens.owner.formerly)
    }

    package var description: String { "Credential(\(account))" }
    package var customMirror: Mirror { Mirror(self, children: ["account": account]) }

    /// Whether the token is about to end, so that it is better renewed before it is used.
    func isEnding(at now: Timestamp) -> Bool {
        renewal?.expiresAt.map { $0 <= now + .seconds(30) } ?? false
    }

    /// Whether a question may be put in its name that has a meaning only in that of `buyer`.
    func speaks(for buyer: String?) -> Bool {
        guard let buyer else { return true }
        return buyer == account.id || formerly.contains(buyer)
    }
}

/// Where accounts are kept between runs. Its calls block: they read the disk, and may ask other programs.
package struct AccountKeeping: Sendable {
    /// What the user's own means hold, or what takes long to get.
    package enum Found: Sendable {
        /// Whose it is, the shop has to say.
        case token(String)
        case kept(Credential)
    }

    /// Asked when an account is needed for the first time; nil where there is nothing to find.
    package var find: (@Sendable () throws -> Found?)?
    /// What is kept now.
    package var current: @Sendable () throws -> Credential?
    /// Puts an account in the place of another, nil being none, and returns the one that is kept now: another copy of
    /// the program may have been faster.
    package var exchange: @Sendable (_ old: Credential?, _ new: Credential?) throws -> Credential?
    /// Carries something out while no other copy of the program renews an account.
    package var renewing: @Sendable (_ body: () throws -> Credential?) throws -> Credential?

    package init(
        find: (@Sendable () throws -> Found?)? = nil, current: @escaping @Sendable () throws -> Credential?,
        exchange: @escaping @Sendable (_ old: Credential?, _ new: Credential?) throws -> Credential?,
        renewing: @escaping @Sendable (_ body: () throws -> Credential?) throws -> Credential? = { try $0() }
    ) {
        self.find = find
        self.current = current
        self.exchange = exchange
        self.renewing = renewing
    }

    /// Keeps nothing beyond this run.
    package static let none = AccountKeeping(current: { nil }, exchange: { $1 })
}
