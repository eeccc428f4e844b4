import AppCore
import Domain
import Text

extension Scene {
    static let buying: [Scene] = [
        Scene("buy") { .buying() },
        Scene("buy-within-budget") { .budgeted(.month, 40_000) },
        Scene("buy-beyond-budget") { .budgeted(.order, 10_000) },
        Scene("buy-at-one-of-two-channels") {
            var stage = Stage.twoChannels()
            let product = Boutique.tableLamp.placed(in: Channel(1))
            stage.set { state in
                state.buy = product.variants.first.map {
                    BuyState(product: product, variant: $0, show: nil, now: state.now)
                }
            }
            return stage
        },
        Scene("buy-in-steps") {
            var stage = Stage.asked
            stage.set { state in
                guard let pane = state.buy, let index = pane.product.variants.firstIndex(where: { $0.sku == pane.sku })
                else { return }
                state.buy?.product.variants[index].quantities = QuantityRule(step: 6)
            }
            stage.press(.down, .down, .right)
            var quote = Boutique.quote(quantity: 6, total: 84_900)
            quote.subtotal = Boutique.money(87_000)
            stage.answer(.quote(Boutique.sku, quantity: 6, show: "lamps"), .quote(quote))
            stage.wait(BuyState.deliberation)
            return stage
        },
        Scene("buy-deliveries") {
            var stage = Stage.buying(Boutique.delivered)
            stage.press(.down, .down, .down)
            return stage
        },
        Scene("buy-two-parcels-with-rounding") {
            var quote = Boutique.delivered
            quote.shipments.append(
                Shipment(id: "JP", label: "From JP", deliveries: quote.shipments[0].deliveries, chosen: "express"))
            quote.total = Boutique.money(12_405)
            return .buying(quote)
        },
        Scene("buy-only-to-fetch") {
            var stage = Stage.asked
            stage.fail(
                .quote(Boutique.sku, quantity: 1, show: "lamps"),
                .refused(
                    Refusal(
                        code: Refusal.deliveryNeeded,
                        message: "The shop does not send this to your address. You can fetch it there: choose where.",
                        shipments: [
                            Shipment(
                                id: "0", label: "Shipment",
                                deliveries: [
                                    Delivery(
                                        id: "desk", label: "At the shop in Bern", price: Boutique.money(0),
                                        isPickup: true)
                                ])
                        ])))
            return stage
        },
        Scene("buy-asking") {
            var stage = Stage.watching()
            stage.press(.buy)
            return stage
        },
        Scene("buy-just-shown") {
            var stage = Stage.asked
            stage.answer(.quote(Boutique.sku, quantity: 1, show: "lamps"), .quote(Boutique.quote()))
            return stage
        },
        Scene("buy-total-changed") { .totalChanged },
        Scene("buy-everything-changed") {
            var stage = Stage.buying()
            var quote = Boutique.quote("q2", unit: 15_500, total: 17_950)
            quote.discounts = []
            quote.shipping.amount = Boutique.money(1200)
            quote.tax.amount = Boutique.money(1229)
            quote.duties.amount = Boutique.money(1250)
            stage.act(.resumed)
            stage.answer(.quote(Boutique.sku, quantity: 1, show: "lamps"), .quote(quote))
            stage.wait(BuyState.deliberation)
            return stage
        },
        Scene("buy-perhaps-bought-already") {
            var stage = Stage.buying()
            stage.act(.intentRecorded(Boutique.intent.moved(to: .sent)))
            stage.press(.confirm)
            stage.wait(BuyState.deliberation)
            return stage
        },
        Scene("buy-dearer-refused") {
            var stage = Stage.buying()
            let intent = stage.confirmed
            stage.fail(
                .placeOrder(intent),
                .refused(
                    Refusal(
                        code: "price_changed", message: "The price went up while you were deciding.",
                        quote: Boutique.quote("q2", unit: 15_500, total: 13_400))))
            stage.wait(BuyState.deliberation)
            return stage
        },
        Scene("buy-sold-out") {
            var stage = Stage.asked
            stage.fail(
                .quote(Boutique.sku, quantity: 1, show: "lamps"),
                .refused(Refusal(code: "sold_out", message: "Sold out.", stock: 0)))
            return stage
        },
        Scene("buy-quote-failed") {
            var stage = Stage.asked
            stage.fail(.quote(Boutique.sku, quantity: 1, show: "lamps"), .down)
            return stage
        },
        Scene("buy-address-needed") { .addressNeeded },
        Scene("buy-address-form") {
            var stage = Stage.addressNeeded
            stage.fillForm(["Ana", "Lopez", "", "1 Main Street"])
            return stage
        },
        Scene("buy-address-wrong") {
            var stage = Stage.addressNeeded
            stage.fillForm(["Ana", "Lopez", "", "1 Main Street", "", "Oakland", "CA", "94607", "Switzerland"])
            return stage
        },
        Scene("buy-under-way") {
            var stage = Stage.buying()
            _ = stage.confirmed
            return stage
        },
        Scene("buy-declined") {
            var stage = Stage.buying()
            let intent = stage.confirmed
            stage.fail(
                .placeOrder(intent),
                .refused(Refusal(code: "payment_declined", message: "The card was declined by your bank.")))
            stage.answer(.quote(Boutique.sku, quantity: 1, show: "lamps"), .quote(Boutique.quote("q3")))
            stage.wait(BuyState.deliberation)
            return stage
        },
        Scene("buy-placed") {
            var stage = Stage.buying()
            let intent = stage.confirmed
            var order = Boutique.orders[0]
            order.key = intent.key
            order.lines[0].sku = intent.sku
            stage.answer(.placeOrder(intent), .order(order))
            return stage
        },
        Scene("buy-placed-unpaid") {
            var stage = Stage.buying()
            let intent = stage.confirmed
            var order = Boutique.order(
                32, "Paper Moon table lamp", Boutique.money(12_400), .unpaid,
                checkoutURL: "https://shop.example/checkout/V-1032?token=6f0c6f3a11-9d1b-4f0e-6a52-4b0c1f8e2f6f")
            order.key = intent.key
            order.lines[0].sku = intent.sku
            stage.answer(.placeOrder(intent), .order(order))
            stage.press(.back)
            return stage
        },
        Scene("buy-placed-not-paid") {
            var stage = Stage.buying()
            let intent = stage.confirmed
            var order = Boutique.declined()
            order.key = intent.key
            stage.answer(.placeOrder(intent), .order(order))
            return stage
        },
        Scene("buy-unknown") {
            var stage = Stage.buying()
            let intent = stage.confirmed
            stage.fail(.placeOrder(intent), .unreachable("the reply was lost", mayHaveArrived: true))
            return stage
        },
        Scene("buy-long-names") {
            var evening = Broadcast.evening
            evening.onAir = ["wordy"]
            let product = Boutique.wordyProduct
            var stage = Stage.watching(
                evening, detail: ShowDetail(show: Boutique.lamps, lineUp: [product] + Boutique.lineUp))
            stage.press(.buy)
            let sku = product.variants[0].sku
            stage.answer(
                .quote(sku, quantity: 1, show: "lamps"),
                .quote(Boutique.quote(of: sku, unit: 1_234_567_890, total: 1_234_566_000)))
            stage.answer(.paymentMethods, .paymentMethods([Boutique.page, Boutique.visa]))
            stage.press(.down, .down, .down)
            stage.wait(BuyState.deliberation)
            return stage
        },
    ]
}

