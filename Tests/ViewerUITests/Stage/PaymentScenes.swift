import AppCore
import Domain
import Text

extension Scene {
    /// The shop's page that takes a payment, and what becomes of it.
    static let payments: [Scene] = [
        Scene("payment-waiting") { .paying() },
        Scene("payment-from-orders") {
            var stage = Stage.reading([Boutique.unpaid(), Boutique.orders[0]])
            stage.press(.pay)
            return stage
        },
        Scene("payment-link-copied") {
            var stage = Stage.paying()
            stage.act(.linkCopied(SafeText(Boutique.checkout)))
            return stage
        },
        Scene("payment-offline") {
            var stage = Stage.paying()
            stage.loseNetwork(during: .shows(ShowFilter(), cursor: nil))
            return stage
        },
        Scene("payment-paid") {
            var stage = Stage.paying()
            var order = Boutique.unpaid()
            order.status = .awaitingShipment
            stage.answer(.order(order.id), .order(order))
            return stage
        },
        Scene("payment-time-over") {
            var stage = Stage.paying()
            stage.wait(.seconds(1800))
            return stage
        },
        Scene("payment-expired") {
            var stage = Stage.paying()
            stage.wait(.seconds(1800))
            var order = Boutique.unpaid()
            order.status = .cancelled
            stage.answer(.order(order.id), .order(order))
            return stage
        },
        // A code of 57 modules, which 80 × 24 has no room for.
        Scene("payment-long-address") {
            .paying(at: Boutique.checkout + String(repeating: "&state=0123456789", count: 12))
        },
        Scene("payment-told-elsewhere") {
            var stage = Stage.paying()
            stage.press(.back, .back)
            var order = Boutique.unpaid()
            order.status = .awaitingShipment
            stage.answer(.order(order.id), .order(order))
            return stage
        },
    ]
}

extension Boutique {
    static let checkout = "https://pay.shop.example/checkout/9f1c4a7e02b85d36e1f0a97c44d2b8630f5e12ab?v=2"

    static func unpaid(at address: String = checkout) -> Order {
        var order = order(32, "Paper Moon table lamp", money(12_400), .unpaid, checkoutURL: address)
        order.checkoutExpiresAt = now + .seconds(1800)
        return order
    }
}

extension Stage {
    /// The lamp has just been ordered, to be paid on the shop's page.
    static func paying(at address: String = Boutique.checkout) -> Stage {
        var stage = Stage.buying()
        let intent = stage.confirmed
        var order = Boutique.unpaid(at: address)
        order.key = intent.key
        stage.answer(.placeOrder(intent), .order(order))
        return stage
    }
}
