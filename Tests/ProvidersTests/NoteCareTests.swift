import Domain
import HTTPTransport
import Testing

@testable import Providers

/// What is taken out of a shop's notes, and when.
@Suite struct NoteCareTests {
    private let now = Timestamp(seconds: 1_800_000_000)
    private let memory = ShopMemory.passing()

    private func order(_ status: OrderStatus, days: Int64) throws -> Order {
        let total = try #require(Money(amount: 2500, exponent: 2, currency: "CHF"))
        return Order(
            id: "17", key: "k", status: status, lines: [], total: total, placedAt: now - .seconds(days * 86_400),
            checkoutURL: "https://shop.example/pay?key=wc_order_secret", canCancel: false,
            address: Address(id: "a", label: "Seefeldstr. 1, Zürich", country: "CH"))
    }

    private func purchase(_ state: WooPurchase.State, _ status: OrderStatus = .awaitingShipment, days: Int64 = 1) throws
        -> WooPurchase
    {
        var session = WooSession()
        session.take(["Cart-Token": "cart-secret", "Nonce": "nonce-secret"])
        return WooPurchase(
            state: state, session: session, email: "ana@example.com", number: 17, orderKey: "wc_order_secret",
            order: try order(status, days: days), canAsk: true, askedAt: now)
    }

    private func clean(_ purchase: WooPurchase, forgotten: Bool = false) throws -> (WooPurchase, String) {
        try memory.keep(purchase.name, try ShopNote.text(purchase))
        try memory.clean(now: now, isForgotten: forgotten)
        let text = try #require(try memory.recall(purchase.name))
        return (try #require(ShopNote.value(WooPurchase.self, text)), text)
    }

    @Test func aPlacedOrderKeepsWhatItIsAskedForBy() throws {
        let (after, text) = try clean(try purchase(.placed))
        #expect(after.email == "ana@example.com" && after.orderKey == "wc_order_secret" && after.canAsk)
        // The basket has become the order.
        #expect(!text.contains("cart-secret") && !text.contains("nonce-secret"))
    }

    @Test func anOrderOfLongAgoKeepsNothingOfItsBuyer() throws {
        let (after, text) = try clean(try purchase(.placed, .completed, days: 101))
        for secret in ["ana@example.com", "secret", "Seefeldstr"] { #expect(!text.contains(secret), "\(secret)") }
        #expect(after.order.total.amount == 2500 && after.number == 17 && !after.canAsk)
    }

    @Test(arguments: [WooPurchase.State.sent, .clearing], [true, false])
    func aPurchaseThatMayHaveBeenBoughtKeepsEverything(_ state: WooPurchase.State, _ isForgotten: Bool) throws {
        let before = try purchase(state, days: 200)
        #expect(try clean(before, forgotten: isForgotten).0 == before)
    }

    @Test(arguments: [WooPurchase.State.placed, .cleared], [OrderStatus.unpaid, .awaitingShipment, .completed])
    func forgettingTheAddressTakesItOutOfOrders(_ state: WooPurchase.State, _ status: OrderStatus) throws {
        let (after, text) = try clean(try purchase(state, status), forgotten: true)
        for secret in ["ana@example.com", "secret", "Seefeldstr"] { #expect(!text.contains(secret), "\(secret)") }
        #expect(after.order.id == "17" && after.order.status == status)
    }

    @Test func basketsGoWhenTheyHaveRunOutOrAreForgotten() throws {
        func keep(_ name: String, ends: Timestamp) throws {
            let basket = WooBasket(
                session: WooSession(), sku: "S", quantity: 1, contact: "x", expiresAt: ends, [:], selected: [:],
                heldUntil: nil)
            try memory.keep("basket/" + name, try ShopNote.text(basket))
        }
        try keep("old", ends: now - .seconds(90_000))
        try keep("new", ends: now + .seconds(60))
        let note = ShopifyNote(
            basket: "gid-secret", sku: "S", quantity: 1, country: "CH", expiresAt: now - .seconds(90_000))
        try memory.keep("basket/shopify", try ShopNote.text(note))
        try memory.keep("other", "left alone")
        try memory.keep("purchase/newer", "{\"of\":\"a later version\"}")
        try memory.clean(now: now)
        #expect(try memory.recallAll("").keys.sorted() == ["basket/new", "other", "purchase/newer"])
        try memory.clean(now: now, isForgotten: true)
        #expect(try memory.recallAll("").keys.sorted() == ["other", "purchase/newer"])
    }

    @Test(arguments: [(OrderStatus.gone, false), (.cancelled, false), (.unpaid, true)])
    func aHandOverThatIsOverOpensNothing(_ status: OrderStatus, _ isForgotten: Bool) throws {
        var handed = try #require(ShopNote.value(HandedOver.self, try handOver(status)))
        try memory.keep(handed.name, try ShopNote.text(handed))
        try memory.clean(now: now, isForgotten: isForgotten)
        let text = try #require(try memory.recall(handed.name))
        for secret in ["gid-secret", "wc_order_secret", "Seefeldstr"] { #expect(!text.contains(secret), "\(secret)") }
        handed = try #require(ShopNote.value(HandedOver.self, text))
        #expect(!handed.isOpen)
    }

    @Test func aHandOverThatIsOpenStays() throws {
        let text = try handOver(.unpaid)
        try memory.keep("handover/k", text)
        try memory.clean(now: now)
        #expect(try memory.recall("handover/k") == text)
    }

    private struct Stored: Encodable {
        var basket: String?
        var order: Order
        var askedAt: Timestamp
    }

    private func handOver(_ status: OrderStatus) throws -> String {
        try ShopNote.text(Stored(basket: "gid-secret", order: try order(status, days: 1), askedAt: now))
    }
}
