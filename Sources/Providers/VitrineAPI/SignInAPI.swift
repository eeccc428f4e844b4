import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Text

/// What is asked about accounts themselves, apart from `ShopQuery` because secrets come and go in it: requests, and
/// what their replies say. Like a provider it does no I/O and keeps nothing.
package struct SignInAPI: Sendable {
    let origin: String
    private static let client = "vitrine"

    /// Whose a token is.
    package struct Owner: Hashable, Sendable {
        package var account: Account
        package var isGuest: Bool
        /// The guests' accounts that have become part of it.
        package var formerly: [String]
    }

    /// Tokens of somebody who has signed in.
    package struct Tokens: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
        package var owner: Owner
        /// Brings the next ones; nil where there are none.
        package var refreshToken: String?
        /// How long the account's token is good for; nil where the shop does not say.
        package var life: Duration?

        package var description: String { "Tokens(\(owner.account))" }
        package var customMirror: Mirror { Mirror(self, children: ["owner": owner]) }
    }

    /// A program that waits to be let in.
    package struct DeviceCode: Sendable, CustomStringConvertible, CustomReflectable {
        package var secret: String
        /// What somebody types on the page.
        package var userCode: SafeText
        package var page: WebAddress
        /// The page with the code in its address, for a picture of it.
        package var pageWithCode: WebAddress?
        package var life: Duration
        package var interval: Duration

        package var description: String { "DeviceCode(\(userCode))" }
        package var customMirror: Mirror { Mirror(self, children: ["userCode": userCode]) }
    }

    /// What a poll brings (RFC 8628, 3.5).
    package enum Poll: Hashable, Sendable {
        case tokens(Tokens)
        case pending
        case slowDown
        case denied
        case expired
    }

    // MARK: Whose a token is

    package func accountRequest(token: String) -> HTTPRequest {
        var headers = Self.headers
        headers.append("Authorization", "Bearer " + token)
        return HTTPRequest(.get, origin + Route.me.path, headers: headers)
    }

    package func account(
        token: String, from result: Result<HTTPResponse, HTTPFailure>
    ) throws(ShopFailure) -> Owner {
        let reply = try Self.reply(result)
        guard reply.response.status == 200 else { throw reply.failure(for: .service) }
        return Owner(try reply.read(AccountFacts.self, is: { !$0.account.isEmpty }), token: token)
    }

    /// Makes what a guest has the account's own; the reply is read by `account`.
    package func mergeRequest(guestToken: String, token: String) -> HTTPRequest {
        var request = form(.myGuests, ["token": guestToken])
        request.headers.append("Authorization", "Bearer " + token)
        return request
    }

    // MARK: Tokens

    package func deviceRequest() -> HTTPRequest { form(.deviceCode, [:]) }

    package func deviceCode(from result: Result<HTTPResponse, HTTPFailure>) throws(ShopFailure) -> DeviceCode {
        let reply = try Self.reply(result)
        guard reply.response.status == 200 else { throw reply.oauthFailure }
        let device = try reply.read(DeviceAuthorization.self)
        guard let page = WebAddress(device.verificationURI), !device.userCode.isEmpty, device.expiresIn > 0 else {
            throw .notUnderstood("the shop names no page to sign in on that this program would show")
        }
        return DeviceCode(
            secret: device.deviceCode, userCode: WireLimits.safe(device.userCode, limit: 40), page: page,
            pageWithCode: device.verificationURIComplete.flatMap { WebAddress($0) },
            life: .seconds(min(device.expiresIn, 86_400)), interval: .seconds(max(1, min(device.interval ?? 5, 300))))
    }

    package func pollRequest(_ code: DeviceCode) -> HTTPRequest {
        form(
            .token, ["grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": code.secret])
    }

    package func poll(from result: Result<HTTPResponse, HTTPFailure>) throws(ShopFailure) -> Poll {
        let reply = try Self.reply(result)
        if reply.response.status == 200 { return .tokens(try Self.tokens(reply)) }
        switch reply.oauthError {
        case "authorization_pending": return .pending
        case "slow_down": return .slowDown
        case "access_denied": return .denied
        case "expired_token": return .expired
        default: throw reply.oauthFailure
        }
    }

    package func renewalRequest(refreshToken: String) -> HTTPRequest {
        form(.token, ["grant_type": "refresh_token", "refresh_token": refreshToken])
    }

    /// - Throws: `.unauthorized` where the refresh token is nobody's any more.
    package func tokens(from result: Result<HTTPResponse, HTTPFailure>) throws(ShopFailure) -> Tokens {
        let reply = try Self.reply(result)
        guard reply.response.status == 200 else { throw reply.oauthFailure }
        return try Self.tokens(reply)
    }

    package func revocationRequest(token: String) -> HTTPRequest { form(.revocation, ["token": token]) }

    /// - Throws: why it is not certain that the token has been revoked.
    package func revoked(from result: Result<HTTPResponse, HTTPFailure>) throws(ShopFailure) {
        let reply = try Self.reply(result)
        guard reply.response.status == 200 else { throw reply.oauthFailure }
    }

    // MARK: Replies

    private static let headers: HTTPHeaders = ["Accept": "application/json, application/problem+json"]

    private func form(_ route: Route, _ fields: KeyValuePairs<String, String>) -> HTTPRequest {
        var headers = Self.headers
        headers.append("Content-Type", "application/x-www-form-urlencoded")
        let pairs = fields.map { "\($0)=\(PercentEncoding.encode($1))" } + ["client_id=\(Self.client)"]
        return HTTPRequest(
            .post, origin + route.path, headers: headers, body: Data(pairs.joined(separator: "&").utf8))
    }

    /// In seconds. A token that is said to live for less is taken for one of this life: one that had to be renewed before
    /// each use would be renewed without end.
    private static let shortestLife = 60

    private static func tokens(_ reply: APIReply) throws(ShopFailure) -> Tokens {
        let granted = try reply.read(
            GrantedTokens.self,
            is: { $0.tokenType.lowercased() == "bearer" && !$0.accessToken.isEmpty && !$0.account.isEmpty })
        let facts = AccountFacts(
            account: granted.account, name: granted.name, isGuest: false, formerly: granted.formerly)
        return Tokens(
            owner: Owner(facts, token: granted.accessToken), refreshToken: granted.refreshToken,
            life: granted.expiresIn.map { .seconds(max(shortestLife, min($0, 31_536_000))) })
    }

    private static func reply(_ result: Result<HTTPResponse, HTTPFailure>) throws(ShopFailure) -> APIReply {
        switch result {
        case .success(let response): APIReply(response)
        case .failure(let failure): throw ShopFailure(failure)
        }
    }
}

