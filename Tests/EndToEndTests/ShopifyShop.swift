import ShopifyStandIn

/// The stand-in shop at an address of its own.
final class ShopifyShop {
    let shop: StandInShopify
    private let server: LoopbackServer

    var origin: String { server.origin }

    init(_ rules: StandInShopify.Rules = StandInShopify.Rules()) throws {
        let shop = StandInShopify(rules)
        self.shop = shop
        // What nothing comes back to ends the line, as a reply that is lost does.
        server = try LoopbackServer { connection in connection.serve { shop.answer($0) } }
    }

    /// Somebody who has this shop as a channel, which `vitrine` has found out by itself.
    func shopper() throws -> Shopper {
        let shopper = try Shopper()
        let added = try shopper.run("channel", "add", origin)
        guard added.status == 0 else { throw NotAdded(complaint: added.complaint) }
        return shopper
    }

    struct NotAdded: Error { let complaint: String }
}
