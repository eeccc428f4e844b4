import Domain
import HTTPTransport
import Text

/// A Shopify shop, by its Storefront API without a token; where that is closed, by the list of products that its pages are
/// made from. It sells on its own page alone: what is handed to the shopper is a basket's address, and what became of it
/// the shop does not say.
package struct ShopifyProvider: ShopProvider {
    package let origin: String
    package let name: SafeText

    /// - Parameter name: what the shop is called until it says its own name; nil takes its address.
    package init(origin: ShopOrigin, name: SafeText? = nil) {
        self.origin = origin.description
        self.name = name ?? SafeText(origin.description.split(separator: "/").last ?? "")
    }

    package init(origin: String) throws(InvalidShopOrigin) { self.init(origin: try ShopOrigin(origin)) }

    /// Of what it could be told of the shopper only the country is: prices depend on it.
    package var capabilities: ShopCapabilities { [.orders, .guests, .contact] }

    package var guest: Account? { Account(id: "guest", name: "Guest", token: ContactDetails().token) }

    /// The shop is presented as a host of its own, so that its catalogue is that host's page.
    static let host = HostID("shop")

    package func steps(for query: ShopQuery, account: Account?, now: Timestamp) throws(ShopFailure) -> ShopStep {
        switch query {
        case .service:
            return askShop(now) { shop, response in
                .service(
                    ShopInfo(
                        name: shop, capabilities: capabilities, serverTime: response.time(orLocal: now)))
            }
        case .shows: return .answer(.shows([], nextCursor: nil))
        case .show, .head, .segment, .moments: throw .notFound
        case .hosts: return askShop(now) { shop, _ in .hosts([host(shop)], nextCursor: nil) }
        case .host(let id):
            guard id == Self.host else { throw .notFound }
            return askShop(now) { shop, _ in .host(host(shop)) }
        case .products(let search, let show, let cursor):
            guard show == nil else { throw .notFound }
            return try askProducts(search: search, cursor: cursor, now)
        case .productsOfHost(let id, let search, let cursor):
            guard id == Self.host else { throw .notFound }
            return try askProducts(search: search, cursor: cursor, now)
        case .product(let id): return try askProduct(id, now)
        case .productAt(let address): return try askProduct(at: address, now)
        case .reviews: return .answer(.reviews([], nextCursor: nil))
        case .openGuestAccount:
            guard let guest else { throw .notFound }
            return .answer(.guestAccount(guest))
        // The shop's own page has to be reached from somewhere; nothing else can be followed.
        case .follows:
            return noting(account) { askShop(now) { shop, _ in .follows([host(shop)]) } }
        case .follow, .unfollow: throw .notSent("this shop knows no followers")
        case .postMessage: throw .notSent("this shop has no chat")
        case .addresses:
            let details = account.flatMap { ContactDetails(token: $0.token) }
            return .answer(.addresses(details.flatMap { $0.isComplete ? [$0.address] : nil } ?? []))
        case .paymentMethods: return noting(account) { .answer(.paymentMethods([HandedOver.method])) }
        case .quote(let sku, let quantity, _, let deliveries):
            return try quote(sku, quantity, deliveries, account, now)
        case .placeOrder(let intent): return handOver(intent, now)
        case .traceOrder(let intent): return HandedOver.trace(intent)
        case .orders: return listOrders(now)
        case .order(let id): return showOrder(id, now)
        case .cancelOrder(let id): return emptyBasket(of: id, now)
        case .returnOrder: throw .notSent("this shop takes that by e-mail only")
        }
    }

    private func host(_ name: SafeText) -> Host { Host(id: Self.host, name: name) }
}
