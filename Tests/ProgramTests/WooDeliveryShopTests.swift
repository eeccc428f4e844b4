import ProgramTesting
import TestThreads
import Testing
import WooStandIn

/// The choice of a delivery with the real program, at a WooCommerce shop of both versions.
@Suite(.ownThread, .timeLimit(.minutes(5))) struct WooDeliveryShopTests {
    static let versions = [true, false]

    private func place(isOld: Bool) throws -> (WooShop, Shopper) {
        var rules = StandInShop.Rules(isOld: isOld)
        rules.moreRates = [
            StandInRate("flat_rate:2", "Post Priority", price: 950, time: "1–2 days"),
            StandInRate("local_pickup:3", "At the shop", price: 0), StandInRate("flat_rate:4", "Economy", price: 300),
        ]
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        return (place, shopper)
    }

    @Test(.serialized, arguments: versions)
    func isChosenByTheCommand(isOld: Bool) throws {
        let (place, shopper) = try place(isOld: isOld)
        let asked = try shopper.run("buy", "31")
        #expect(asked.output.contains("Shipping, Economy: USD 3.00\n"), "\(asked)")
        #expect(
            asked.output.contains(
                "Deliveries: 1. Flat rate, 5.00; 2. Post Priority, 1–2 days, 9.50; 3. At the shop, to fetch, free; "
                    + "4. Economy, 3.00 (chosen).\n"), "\(asked)")
        let wrong = try shopper.run("buy", "31", "--shipping", "drone")
        #expect(wrong.status == 2 && wrong.complaint.contains("no delivery “drone”; there are: 1. Flat"), "\(wrong)")
        let dear = try shopper.run("buy", "31", "--shipping", "flat_rate:2", "--max-total", "27.00", "--yes")
        #expect(dear.status == 1 && dear.complaint.contains("the total is USD 27.50"), "\(dear)")
        let bought = try shopper.run("buy", "31", "--shipping", "post priority", "--max-total", "27.50", "--yes")
        #expect(bought.status == 0 && place.shop.orders.map(\.total) == [2750], "\(bought)")
        let json = try shopper.run("buy", "32", "--shipping", "3", "--json")
        #expect(json.output.contains("\"chosen\"") && json.output.contains("local_pickup:3"), "\(json)")
    }

    @Test(.serialized, arguments: versions)
    func isChosenInTheDialogue(isOld: Bool) throws {
        let (place, shopper) = try place(isOld: isOld)
        let input = "buy 31\nno\nbuy 31 1 by 2 with cod\nbuy for 27.50\n"
        let said = try shopper.run(["--plain"], input: input)
        #expect(said.output.contains("Another one: ‘buy 31 1 by’ and its number."), "\(said)")
        #expect(
            said.output.contains("Shipping, Post Priority: USD 9.50") && said.output.contains("Order placed."),
            "\(said)")
        #expect(place.shop.orders.map(\.total) == [2750])
    }

    @Test func whatHasToBeFetchedIsAskedAbout() throws {
        var rules = StandInShop.Rules()
        (rules.hasPickup, rules.hasFlatRate) = (true, false)
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        let refused = try shopper.run("buy", "31", "--max-total", "99", "--yes")
        #expect(
            refused.status == 1
                && refused.complaint.contains("Add --shipping; there are: 1. Local pickup, to fetch, free"),
            "\(refused)")
        let said = try shopper.run(["--plain"], input: "buy 31\nbuy 31 1 by 1\nno\n")
        #expect(said.output.contains("Choose with ‘buy 31 1 by’ and its number."), "\(said)")
        #expect(said.output.contains("Shipping, Local pickup: none") && said.output.contains("Not bought"), "\(said)")
        let bought = try shopper.run("buy", "31", "--shipping", "1", "--max-total", "18", "--yes")
        #expect(bought.status == 0 && place.shop.orders.map(\.total) == [1800], "\(bought)")
    }

    /// The keys that a shopper presses: down to the delivery, one further, and Enter.
    @Test func isChosenByKeys() throws {
        let (place, shopper) = try place(isOld: false)
        let script = try shopper.write(
            """
            \(WooShop.stepsToAProduct)
            key b
            wait text "Economy, 3.00" 60s
            key down
            wait text "‹ Economy, 3.00 ›" 60s
            key left
            wait text "‹ At the shop, to fetch, free ›" 60s
            key left
            wait text "‹ Post Priority, 1–2 days, 9.50 ›" 60s
            wait text "buy for" 60s
            wait 500ms
            key enter
            wait text "It waits for USD" 60s
            """, to: "script")
        let played = try shopper.run("--script", script)
        #expect(played.status == 0, "\(played)")
        let total = place.shop.orders.first?.total ?? 0
        #expect(place.shop.orders.count == 1 && total % 100 == 50, "\(place.shop.orders)")
    }

    @Test func whatIsSoldElsewhereHasItsLink() throws {
        var mug = StandInGoods(70, "Enamel mug", price: 1500, kind: .external)
        mug.otherShop = "https://elsewhere.example/mug"
        let place = try WooShop(StandInShop.Rules())
        place.shop.change { _, goods in
            goods.append(mug)
            goods[0].stock = 0
            goods[0].takesBackorders = true
        }
        let shopper = try place.shopper()
        let page = try shopper.run("product", "70")
        #expect(page.output.contains("Another shop sells it.") && page.output.contains("USD 15.00"), "\(page)")
        #expect(page.output.contains("https://elsewhere.example/mug"), "\(page)")
        _ = try shopper.tellAddress()
        let refused = try shopper.run("buy", "70")
        #expect(refused.status == 1, "\(refused)")
        #expect(
            refused.complaint.contains(
                "not bought: Enamel mug: Another shop sells it. https://elsewhere.example/mug"), "\(refused)")
        let listed = try shopper.run("products", "--find", "mug").output
        #expect(listed.contains("70  Enamel mug  USD 15.00\n  Another shop sells it. https://elsewhere.example/mug"))
        #expect(try shopper.run("products", "--find", "scarf").output.contains("on backorder, comes later"))
        let said = try shopper.run(["--plain"], input: "products mug\n").output
        #expect(said.contains("Enamel mug, USD 15.00. Another shop sells it. https://elsewhere.example/mug"), "\(said)")
    }
}
