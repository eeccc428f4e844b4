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

    /// Where a shop limits its Store API, that is 25 in 10 s unless somebody has changed it; some are left for purchases.
    package var pace: RequestPace? { RequestPace(requests: 20, in: .seconds(10)) }

    package var guest: Account? { ContactAccounts.guest }

    package func about(_ io: ShopIO) async throws(ShopFailure) -> ShopInfo {
        let (name, response) = try await askIndex(io)
        return ShopInfo(name: name, capabilities: capabilities, serverTime: response.time(orLocal: io.now))
    }

    package var hosts: (any ShopHosts)? { self }
    package var catalogue: (any ShopCatalogue)? { self }
    package var checkout: (any ShopCheckout)? { self }
    package var accounts: (any ShopAccounts)? { ContactAccounts() }
}

/// The shop is presented as a host of its own, so that its catalogue is that host's page.
extension WooCommerceProvider: ShopHosts {
    package static let host = HostID("shop")

    package var hostCapabilities: ShopCapabilities { [] }

    package func findHosts(
        search: String?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Host> { ListPage(try await follows(io)) }

    package func host(_ id: HostID, _ io: ShopIO) async throws(ShopFailure) -> Host {
        guard id == Self.host else { throw .notFound }
        return Host(id: Self.host, name: try await askIndex(io).name)
    }

    /// The shop's own page has to be reached from somewhere; nothing else can be followed.
    package func follows(_ io: ShopIO) async throws(ShopFailure) -> [Host] { [try await host(Self.host, io)] }

    package func follow(_ id: HostID, _ isFollowed: Bool, _ io: ShopIO) async throws(ShopFailure) {
        throw .notSent("this shop knows no followers")
    }
}
