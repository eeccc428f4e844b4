/// The answer of `GET /v1/me`: whose token it is.
package struct AccountFacts: Codable, Sendable {
    package var account: String
    package var name: String
    /// Whether nobody has signed in to it: then its token is the only way to it.
    package var isGuest: Bool
    /// The guests' accounts that have become part of it.
    package var formerly: [String]

    package init(account: String, name: String, isGuest: Bool, formerly: [String]) {
        self.account = account
        self.name = name
        self.isGuest = isGuest
        self.formerly = formerly
    }
}

/// The answer of `POST /v1/sign-in/device` (RFC 8628, 3.2).
package struct DeviceAuthorization: Codable, Sendable {
    /// A secret of the program's.
    package var deviceCode: String
    /// What somebody types on the page.
    package var userCode: String
    package var verificationURI: String
    package var verificationURIComplete: String?
    /// In seconds, as the next one.
    package var expiresIn: Int
    package var interval: Int?

    package init(
        deviceCode: String, userCode: String, verificationURI: String, verificationURIComplete: String?, expiresIn: Int,
        interval: Int?
    ) {
        self.deviceCode = deviceCode
        self.userCode = userCode
        self.verificationURI = verificationURI
        self.verificationURIComplete = verificationURIComplete
        self.expiresIn = expiresIn
        self.interval = interval
    }

    private enum CodingKeys: String, CodingKey {
        case deviceCode = "device_code"
        case userCode = "user_code"
        case verificationURI = "verification_uri"
        case verificationURIComplete = "verification_uri_complete"
        case expiresIn = "expires_in"
        case interval
    }
}

/// The answer of `POST /v1/sign-in/token` (RFC 6749, 5.1), with whose the tokens are. Both are secrets.
package struct GrantedTokens: Codable, Sendable {
    package var accessToken: String
    package var tokenType = "Bearer"
    /// In seconds.
    package var expiresIn: Int?
    package var refreshToken: String?
    package var account: String
    package var name: String
    package var formerly: [String]

    package init(
        accessToken: String, expiresIn: Int?, refreshToken: String?, account: String, name: String, formerly: [String]
    ) {
        self.accessToken = accessToken
        self.expiresIn = expiresIn
        self.refreshToken = refreshToken
        self.account = account
        self.name = name
        self.formerly = formerly
    }

    private enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case refreshToken = "refresh_token"
        case account, name, formerly
    }
}

/// A refusal in OAuth's own form (RFC 6749, 5.2).
package struct OAuthError: Codable, Sendable {
    package var error: String
    package var description: String?

    package init(error: String, description: String? = nil) {
        self.error = error
        self.description = description
    }

    private enum CodingKeys: String, CodingKey {
        case error
        case description = "error_description"
    }
}
