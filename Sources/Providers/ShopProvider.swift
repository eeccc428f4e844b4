import Domain
import HTTPTransport
import Text

/// A kind of shop or stream: what is known of it from the beginning, and its parts, each with a small set of questions.
/// The parts that it has are what it can do. A part is a set of conversations; it does no I/O and keeps nothing between two
/// calls but its notes, so its tests are files and stand-ins.
package protocol ShopProvider: Sendable {
    /// What the shop is called in messages until it has said its own name.
    var name: SafeText { get }
    /// Scheme, host and port, and the folder of a shop that has one: what stored orders, follows and the token are kept under.
    var origin: String { get }

    /// How somebody signs in; nil where this kind of shop knows guests alone.
    var signIn: SignInAPI? { get }

    /// Who asks where nobody has an account: known from the beginning, with nothing opened at the shop. nil where a
    /// guest's account has to be opened.
    var guest: Account? { get }

    /// How many requests the server takes, as its makers say; nil where it says itself when it has enough.
    var pace: RequestPace? { get }

    /// Tells whether shows come from a server with a clock of its own.
    var hasLiveSource: Bool { get }

    /// Asks it for its name, and for what the one at `origin` can do.
    func about(_ io: ShopIO) async throws(ShopFailure) -> ShopInfo

    var shows: (any ShopShows)? { get }
    var chat: (any ShopChat)? { get }
    var hosts: (any ShopHosts)? { get }
    var catalogue: (any ShopCatalogue)? { get }
    var checkout: (any ShopCheckout)? { get }
    var accounts: (any ShopAccounts)? { get }
}

extension ShopProvider {
    package var signIn: SignInAPI? { nil }
    package var guest: Account? { nil }
    package var pace: RequestPace? { nil }
    package var hasLiveSource: Bool { false }

    package var shows: (any ShopShows)? { nil }
    package var chat: (any ShopChat)? { nil }
    package var hosts: (any ShopHosts)? { nil }
    package var catalogue: (any ShopCatalogue)? { nil }
    package var checkout: (any ShopCheckout)? { nil }
    package var accounts: (any ShopAccounts)? { nil }

    /// Capabilities of this kind of shop at best; `about` tells those of the one at `origin`.
    package var capabilities: ShopCapabilities {
        let ofParts = [
            shows?.showCapabilities, chat?.chatCapabilities, hosts?.hostCapabilities, checkout?.checkoutCapabilities,
            accounts?.accountCapabilities,
        ]
        return ofParts.reduce(into: []) { all, part in all.formUnion(part ?? []) }
    }

    /// Whose clock the reply from an address tells.
    package func clockOwner(at address: String) -> ClockOwner {
        hasLiveSource && !isOwn(address) ? .liveSource : .shop
    }

    /// Tells whether an address is one of the shop's own pages, with or without `www.`.
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

/// So many requests in any such stretch of time, and no more.
package struct RequestPace: Hashable, Sendable {
    package var requests: Int
    package var stretch: Duration

    package init(requests: Int, in stretch: Duration) {
        self.requests = requests
        self.stretch = stretch
    }
}
