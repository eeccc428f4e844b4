import Domain
import ShopAccess
import Testing
import WooStandIn

/// After a checkout that the shop refused, its draft holds the last piece: against all but its own session.
@Suite struct WooDraftTests {
    private static let versions = [StandInShop.Rules(isOld: true), StandInShop.Rules(isOld: false)]
    private static let noState = "woocommerce_rest_invalid_address"

    private func shopper(_ rules: StandInShop.Rules) -> WooShopper {
        let shopper = WooShopper(rules)
        shopper.shop.change { _, goods in goods[0].stock = 1 }
        return shopper
    }

    /// The order is drafted, and then the shop says no.
    private func refuse(_ quote: Quote, _ shopper: WooShopper, key: String = "key-1") throws -> Refusal? {
        shopper.shop.arm(
            .refuseAfterDraft(400, #"{"code":"\#(Self.noState)","message":"State is required","data":{"status":400}}"#),
            at: "POST /checkout")
        return try shopper.refusal(.placeOrder(shopper.intent(quote, key: key)))
    }

    @Test(arguments: versions)
    func theLastPieceCanBeBoughtAfterARefusal(_ rules: StandInShop.Rules) throws {
        let shopper = shopper(rules)
        #expect(try refuse(try shopper.quote("31"), shopper)?.code == Refusal.addressNeeded)
        let again = try shopper.quote("31")
        guard case .order(let order) = try shopper.ask(.placeOrder(shopper.intent(again, key: "key-2"))).get()
        else { return }
        #expect(order.total == again.total)
        #expect(shopper.shop.orders.count == 1 && shopper.shop.stock(of: 31) == 0)
    }

    /// One session after the other asks, and each finds the one that holds it.
    @Test(arguments: versions)
    func eachFurtherQuoteFindsIt(_ rules: StandInShop.Rules) throws {
        let shopper = shopper(rules)
        _ = try refuse(try shopper.quote("31"), shopper)
        for count in 1...3 { #expect(try shopper.quote("31").total.amount == 2300, "\(count)") }
        _ = try refuse(try shopper.quote("31"), shopper, key: "key-2")
        _ = try shopper.refusal(.quote("42", quantity: 1, show: nil))
        #expect(try shopper.quote("31", by: ["0": "flat_rate:1"]).total.amount == 2300)
    }

    /// The line is down in the middle of the next quote: the one after that finds the basket all the same.
    @Test(arguments: ["GET /cart", "POST /cart/add-item", "POST /cart/update-customer"])
    func aLineThatIsDownLosesNothing(_ request: String) throws {
        let shopper = shopper(StandInShop.Rules(isOld: true))
        _ = try refuse(try shopper.quote("31"), shopper)
        shopper.shop.arm(.loseReply, at: request)
        guard case .failure(.unreachable) = try shopper.ask(.quote("31", quantity: 1, show: nil)) else {
            Issue.record("the line was not down")
            return
        }
        #expect(try shopper.quote("31").total.amount == 2300)
    }

    /// An order that is not paid holds it, too, and has a page where it can be.
    @Test func anUnpaidOrderHoldsItAndThatIsSaid() throws {
        var rules = StandInShop.Rules(isOld: true)
        rules.refusing = StandInShop.PaymentRefusal("Card refused.")
        let shopper = shopper(rules)
        _ = try shopper.ask(.placeOrder(shopper.intent(try shopper.quote("31"))))
        #expect(shopper.shop.orders.map(\.status) == ["pending"])
        let refusal = try #require(try shopper.refusal(.quote("31", quantity: 1, show: nil)))
        #expect(refusal.message.string.contains("Your own order, which is not paid yet, may hold it"))
    }

    @Test func anOlderTotalBuysNothingInTheBasketOfANewerOne() throws {
        let shopper = shopper(StandInShop.Rules(isOld: true))
        _ = try refuse(try shopper.quote("31"), shopper)
        let older = try shopper.quote("31")
        let newer = try shopper.quote("32", 2)
        #expect(try shopper.refusal(.placeOrder(shopper.intent(older, key: "key-2")))?.code == "quote_expired")
        guard case .order(let order) = try shopper.ask(.placeOrder(shopper.intent(newer, key: "key-3"))).get()
        else { return }
        #expect(order.lines.map(\.sku) == ["32"] && shopper.shop.orders.count == 1)
    }

    @Test func aBasketIsUsedAgainAfterARefusalAlone() throws {
        let shopper = shopper(StandInShop.Rules(isOld: true))
        let first = try shopper.quote("31")
        _ = try shopper.quote("31")
        guard case .order = try shopper.ask(.placeOrder(shopper.intent(first))).get() else {
            Issue.record("the first total bought nothing")
            return
        }
    }

    /// Of an order that may have been made the basket is left alone, and it is said how long that may last.
    @Test func whatMayBeBoughtHoldsItAndThatIsSaid() throws {
        let shopper = shopper(StandInShop.Rules(isOld: true))
        let intent = shopper.intent(try shopper.quote("31"))
        shopper.shop.arm(.loseRequest, at: "POST /checkout")
        _ = try shopper.ask(.placeOrder(intent))
        shopper.wait(.seconds(600))
        let refusal = try #require(try shopper.refusal(.quote("31", quantity: 1, show: nil)))
        #expect(refusal.message.string.hasSuffix("Your own earlier try to buy it may hold it, for 50 minutes at most."))
        #expect(try shopper.refusal(.quote("42", quantity: 1, show: nil))?.message.string.contains("earlier") == false)
        shopper.shop.endDrafts()
        #expect(try shopper.quote("31").total.amount == 2300)
    }
}
