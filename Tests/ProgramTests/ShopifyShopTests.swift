import Foundation
import ProgramTesting
import ShopifyStandIn
import TestThreads
import Testing

/// The real program at a Shopify shop, from its address to the shop's own page and what is known of it afterwards.
@Suite(.ownThread, .timeLimit(.minutes(5))) struct ShopifyShopTests {
    @Test func isFoundOutAndLookedAroundIn() throws {
        let place = try ShopifyShop()
        let shopper = try Shopper()
        let added = try shopper.run("channel", "add", place.origin)
        #expect(added.output.hasPrefix("Paper Moon & Co  a Shopify shop at \(place.origin)\n"), "\(added)")
        #expect(added.output.contains("browsing, buying; no shows"))
        let config = try String(contentsOfFile: shopper.home.path + "/config/vitrine/config.toml", encoding: .utf8)
        #expect(config.contains("shop = { kind = \"shopify\", url = \"\(place.origin)\" }"))
        let all = try shopper.run("products")
        #expect(all.output.contains("9001  CHF 145.00"), "\(all)")
        #expect(all.output.contains("9002  CHF 320.00  Sand, L  sold out"), "\(all)")
        let found = try shopper.run("products", "--find", "teapot", "--json")
        #expect(found.output.contains("Last teapot") && !found.output.contains("Brass hook"), "\(found)")
        let tried = try shopper.run("channel", "test")
        #expect(tried.status == 0 && tried.output.contains("products: "), "\(tried)")
        #expect(place.shop.cartNames.isEmpty)
    }

    @Test func aShopWithoutTheAPIIsOneToo() throws {
        var rules = StandInShopify.Rules()
        rules.standing = .withoutAPI
        let place = try ShopifyShop(rules)
        let shopper = try place.shopper()
        #expect(try shopper.run("products", "--find", "hook").output.contains("9010  CHF 7.99"))
        // Which way it is read was remembered with the first of them.
        _ = try shopper.run("products", "--find", "hook")
        #expect(place.shop.log.filter { !$0.hasPrefix("GET ") }.count == 2)
        let bought = try shopper.run("buy", "9010", "--quantity", "2", "--max-total", "20", "--yes")
        #expect(bought.output.contains("to be bought at \(place.origin)/cart/9010:2"), "\(bought)")
    }

    @Test func aClosedShopSaysThatItIs() throws {
        var rules = StandInShopify.Rules()
        rules.standing = .password
        let place = try ShopifyShop(rules)
        let added = try Shopper().run("channel", "add", place.origin)
        #expect(added.status == 1 && added.complaint.contains("password"), "\(added)")
    }

    @Test func isBoughtFromUpToItsPageByCommands() throws {
        let place = try ShopifyShop()
        let shopper = try place.shopper()
        let soldOut = try shopper.run("buy", "9002", "--max-total", "400", "--yes")
        #expect(soldOut.status == 1 && soldOut.complaint.contains("none of it"), "\(soldOut)")
        let asked = try shopper.run("buy", "9001", "--max-total", "200")
        #expect(asked.complaint.contains("it would cost CHF 145.00"), "\(asked)")
        let ready = try shopper.run("buy", "9001", "--quantity", "2", "--max-total", "290", "--yes", "--json")
        #expect(ready.status == 0, "\(ready)")
        let order = try #require(
            try JSONSerialization.jsonObject(with: Data(ready.output.utf8)) as? [String: Any])
        #expect(order["status"] as? String == "unpaid")
        #expect((order["payment"] as? [String: Any])?["kind"] as? String == "handover")
        #expect((order["checkoutUrl"] as? String)?.hasPrefix("http://127.0.0.1/cart/c/") == true)
        let id = try #require(order["id"] as? String)
        let listed = try shopper.run("orders")
        #expect(listed.output.contains("unpaid") && listed.output.contains("to be bought at"), "\(listed)")
        // Somebody pays in a browser. The shop does not say so; it has no basket any more.
        place.shop.checkOutAll()
        let after = try shopper.run("pay", id)
        #expect(after.status == 1 && after.complaint.contains("the shop does not say which"), "\(after)")
        #expect(try shopper.run("orders").output.contains("bought or expired"))
        #expect(try shopper.run("order", id).output.contains("bought or expired"))
    }

    @Test func aProductInAFormsPlaceListsItsForms() throws {
        let place = try ShopifyShop()
        let shopper = try place.shopper()
        let lamp = try shopper.run("buy", "7001", "--max-total", "200", "--yes")
        #expect(
            lamp.status == 2 && lamp.complaint == "vitrine: not bought: Paper Moon lamp comes in 3 forms", "\(lamp)")
        #expect(lamp.output.contains("  9002  Colour Sand, Size L  CHF 320.00  sold out\n"), "\(lamp)")
        let hook = try shopper.run("buy", "7002")
        #expect(hook.complaint == "vitrine: not bought: Brass hook is bought by the SKU of its form", "\(hook)")
        #expect(hook.output == "  9010  CHF 7.99\nTo buy it: vitrine buy 9010 --max-total AMOUNT\n", "\(hook)")
        let shown = try shopper.run("product", "paper-moon-lamp")
        #expect(shown.output.contains("  Paper Moon lamp  –  Studio Lopez\n│ Washi & brass.\n  9001  "), "\(shown)")
    }

    /// What it may have cost counts.
    @Test func theBudgetHoldsThereToo() throws {
        let place = try ShopifyShop()
        let shopper = try place.shopper()
        let path = shopper.home.path + "/config/vitrine/config.toml"
        let config = try String(contentsOfFile: path, encoding: .utf8)
        try ("[budget]\nper_day = { CHF = \"200.00\" }\n\n" + config).write(
            toFile: path, atomically: true, encoding: .utf8)
        #expect(try shopper.run("buy", "9001", "--max-total", "200", "--yes").status == 0)
        let beyond = try shopper.run("buy", "9003", "--max-total", "200", "--yes")
        #expect(beyond.status == 1 && beyond.complaint.contains("budget"), "\(beyond)")
        let id = try #require(try shopper.run("orders").output.split(separator: " ").first).description
        let cancelled = try shopper.run("order", id, "--cancel", "--yes")
        #expect(cancelled.status == 0, "\(cancelled)")
        #expect(place.shop.inCarts == 1, "what was only asked about is still in a basket")
        #expect(try shopper.run("buy", "9003", "--max-total", "200", "--yes").status == 0)
    }

    @Test func whatOpensTheBasketIsInNoRecording() throws {
        let place = try ShopifyShop()
        let shopper = try place.shopper()
        let file = shopper.home.path + "/recording"
        let bought = try shopper.run("buy", "9001", "--max-total", "200", "--yes", "--record", file)
        #expect(bought.status == 0, "\(bought)")
        let recording = try String(contentsOfFile: file, encoding: .utf8)
        #expect(recording.contains("cartCreate"))
        let name = try #require(place.shop.cartNames.first)
        let secrets = name.dropFirst("gid://shopify/Cart/".count).split(separator: "?key=").map(String.init)
        let log = try? String(contentsOfFile: shopper.home.path + "/state/vitrine/vitrine.log", encoding: .utf8)
        for secret in secrets { #expect(!recording.contains(secret) && log?.contains(secret) != true, "\(secret)") }
    }

    @Test func isBoughtFromInTheDialogue() throws {
        let place = try ShopifyShop()
        let shopper = try place.shopper()
        let talk = try Talk(shopper, "--plain")
        talk.type("products\n")
        try talk.wait(for: "Paper Moon lamp (Sand, S), CHF 145.00, 9001")
        talk.type("buy 9001 2\n")
        try talk.wait(for: "Shipping and taxes: on the shop's page")
        try talk.wait(for: "For the shop's page, type ‘buy for 290.00’.")
        #expect(talk.output.contains("So far: CHF 290.00"))
        talk.type("buy for 290.00\n")
        try talk.wait(for: "Ready on the shop's page.")
        try talk.wait(for: "to be bought at http://127.0.0.1/cart/c/")
    }

    /// The shopper's own way: from the list of hosts to the shop's page.
    @Test func isBoughtFromByKeys() throws {
        let place = try ShopifyShop()
        let shopper = try place.shopper()
        let script = try shopper.write(
            """
            key 3
            wait text "Paper Moon & Co" 60s
            key enter
            wait text "Brass hook" 60s
            key G
            wait 100ms
            key enter
            wait text "CHF" 60s
            key b
            wait text "on the shop's page" 60s
            wait text "page  ←→ change" 60s
            key enter
            wait text "Nothing is bought yet" 60s
            wait text "/cart/c/" 60s
            """, to: "script")
        let played = try shopper.run("--script", script)
        #expect(played.status == 0, "\(played)")
        #expect(place.shop.inCarts >= 1)
    }
}
