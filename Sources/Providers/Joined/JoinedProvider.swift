import Domain
import HTTPTransport
import Text

/// A live source and a shop as one channel: the shows and the chat are the one's, what is sold the other's. What whoever
/// presents links to is on air where it is an address of the shop.
package struct JoinedProvider: ShopProvider {
    private let live: any ShopProvider
    private let shop: any ShopProvider

    package init(live: any ShopProvider, shop: any ShopProvider) {
        self.live = live
        self.shop = shop
    }

    package var name: SafeText { live.name }
    /// Orders, and who buys, belong to the shop.
    package var origin: String { shop.origin }
    package var capabilities: ShopCapabilities { Self.join(live.capabilities, shop.capabilities) }
    package var guest: Account? { shop.guest }
    package var pace: RequestPace? { shop.pace }
    package var signIn: SignInAPI? { shop.signIn }
    package var hasLiveSource: Bool { true }

    package func steps(for query: ShopQuery, account: Account?, now: Timestamp) throws(ShopFailure) -> ShopStep {
        switch query {
        case .service: return try askBoth(now)
        case .show: return try askShow(query, now)
        case .head(let id):
            return .attempt(try live.steps(for: query, account: nil, now: now)) { (result) throws(ShopFailure) in
                guard case .head(let head) = try result.get(), head.show == id else { throw Self.aboutOther }
                return .answer(.head(withLinksOfShop(head)))
            }
        // The live source never learns who buys.
        case .shows, .segment, .moments, .hosts, .host, .follows, .follow, .unfollow, .postMessage:
            return try live.steps(for: query, account: nil, now: now)
        case .products(let search, _, let cursor):
            return try shop.steps(
                for: .products(search: search, show: nil, cursor: cursor), account: account, now: now)
        // The host's page is the way to the shop's whole catalogue.
        case .productsOfHost(_, let search, let cursor):
            return try shop.steps(
                for: .products(search: search, show: nil, cursor: cursor), account: account, now: now)
        case .quote(let sku, let quantity, _, let deliveries):
            let asked = ShopQuery.quote(sku, quantity: quantity, show: nil, deliveries: deliveries)
            return try shop.steps(for: asked, account: account, now: now)
        case .product, .productAt, .reviews, .openGuestAccount, .paymentMethods, .addresses, .placeOrder, .orders,
            .traceOrder, .order, .cancelOrder, .returnOrder:
            return try shop.steps(for: query, account: account, now: now)
        }
    }

    private static let aboutOther = ShopFailure.notUnderstood("the reply is about something else")

    /// What is sold is the shop's to say; what can be watched, the live source's.
    package static func join(_ live: ShopCapabilities, _ shop: ShopCapabilities) -> ShopCapabilities {
        let toWatch: ShopCapabilities = [.shows, .chat, .chatToRead, .follows, .replay]
        return shop.subtracting(toWatch).union(live.intersection(toWatch))
    }

    /// One of the two may be away.
    private func askBoth(_ now: Timestamp) throws(ShopFailure) -> ShopStep {
        .attempt(try live.steps(for: .service, account: nil, now: now)) { (atLive) throws(ShopFailure) in
            .attempt(try shop.steps(for: .service, account: nil, now: now)) { (atShop) throws(ShopFailure) in
                switch (atLive.info, atShop.info) {
                case (let watched?, let sold):
                    var info = watched
                    info.capabilities = Self.join(watched.capabilities, sold?.capabilities ?? shop.capabilities)
                    // Quotes hold by the shop's clock alone.
                    info.serverTime = sold?.serverTime
                    return .answer(.service(info))
                case (nil, var sold?):
                    sold.capabilities = Self.join(live.capabilities, sold.capabilities)
                    return .answer(.service(sold))
                case (nil, nil):
                    _ = try atLive.get()
                    throw Self.aboutOther
                }
            }
        }
    }

    /// The shop's first page is the line-up, so that something can be bought before anything was shown.
    private func askShow(_ query: ShopQuery, _ now: Timestamp) throws(ShopFailure) -> ShopStep {
        .attempt(try live.steps(for: query, account: nil, now: now)) { (result) throws(ShopFailure) in
            guard case .show(let detail) = try result.get() else { throw Self.aboutOther }
            let catalogue = ShopQuery.products(search: nil, show: nil, cursor: nil)
            return .attempt(try shop.steps(for: catalogue, account: nil, now: now)) { goods in
                guard case .success(.products(let products, _)) = goods else { return .answer(.show(detail)) }
                return .answer(.show(ShowDetail(show: detail.show, lineUp: products, isCatalogue: true)))
            }
        }
    }

    private func withLinksOfShop(_ head: ShowHead) -> ShowHead {
        var head = head
        head.open.events.removeAll {
            if case .link(let address, _) = $0.kind { !shop.isOwn(address) } else { false }
        }
        return head
    }
}

extension Result<ShopAnswer, ShopFailure> {
    fileprivate var info: ShopInfo? {
        if case .success(.service(let info)) = self { info } else { nil }
    }
}
