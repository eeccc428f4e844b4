import AppCore
import Domain
import Testing
import Text

/// The delivery in the buy pane: shown, chosen, asked about anew.
@Suite struct DeliveryPaneTests {
    private static let sku: SKU = "LAMP-SAND-S"
    private static let standard = Delivery(id: "standard", label: "Standard", price: Sample.francs(700))
    private static let express = Delivery(id: "express", label: "Express", price: Sample.francs(1400))
    private static let desk = Delivery(id: "desk", label: "At the desk", price: Sample.francs(0), isPickup: true)

    private static func shipment(_ id: ShipmentID, _ chosen: DeliveryID?, _ all: [Delivery]) -> Shipment {
        Shipment(id: id, label: SafeText("From " + id.rawValue), deliveries: all, chosen: chosen)
    }

    private static func query(_ deliveries: DeliveryChoice = [:]) -> ShopQuery {
        .quote(sku, quantity: 1, show: "lamps", deliveries: deliveries)
    }

    private static func quote(_ id: QuoteID, _ shipments: [Shipment], total: Int64 = 15_200) -> Quote {
        var quote = Sample.quote(id, total: total)
        quote.shipments = shipments
        return quote
    }

    private func opened(_ shipments: [Shipment]) -> Rehearsal {
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: Sample.now - .seconds(60))
        let viewer = Rehearsal.watching(chronicle)
        viewer.press(.buy)
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card]))
        viewer.answer(Self.query(), .quote(Self.quote("q1", shipments)))
        viewer.wait(BuyState.deliberation)
        return viewer
    }

    private var one: [Shipment] { [Self.shipment("a", "standard", [Self.standard, Self.express, Self.desk])] }

    @Test func anotherDeliveryAsksForANewTotal() throws {
        let viewer = opened(one)
        #expect(viewer.state.buy?.fields == [.option(0), .option(1), .quantity, .delivery(0)])
        viewer.press(.down, .down, .down)
        #expect(viewer.state.buy?.field == .delivery(0))
        #expect(viewer.press(.right) == [.flushInput, .ask(Self.query(["a": "express"]))])
        #expect(viewer.state.buy?.quote == .loading)
        // What comes of the question before says nothing of this one.
        viewer.answer(Self.query(), .quote(Self.quote("late", one)))
        #expect(viewer.state.buy?.quote == .loading)
        let chosen = [Self.shipment("a", "express", one[0].deliveries)]
        viewer.answer(Self.query(["a": "express"]), .quote(Self.quote("q2", chosen, total: 15_900)))
        // It was asked for, so it is no change to point out.
        #expect(viewer.state.buy?.before == nil)
        viewer.wait(BuyState.deliberation)
        guard case .record(let intent, _)? = viewer.press(.confirm).first else {
            Issue.record("nothing is bought")
            return
        }
        #expect(intent.quote == "q2" && intent.maximumTotal == Sample.francs(15_900))
    }

    @Test func itStaysChosenWhenTheTotalIsAskedForAgain() throws {
        let viewer = opened(one)
        viewer.press(.down, .down, .down, .right)
        let chosen = [Self.shipment("a", "express", one[0].deliveries)]
        viewer.answer(Self.query(["a": "express"]), .quote(Self.quote("q2", chosen, total: 15_900)))
        viewer.press(.up)
        #expect(
            viewer.press(.right).questions == [
                .quote(Self.sku, quantity: 2, show: "lamps", deliveries: ["a": "express"])
            ])
    }

    @Test func theFirstAndTheLastAreTheEnds() {
        let viewer = opened(one)
        viewer.press(.down, .down, .down)
        #expect(viewer.press(.left).isEmpty)
        viewer.press(.right, .right)
        #expect(viewer.state.buy?.deliveries == ["a": "desk"])
        #expect(viewer.press(.right).isEmpty)
    }

    @Test func eachShipmentHasItsOwn() {
        let viewer = opened([
            Self.shipment("a", "standard", [Self.standard]),
            Self.shipment("b", "standard", [Self.standard, Self.express]),
            Self.shipment("c", "standard", [Self.standard, Self.express]),
        ])
        #expect(viewer.state.buy?.fields.suffix(2) == [.delivery(1), .delivery(2)])
        viewer.press(.down, .down, .down, .down)
        #expect(viewer.press(.right).questions == [Self.query(["c": "express"])])
    }

    /// Where everything has to be fetched, nothing is chosen until the shopper does.
    @Test func oneThatIsNeededIsAskedFor() throws {
        let viewer = opened(one)
        viewer.press(.down, .down, .right)
        let refusal = Refusal(
            code: Refusal.deliveryNeeded, message: "You can fetch it: choose where.",
            shipments: [Self.shipment("a", nil, [Self.desk])])
        viewer.fail(.quote(Self.sku, quantity: 2, show: "lamps"), .refused(refusal))
        let pane = try #require(viewer.state.buy)
        #expect(pane.remedy == .delivery && pane.field == .delivery(0))
        #expect(pane.quote == .failed("You can fetch it: choose where."))
        #expect(
            viewer.press(.right).questions == [
                .quote(Self.sku, quantity: 2, show: "lamps", deliveries: ["a": "desk"])
            ])
        #expect(viewer.state.buy?.remedy == nil)
    }

    @Test func aChoiceThatIsNoneHasNoField() {
        let viewer = opened([Self.shipment("a", "standard", [Self.standard])])
        #expect(viewer.state.buy?.fields == [.option(0), .option(1), .quantity])
    }

    @Test func theFocusLeavesAFieldThatIsGone() {
        let viewer = opened(one)
        viewer.press(.down, .down, .down, .right)
        viewer.answer(Self.query(["a": "express"]), .quote(Self.quote("q2", [], total: 14_500)))
        #expect(viewer.state.buy?.field == .quantity)
    }

    /// Of several options the least changes that has to.
    @Test func aThirdOptionIsChosenLikeTheOthers() throws {
        let viewer = opened([])
        func variant(_ sku: SKU, _ options: [SafeText]) -> Variant {
            Variant(sku: sku, options: options, price: Sample.francs(100), stock: 3)
        }
        viewer.state.buy?.product.optionNames = ["Colour", "Size", "Cut"]
        viewer.state.buy?.product.variants = [
            variant(Self.sku, ["red", "S", "slim"]), variant("2", ["red", "S", "wide"]),
            variant("3", ["blue", "L", "slim"]), variant("4", ["blue", "S", "wide"]),
        ]
        #expect(viewer.state.buy?.fields == [.option(0), .option(1), .option(2), .quantity])
        viewer.press(.down, .down, .right)
        #expect(viewer.state.buy?.sku == "2")
        viewer.press(.up, .up, .right)
        #expect(viewer.state.buy?.sku == "4")
        viewer.press(.down, .right)
        #expect(viewer.state.buy?.sku == "3")
    }
}
