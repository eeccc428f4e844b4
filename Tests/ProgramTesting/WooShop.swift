import WooStandIn

/// The stand-in shop at an address of its own.
package final class WooShop {
    package let shop: StandInShop
    /// The server's, with the folder that the shop is in.
    package let origin: String
    private var server: LoopbackServer?

    package convenience init(_ rules: StandInShop.Rules) throws { try self.init([StandInShop(rules)], of: rules) }

    /// Several shops on one server, each in a folder of its own; this one is the first.
    package init(_ shops: [StandInShop], of rules: StandInShop.Rules) throws {
        shop = shops[0]
        // What nothing comes back to ends the line, as a reply that is lost does.
        let server = try LoopbackServer { connection in
            connection.serve { request in (shops.first { $0.isHome(of: request) } ?? shops[0]).answer(request) }
        }
        self.server = server
        origin = server.origin + rules.folder
        for shop in shops { shop.change { rules, _ in rules.address = server.origin } }
    }

    /// Lets nobody in any more.
    package func stop() { server = nil }

    /// Gives somebody this shop as a channel.
    package func add<User: ProgramUser>(to user: User) throws -> User {
        _ = try user.write(
            """
            [[channel]]
            name = "Stand-in"
            shop = { kind = "woocommerce", url = "\(origin)" }

            """, to: "config/vitrine/config.toml")
        return user
    }
}
