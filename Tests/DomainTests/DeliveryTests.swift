import Domain
import Testing

@Suite struct DeliveryTests {
    private func francs(_ amount: Int64) throws -> Money {
        try #require(Money(amount: amount, exponent: 2, currency: "CHF"))
    }

    private func deliveries() throws -> [Delivery] {
        [
            Delivery(id: "priority", label: "Priority", price: try francs(950)),
            Delivery(id: "desk", label: "At the desk", price: try francs(0), isPickup: true),
            Delivery(id: "economy", label: "Economy", price: try francs(700)),
            Delivery(id: "slow", label: "Slow", price: try francs(700)),
            Delivery(id: "courier", label: "Courier"),
        ]
    }

    @Test func theCheapestThatShipsIsProposed() throws {
        let all = try deliveries()
        #expect(all.proposed()?.id == "economy")
        #expect(all.proposed(insteadOf: "slow")?.id == "slow")
        #expect(all.proposed(insteadOf: "desk")?.id == "economy")
        #expect([all[4], all[0]].proposed()?.id == "priority")
        #expect([all[4]].proposed()?.id == "courier")
        #expect([all[1]].proposed(insteadOf: "desk") == nil)
    }

    @Test func isNamedByIdNameOrNumber() throws {
        let shipments = [
            Shipment(id: "a", label: "From CH", deliveries: try deliveries(), chosen: "economy"),
            Shipment(
                id: "b", label: "From JP",
                deliveries: [
                    Delivery(id: "1", label: "Sea"), Delivery(id: "economy", label: "Economy", price: try francs(500)),
                ], chosen: "economy"),
        ]
        #expect(shipments.numbered.map(\.number) == Array(1...7))
        #expect(shipments.numbered.filter(\.isChosen).map(\.number) == [3, 7])
        #expect(shipments.choice(named: ["priority"]).choice == ["a": "priority"])
        #expect(shipments.choice(named: ["PRIORITY", "sea"]).choice == ["a": "priority", "b": "1"])
        #expect(shipments.choice(named: ["economy"]).choice == ["a": "economy", "b": "economy"])
        #expect(shipments.choice(named: ["2"]).choice == ["a": "desk"])
        // An id is meant before a number.
        #expect(shipments.choice(named: ["1"]).choice == ["b": "1"])
        #expect(shipments.choice(named: ["priority", "8"]).unknown == "8")
        #expect([Shipment]().choice(named: ["1"]).unknown == "1")
    }

    @Test func idsAreOfTheirChannel() throws {
        let shipment = Shipment(id: "a", label: "", deliveries: try deliveries(), chosen: "economy")
            .placed(in: Channel(3))
        #expect(shipment.id.channel == Channel(3) && shipment.chosen?.channel == Channel(3))
        #expect(shipment.deliveries.allSatisfy { $0.id.channel == Channel(3) })
        let asked = ShopQuery.quote("x", quantity: 1, show: nil, deliveries: ["a": "b"]).placed(in: Channel(3))
        guard case .quote(_, _, _, let deliveries) = asked else { return }
        #expect(deliveries == [ShipmentID("a", of: Channel(3)): DeliveryID("b", of: Channel(3))])
        #expect(deliveries != ["a": "b"])
    }

    private func quote(_ total: Int64, _ shipments: [Shipment] = []) throws -> Quote {
        Quote(
            id: "q", lines: [QuoteLine(sku: "x", title: "X", quantity: 3, unitPrice: try francs(333))],
            subtotal: try francs(1000), shipping: Charge(label: "Post", amount: try francs(700)),
            tax: Charge(label: "VAT", amount: try francs(120)), taxIncluded: true,
            duties: Charge(label: "Duties", amount: try francs(0)), total: try francs(total),
            expiresAt: Timestamp(seconds: 9), shipments: shipments)
    }

    @Test func whatTheTotalHasBeyondItsPartsIsKnown() throws {
        #expect(try quote(1700).unexplained == (try francs(1)))
        #expect(try quote(1699).unexplained == nil)
        #expect(try quote(1695).unexplained == (try francs(-4)))
    }

    @Test func figuresAreTheSameWhateverElseIsOffered() throws {
        let all = try deliveries()
        func shipments(_ chosen: DeliveryID, _ count: Int = 5) -> [Shipment] {
            [Shipment(id: "a", label: "", deliveries: Array(all.prefix(count)), chosen: chosen)]
        }
        let first = try quote(1700, shipments("economy"))
        #expect(first.hasSameFigures(as: try quote(1700, shipments("economy", 3))))
        #expect(!first.hasSameFigures(as: try quote(1700, shipments("slow"))))
        #expect(!first.hasSameFigures(as: try quote(1600, shipments("economy"))))
    }
}
