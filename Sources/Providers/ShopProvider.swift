import Domain
import HTTPTransport
import Text

/// A kind of shop: turns questions in the program's words into steps, and replies into answers. It does no I/O and keeps
/// nothing between two calls, so its tests are files.
package protocol ShopProvider: Sendable {
    /// What the shop is called in messages until it has said its own name.
    var name: SafeText { get }
    /// Scheme, host and port, and the folder of a shop that has one: what stored orders, follows and the token are kept under.
    var origin: String { get }
    /// What this kind of shop can do at best; `ShopQuery.service` says what the one at `origin` does.
    var capabilities: ShopCapabilities { get }

    /// How somebody signs in; nil where this kind of shop knows guests alone.
    var signIn: SignInAPI? { get }

    /// Who asks where nobody has an account: known from the beginning, with nothing opened at the shop. nil where a
    /// guest's account has to be opened.
    var guest: Account? { get }

    /// How many requests the server takes, as its makers say; nil where it says itself when it has enough.
    var pace: RequestPace? { get }

    /// Tells whether shows come from a server with a clock of its own.
    var hasLiveSource: Bool { get }

    /// How the question is answered. A thrown failure means that nothing is sent: `.unauthorized` where an account is
    /// needed and there is none, `.notSent` otherwise.
    /// - Parameter now: the local time, for shops that do not tell theirs.
    func steps(for query: ShopQuery, account: Account?, now: Timestamp) throws(ShopFailure) -> ShopStep
}

extension ShopProvider {
    package var signIn: SignInAPI? { nil }
    package var guest: Account? { nil }
    package var pace: RequestPace? { nil }
    package var hasLiveSource: Bool { false }

    /// Whose clock the reply from an address tells.
    package func clockOwner(at address: String) -> ClockOwner {
        hasLiveSource && !isOwn(address) ? .liveSource : .shop
    }

    /// Whether an address is one of the shop's own pages, with or without `www.`.
    package func isOwn(_ address: String) -> Bool {
        guard let there = HTTPOrigin(address), let here = HTTPOrigin(origin), let page = PageAddress(address),
            let home = PageAddress(origin)
        else { return false }
        // The same page by http and by https has two ports, and is the same page.
        let isSamePort = there.port == here.port || there.hasUsualPort && here.hasUsualPort
        return isSamePort && Self.bare(there.host) == Self.bare(here.host) && page.path.starts(with: home.path)
    }

    private static func bare(_ host: String) -> Substring { host.hasPrefix("www.") ? host.dropFirst(4) : host[...] }
}

/// A kind of shop of which every question is one request.
package protocol SingleRequestProvider: ShopProvider {
    /// - Throws: as `steps`.
    func request(for query: ShopQuery, account: Account?) throws(ShopFailure) -> HTTPRequest

    /// Reads the reply to `request(for: query, …)`, of whatever status.
    func decode(_ response: HTTPResponse, for query: ShopQuery) throws(ShopFailure) -> ShopAnswer
}

extension SingleRequestProvider {
    package func steps(for query: ShopQuery, account: Account?, now: Timestamp) throws(ShopFailure) -> ShopStep {
        .send(try request(for: query, account: account), isDecisive: true) { (response) throws(ShopFailure) in
            .answer(try decode(response, for: query))
        }
    }

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

/// So many requests in any such stretch of time, and no more.
package struct RequestPace: Hashable, Sendable {
    package var requests: Int
    package var stretch: Duration

    package init(requests: Int, in stretch: Duration) {
        self.requests = requests
        self.stretch = stretch
    }
}
