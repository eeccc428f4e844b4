import ShopifyStandIn

/// The stand-in shop at an address of its own.
package final class ShopifyShop {
    package let shop: StandInShopify
    private let server: LoopbackServer

    package var origin: String { server.origin }

    package init(_ rules: StandInShopify.Rules = StandInShopify.Rules()) throws {
        let shop = StandInShopify(rules)
        self.shop = shop
        // What nothing comes back to ends the line, as a reply that is lost does.
        server = try LoopbackServer { connection in connection.serve { shop.answer($0) } }
    }

    /// Gives somebody this shop as a channel, which `vitrine` finds out by itself.
    package func add<User: ProgramUser>(to user: User) throws -> User {
        let added = try user.run("channel", "add", origin)
        guard added.status == 0 else { throw TestFailure(description: added.complaint) }
        return user
    }
}
