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

    package var guest: Account? { ContactAccounts.guest }

    package func about(_ io: ShopIO) async throws(ShopFailure) -> ShopInfo {
        let (name, response) = try await askShop(io)
        return ShopInfo(name: name, capabilities: capabilities, serverTime: response.time(orLocal: io.now))
    }

    package var hosts: (any ShopHosts)? { self }
    package var catalogue: (any ShopCatalogue)? { self }
    package var checkout: (any ShopCheckout)? { self }
    /// Of what it could be told of the shopper only the country is: prices depend on it.
    package var accounts: (any ShopAccounts)? { ContactAccounts() }
}

/// The shop is presented as a host of its own, so that its catalogue is that host's page.
extension ShopifyProvider: ShopHosts {
    package static let host = HostID("shop")

    package var hostCapabilities: ShopCapabilities { [] }

    package func findHosts(
        search: String?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Host> { ListPage([try await host(Self.host, io)]) }

    package func host(_ id: HostID, _ io: ShopIO) async throws(ShopFailure) -> Host {
        guard id == Self.host else { throw .notFound }
        return Host(id: Self.host, name: try await askShop(io).name)
    }

    /// The shop's own page has to be reached from somewhere; nothing else can be followed.
    package func follows(_ io: ShopIO) async throws(ShopFailure) -> [Host] {
        try await noteCountry(io)
        return [try await host(Self.host, io)]
    }

    package func follow(_ id: HostID, _ isFollowed: Bool, _ io: ShopIO) async throws(ShopFailure) {
        throw .notSent("this shop knows no followers")
    }
}
