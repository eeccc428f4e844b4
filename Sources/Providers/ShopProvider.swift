import Domain
import HTTPTransport
import Text

/// A kind of shop: turns questions in the program's words into requests, and replies into answers. It does no I/O and
/// keeps nothing between two calls, so its tests are files.
package protocol ShopProvider: Sendable {
    /// What the shop is called in messages until it has said its own name.
    var name: SafeText { get }
    /// Scheme, host and port: what stored orders, follows and the token are kept under.
    var origin: String { get }
    /// What this kind of shop can do at best; `ShopQuery.service` says what the one at `origin` does.
    var capabilities: ShopCapabilities { get }

    /// How somebody signs in; nil where this kind of shop knows guests alone.
    var signIn: SignInAPI? { get }

    /// A thrown failure means that nothing is sent: `.unauthorized` where an account is needed and there is none,
    /// `.notSent` otherwise.
    func request(for query: ShopQuery, account: Account?) throws(ShopFailure) -> HTTPRequest

    /// Reads the reply to `request(for: query, …)`, of whatever status.
    func decode(_ response: HTTPResponse, for query: ShopQuery) throws(ShopFailure) -> ShopAnswer
}

extension ShopProvider {
    package var signIn: SignInAPI? { nil }

    /// The answer to a question, from all that a transport can come back with.
    package func answer(
        to query: ShopQuery, from result: Result<HTTPResponse, HTTPFailure>
    ) throws(ShopFailure) -> ShopAnswer {
        switch result {
        case .success(let response): try decode(response, for: query)
        case .failure(let failure): throw ShopFailure(failure)
        }
    }
}
