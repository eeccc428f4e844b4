/// An account as it is kept. Its tokens are secrets.
package struct SavedAccount: Equatable, Sendable {
    /// Of somebody who has signed in; a guest's account has none.
    package struct SignIn: Equatable, Sendable {
        /// Brings the next token; nil where the token is all there is.
        package var refreshToken: String?
        /// When the token ends, in milliseconds since 1970.
        package var expiresAt: Int64?

        package init(refreshToken: String? = nil, expiresAt: Int64? = nil) {
            self.refreshToken = refreshToken
            self.expiresAt = expiresAt
        }
    }

    package var id: String
    package var token: String
    /// What the shop calls it; empty where it has not said so.
    package var name: String
    package var signIn: SignIn?
    /// The guests' accounts that have become part of it.
    package var formerly: [String]

    package init(
        id: String, token: String, name: String = "", signIn: SignIn? = nil, formerly: [String] = []
    ) {
        self.id = id
        self.token = token
        self.name = name
        self.signIn = signIn
        self.formerly = formerly
    }

    /// The secrets as one text: the token, and what renews it.
    var secret: String {
        guard let signIn, let refresh = signIn.refreshToken else { return token }
        return "\(token) \(refresh) \(signIn.expiresAt.map(String.init) ?? "-")"
    }

    /// Takes the secrets from such a text.
    /// - Returns: false where it is none.
    mutating func take(secret: String) -> Bool {
        let words = secret.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 1 || words.count == 3, words.prefix(2).allSatisfy(AccountFile.isToken) else {
            return false
        }
        token = words[0]
        guard words.count == 3 else { return true }
        let expiresAt = Int64(words[2])
        guard words[2] == "-" || expiresAt != nil else { return false }
        signIn = SignIn(refreshToken: words[1], expiresAt: expiresAt)
        return true
    }

    /// Whether every part can be kept and sent.
    var isSound: Bool {
        AccountFile.isToken(token) && signIn?.refreshToken.map(AccountFile.isToken) != false
            && ([id] + formerly).allSatisfy(AccountFile.isWord)
    }
}
