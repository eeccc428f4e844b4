import Domain
import HTTPTransport
import LiveAPI
import Text

/// What is asked about accounts themselves, apart from `ShopQuery` because secrets come and go in it: requests, and
/// what their replies say. Like a provider it does no I/O and keeps nothing.
package struct SignInAPI: Sendable {
    let origin: String

    /// Whose a token is.
    package struct Owner: Sendable {
        package var account: Account
        package var isGuest: Bool
        /// The guests' accounts that have become part of it.
        package var formerly: [String]
    }

    package func accountRequest(token: String) -> HTTPRequest {
        HTTPRequest(
            .get, origin + Route.me.path,
            headers: ["Accept": "application/json, application/problem+json", "Authorization": "Bearer " + token])
    }

    package func account(
        token: String, from result: Result<HTTPResponse, HTTPFailure>
    ) throws(ShopFailure) -> Owner {
        let reply = try Self.reply(result)
        guard reply.response.status == 200 else { throw reply.failure(for: .service) }
        return Owner(try reply.read(AccountFacts.self, is: { !$0.account.isEmpty }), token: token)
    }

    private static func reply(_ result: Result<HTTPResponse, HTTPFailure>) throws(ShopFailure) -> APIReply {
        switch result {
        case .success(let response): APIReply(response)
        case .failure(let failure): throw ShopFailure(failure)
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
