import Domain
import ShopAccess
import Testing
import WooStandIn

/// Deliveries at a WooCommerce shop: offered, proposed, chosen, paid for.
@Suite struct WooDeliveryTests {
    private static let rates = [
        StandInRate("flat_rate:2", "Priority &amp; insured", price: 950, time: "1–2 days"),
        StandInRate("local_pickup:3", "Local pickup", price: 0),
        StandInRate("flat_rate:4", "Economy", price: 300),
    ]

    private func rules(isOld: Bool, _ rates: [StandInRate] = rates) -> StandInShop.Rules {
        var rules = StandInShop.Rules(isOld: isOld)
        rules.moreRates = rates
        return rules
    }

    private func dollars(_ amount: Int64) throws -> Money {
        try #require(Money(amount: amount, exponent: 2, currency: "USD"))
    }

    @Test(arguments: [true, false])
    func proposesTheCheapestThatShips(isOld: Bool) throws {
        let shopper = WooShopper(rules(isOld: isOld))
        let quote = try shopper.quote("31")
        #expect(quote.shipping == Charge(label: "Economy", amount: try dollars(300)))
        #expect(quote.total == (try dollars(2100)))
        #expect(
            quote.shipments == [
                Shipment(
                    id: "0", label: isOld ? "Shipment 1" : "Shipment",
                    deliveries: [
                        Delivery(id: "flat_rate:1", label: "Flat rate", price: try dollars(500)),
                        Delivery(
                            id: "flat_rate:2", label: "Priority & insured", price: try dollars(950), time: "1–2 days"),
                        Delivery(
                            id: "local_pickup:3", label: "Local pickup", price: try dollars(0), isPickup: true),
                        Delivery(id: "flat_rate:4", label: "Economy", price: try dollars(300)),
                    ], chosen: "flat_rate:4")
            ])
    }

    @Test(arguments: [true, false])
    func buysTheOneThatWasAskedFor(isOld: Bool) throws {
        for (choice, total) in [("flat_rate:2", 2750), ("local_pickup:3", 1800)] {
            let shopper = WooShopper(rules(isOld: isOld))
            let quote = try shopper.quote("31", by: ["0": DeliveryID(choice)])
            #expect(quote.shipments.first?.chosen?.rawValue == choice)
            guard case .order(let order) = try shopper.ask(.placeOrder(shopper.intent(quote))).get() else { return }
            #expect(order.total.amount == Int64(total) && order.bill?.shipping == quote.shipping)
            #expect(shopper.shop.orders.map(\.total) == [total])
        }
    }

    @Test func asksForNothingMoreWhereTheShopsOwnIsTheCheapest() throws {
        let shopper = WooShopper(rules(isOld: false, [StandInRate("flat_rate:2", "Express", price: 950)]))
        #expect(try shopper.quote("31").shipping.label == "Flat rate")
        #expect(!shopper.shop.log.contains("POST /cart/select-shipping-rate"))
    }

    @Test func aDeliveryThatIsGoneGivesWayToTheCheapest() throws {
        let quote = try WooShopper(rules(isOld: false)).quote("31", by: ["0": "flat_rate:9", "7": "flat_rate:2"])
        #expect(quote.shipments.first?.chosen == "flat_rate:4")
    }

    @Test(arguments: [true, false])
    func eachParcelGoesItsOwnWay(isOld: Bool) throws {
        var rules = rules(isOld: isOld)
        rules.parcels = 2
        let shopper = WooShopper(rules)
        let quote = try shopper.quote("31", by: ["1": "flat_rate:2"])
        #expect(quote.shipments.map(\.chosen) == ["flat_rate:4", "flat_rate:2"])
        #expect(quote.shipping == Charge(label: "Economy + Priority & insured", amount: try dollars(1250)))
        guard case .order(let order) = try shopper.ask(.placeOrder(shopper.intent(quote))).get() else { return }
        #expect(order.total == quote.total && shopper.shop.orders.map(\.total) == [3050])
    }

    @Test(arguments: [true, false])
    func fetchingIsNeverProposed(isOld: Bool) throws {
        var rules = StandInShop.Rules(isOld: isOld)
        (rules.hasPickup, rules.hasFlatRate) = (true, false)
        let shopper = WooShopper(rules)
        let refusal = try #require(try shopper.refusal(.quote("31", quantity: 1, show: nil)))
        #expect(refusal.code == Refusal.deliveryNeeded)
        #expect(refusal.shipments.map(\.chosen) == [nil])
        #expect(refusal.shipments.first?.deliveries.map(\.isPickup) == [true])
        let quote = try shopper.quote("31", by: ["0": "local_pickup:2"])
        #expect(quote.total == (try dollars(1800)))
        guard case .order(let order) = try shopper.ask(.placeOrder(shopper.intent(quote))).get() else { return }
        #expect(order.total == quote.total)
    }

    /// Nothing is bought by another way than the one that was shown, not even for less.
    @Test(arguments: [true, false])
    func anotherWayThanTheOneShownIsOffered(isOld: Bool) throws {
        let shopper = WooShopper(rules(isOld: isOld))
        let quote = try shopper.quote("31", by: ["0": "flat_rate:2"])
        shopper.shop.change { rules, _ in rules.moreRates.removeFirst() }
        let refusal = try #require(try shopper.refusal(.placeOrder(shopper.intent(quote))))
        let offered = try #require(refusal.quote)
        let total = try dollars(2300)
        #expect(offered.shipments.first?.chosen == "flat_rate:1" && offered.total == total)
        #expect(shopper.shop.orders.isEmpty)
        guard case .order(let order) = try shopper.ask(.placeOrder(shopper.intent(offered, key: "key-2"))).get()
        else { return }
        #expect(order.total == offered.total)
    }

    @Test func pricesHaveTheirTaxWhereTheTotalHasIt() throws {
        var rules = rules(isOld: false)
        rules.tax = 10
        #expect(try WooShopper(rules).quote("31").shipments.first?.chosenDelivery?.price == (try dollars(300)))
    }
}