/// A page's address that can be shown and opened: https, or http on this machine, in visible ASCII.
package struct WebAddress: Hashable, Sendable {
    package let text: SafeText

    package init?(_ address: String) {
        guard address.utf8.count <= WireLimits.linkBytes, address.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
            let origin = HTTPOrigin(address), origin.scheme == "https" || origin.isLoopback
        else { return nil }
        text = SafeText(address)
    }
}

extension APIReply {
    /// The name of OAuth's error, where this is one.
    fileprivate var oauthError: String? {
        guard !isWebPage, response.status == 400 || response.status == 401 else { return nil }
        return try? WireJSON.decode(OAuthError.self, from: body.json).error
    }

    fileprivate var oauthFailure: ShopFailure {
        switch oauthError {
        case "invalid_grant"?: .unauthorized
        case let error?:
            .refused(Refusal(code: error, message: "the shop refuses: " + SafeText(String(error.prefix(60)))))
        case nil: failure(for: .service)
        }
    }
}

extension SignInAPI.Owner {
    fileprivate init(_ facts: AccountFacts, token: String) {
        account = Account(
            id: facts.account, name: WireLimits.safe(facts.name, limit: WireLimits.nameCharacters), token: token)
        isGuest = facts.isGuest
        formerly = facts.formerly
    }
}
