import Domain
import HTTPTransport
import Text

/// A WooCommerce shop, by its Store API (`wc/store/v1`), which needs no key and knows guests alone. Its basket
/// is the quote; there are no idempotency keys, and no list of orders but the one that is kept here.
package struct WooCommerceProvider: ShopProvider {
    let site: WooSite
    /// The site's address: there may be others on the same server.
    package let origin: String
    package let name: SafeText

    /// - Parameter name: what the shop is called until it says its own name; nil takes its address.
    package init(site: WooSite, name: SafeText? = nil) {
        self.site = site
        origin = site.home
        self.name = name ?? SafeText(site.home.split(separator: "/").dropFirst().joined(separator: "/"))
    }

    package init(origin: String) throws(InvalidShopOrigin) { self.init(site: try WooSite(home: origin)) }

    package var capabilities: ShopCapabilities { [.orders, .guests, .contact, .reopensOrders] }

    /// Where a shop limits its Store API, that is 25 in 10 s unless somebody has changed it; some are left for purchases.
    package var pace: RequestPace? { RequestPace(requests: 20, in: .seconds(10)) }

    /// Whoever buys is known by what he says of himself.
    package var guest: Account? { Account(id: "guest", name: "Guest", token: ContactDetails().token) }

    package func steps(for query: ShopQuery, account: Account?, now: Timestamp) throws(ShopFailure) -> ShopStep {
        try way(to: query, account, now).renewingNonce()
    }

    private func way(to query: ShopQuery, _ account: Account?, _ now: Timestamp) throws(ShopFailure) -> ShopStep {
        switch query {
        case .service:
            return askIndex { name, response in
                .service(ShopInfo(name: name, capabilities: capabilities, serverTime: response.time(orLocal: now)))
            }
        case .shows: return .answer(.shows([], nextCursor: nil))
        case .show, .head, .segment, .moments: throw .notFound
        case .hosts: return askIndex { name, _ in .hosts([shopHost(name)], nextCursor: nil) }
        case .host(let id):
            guard id == Self.host else { throw .notFound }
            return askIndex { name, _ in .host(shopHost(name)) }
        case .products(let search, let show, let cursor):
            guard show == nil else { throw .notFound }
            return try askProducts(search: search, cursor: cursor)
        case .productsOfHost(let id, let search, let cursor):
            guard id == Self.host else { throw .notFound }
            return try askProducts(search: search, cursor: cursor)
        case .product(let id): return try askProduct(id)
        case .productAt(let address): return try askProduct(at: address)
        case .reviews(let id, let cursor): return try askReviews(of: id, cursor: cursor)
        case .openGuestAccount:
            guard let guest else { throw .notFound }
            return .answer(.guestAccount(guest))
        // The shop's own page has to be reached from somewhere; nothing else can be followed.
        case .follows: return askIndex { name, _ in .follows([shopHost(name)]) }
        case .follow, .unfollow: throw .notSent("this shop knows no followers")
        case .postMessage: throw .notSent("this shop has no chat")
        case .addresses:
            let details = account.flatMap { ContactDetails(token: $0.token) }
            return .answer(.addresses(details.flatMap { $0.isComplete ? [$0.address] : nil } ?? []))
        case .paymentMethods: return askPaymentMethods()
        case .quote(let sku, let quantity, _, let deliveries):
            return try quote(sku, quantity, deliveries, account, now)
        case .placeOrder(let intent): return try place(intent, account, now)
        case .traceOrder(let intent): return trace(intent, now)
        case .orders: return listOrders(now)
        case .order(let id): return showOrder(id, now)
        case .cancelOrder(let id): return letGo(id, now)
        case .returnOrder: throw .notSent("this shop takes that by e-mail only")
        }
    }
}
