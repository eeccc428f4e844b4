import WooStandIn

/// The stand-in shop at an address of its own.
final class WooShop {
    let shop: StandInShop
    let origin: String
    private var server: LoopbackServer?

    init(_ rules: StandInShop.Rules) throws {
        let shop = StandInShop(rules)
        self.shop = shop
        // What nothing comes back to ends the line, as a reply that is lost does.
        let server = try LoopbackServer { connection in connection.serve { shop.answer($0) } }
        self.server = server
        origin = server.origin
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
