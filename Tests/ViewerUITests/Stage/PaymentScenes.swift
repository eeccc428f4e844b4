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
        Scene("payment-transfer") {
            var stage = Stage.reading([Boutique.transfer(), Boutique.orders[0]])
            stage.press(.pay)
            return stage
        },
        // A code of 57 modules, which 80 × 24 has no room for.
        Scene("payment-long-address") {
            .paying(at: Boutique.checkout + String(repeating: "&state=0123456789", count: 12))
        },
        // At a shop that sells on its own page alone, and does not say what came of it.
        Scene("handover-asking") { .handingOver },
        Scene("handover-ready") { .handedOver },
        Scene("handover-pane") {
            var stage = Stage.handedOver
            stage.press(.back)
            return stage
        },
        Scene("handover-in-orders") {
            var stage = Stage.handedOver
            stage.press(.ordersTab)
            return stage
        },
        Scene("handover-gone") {
            var stage = Stage.handedOver
            var order = Boutique.handedOver(key: "")
            order.status = .gone
            stage.answer(.order(order.id), .order(order))
            return stage
        },
        Scene("handover-let-go") {
            var stage = Stage.handedOver
            var order = Boutique.handedOver(key: "")
            order.status = .cancelled
            stage.answer(.order(order.id), .order(order))
            return stage
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
        order.lines[0].sku = sku
        return order
    }

    /// The shop waits for the money, and says on its page where to send it.
    static func transfer() -> Order {
        var order = order(
            32, "Paper Moon table lamp", money(12_400), .onHold,
            checkoutURL: "https://shop.example/checkout/order-received/1032/?key=wc_order_6f0c6f3a11")
        order.lines[0].sku = sku
        order.payment = PaymentMethod(id: "bacs", kind: .transfer, label: "Bank transfer")
        return order
    }

    /// The shop has made the order, and not got the money.
    static func declined() -> Order {
        var order = order(
            32, "Paper Moon table lamp", money(12_400), .unpaid,
            checkoutURL: "https://shop.example/checkout/order-pay/1032/?pay_for_order=true&key=wc_order_6f0c6f3a11")
        order.lines[0].sku = sku
        order.declined = "Cash on delivery is not possible for this address."
        return order
    }

    /// Nobody can tell what it took, and a part of it has been paid back.
    static func doubtful() -> Order {
        var order = order(32, "Paper Moon table lamp", money(12_400), .completed)
        order.lines[0].sku = sku
        order.isTotalInDoubt = true
        order.refunded = money(2_000)
        return order
    }
}

extension Boutique {
    static let shopsPage = PaymentMethod(id: "checkout", kind: .handover, label: "On the shop's own page")

    static var goodsOnly: Quote {
        Quote(
            id: "q1", lines: [QuoteLine(sku: sku, title: "Lamp", quantity: 1, unitPrice: money(14_500))],
            subtotal: money(14_500), discounts: [Charge(label: "Discount", amount: money(-1_450))],
            shipping: Charge(label: "Shipping", amount: money(0)), tax: Charge(label: "Taxes", amount: money(0)),
            taxIncluded: false, duties: Charge(label: "Duties", amount: money(0)), total: money(13_050),
            expiresAt: now + .seconds(300), isGoodsOnly: true)
    }

    static func handedOver(key: String) -> Order {
        var order = order(33, "Paper Moon table lamp", money(13_050), .unpaid, checkoutURL: checkout)
        order.id = "cart-1x2y3z"
        order.key = key
        order.payment = shopsPage
        order.canCancel = true
        return order
    }
}

extension Stage {
    /// Enter would show the shop's page.
    static var handingOver: Stage {
        var stage = watching()
        stage.press(.buy)
        stage.answer(.paymentMethods, .paymentMethods([Boutique.shopsPage]))
        stage.answer(.quote(Boutique.sku, quantity: 1, show: "lamps"), .quote(Boutique.goodsOnly))
        stage.wait(BuyState.deliberation)
        return stage
    }

    static var handedOver: Stage {
        var stage = handingOver
        let intent = stage.confirmed
        stage.answer(.placeOrder(intent), .order(Boutique.handedOver(key: intent.key)))
        return stage
    }

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