extension Stage {
    /// The pane is open on the lamp, and everything but the total is there.
    static var asked: Stage {
        var stage = watching()
        stage.press(.buy)
        stage.answer(.paymentMethods, .paymentMethods([Boutique.visa, Boutique.page]))
        return stage
    }

    /// Enter would buy.
    static func buying(_ quote: Quote = Boutique.quote()) -> Stage {
        var stage = asked
        stage.answer(.quote(Boutique.sku, quantity: 1, show: "lamps"), .quote(quote))
        stage.wait(BuyState.deliberation)
        return stage
    }

    /// The price rose while the pane was open, and the new total could be confirmed.
    static var totalChanged: Stage {
        var stage = buying()
        stage.act(.resumed)
        stage.answer(
            .quote(Boutique.sku, quantity: 1, show: "lamps"),
            .quote(Boutique.quote("q2", unit: 15_500, total: 13_400)))
        stage.wait(BuyState.deliberation)
        return stage
    }

    /// At a shop that knows nobody, and wants to know where it is sent to.
    static var addressNeeded: Stage {
        var stage = asked
        stage.answer(
            .service,
            .service(ShopInfo(name: "Lamps", capabilities: [.orders, .contact], serverTime: stage.state.now)))
        stage.fail(
            .quote(Boutique.sku, quantity: 1, show: "lamps"),
            .refused(Refusal(code: Refusal.addressNeeded, message: "The shop needs your address first.")))
        return stage
    }

    /// Writes the first lines of the form.
    mutating func fillForm(_ lines: [String]) {
        press(.address)
        act(.contactRead(ContactDetails()))
        for line in lines {
            if !line.isEmpty { act(.typed(line)) }
            press(.confirm)
        }
    }

    /// Presses Enter, and writes the intent down; what was asked for is in the state.
    var confirmed: OrderIntent {
        mutating get {
            press(.confirm)
            var intent = Boutique.intent
            intent.key = state.buy?.stage.key ?? ""
            act(.intentRecorded(intent.moved(to: .committed)))
            intent.state = .sent
            act(.intentRecorded(intent))
            return intent
        }
    }
}

extension Stage {
    /// The pane over a show, by a user who has set themselves a limit in francs, in hundredths.
    fileprivate static func budgeted(_ period: Budget.Period, _ amount: Int64) -> Stage {
        var stage = Stage.buying()
        var budget = Budget()
        if let limit = Money(amount: amount, exponent: 2, currency: "CHF") { budget.limit(period, to: limit) }
        stage.act(
            .settingsRead(
                themes: ["terminal"], theme: "terminal", reduceMotion: false, mutes: [], budget: budget, problem: nil))
        return stage
    }
}
