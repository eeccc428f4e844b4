import Domain

/// An account with how it came to be ours. It holds secrets.
package struct Credential: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Opened by this program; another one takes its place when the shop has forgotten it.
        case guest
        /// Somebody has signed in: it is theirs, and nobody else's takes its place.
        case signedIn
        /// A token that the user's own means hold; this program keeps it nowhere.
        case given
    }

    package var account: Account
    package var kind: Kind
    /// The guests' accounts that have become part of it: what was bought in their names is its own.
    package var formerly: [String]

    package init(_ account: Account, _ kind: Kind, formerly: [String] = []) {
        self.account = account
        self.kind = kind
        self.formerly = formerly
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

    package init(
        find: (@Sendable () throws -> Found?)? = nil, current: @escaping @Sendable () throws -> Credential?,
        exchange: @escaping @Sendable (_ old: Credential?, _ new: Credential?) throws -> Credential?
    ) {
        self.find = find
        self.current = current
        self.exchange = exchange
    }

    /// Keeps nothing beyond this run.
    package static let none = AccountKeeping(current: { nil }, exchange: { $1 })
}
