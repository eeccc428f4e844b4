import WooStandIn

/// The stand-in shop at an address of its own.
final class WooShop {
    let shop: StandInShop
    /// The server's, with the folder that the shop is in.
    let origin: String
    private var server: LoopbackServer?

    convenience init(_ rules: StandInShop.Rules) throws { try self.init([StandInShop(rules)], of: rules) }

    /// Several shops on one server, each in a folder of its own; this one is the first.
    init(_ shops: [StandInShop], of rules: StandInShop.Rules) throws {
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
    func stop() { server = nil }

    /// Somebody who has this shop as a channel, and has told it where they live.
    func shopper() throws -> Shopper {
        let shopper = try Shopper()
        _ = try shopper.write(
            """
            [[channel]]
            name = "Stand-in"
            shop = { kind = "woocommerce", url = "\(origin)" }

            """, to: "config/vitrine/config.toml")
        return shopper
    }
}

extension Shopper {
    /// As `vitrine address` is told.
    func tellAddress() throws -> Outcome {
        try run(
            "address", "--first-name", "Ana", "--last-name", "Lopez", "--street", "1 Main Street", "--city", "Oakland",
            "--state", "CA", "--postcode", "94607", "--country", "us", "--email", "ana@example.org")
    }
}
