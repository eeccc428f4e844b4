import AppCore
import Domain
import Text

extension Scene {
    static let orders: [Scene] = [
        Scene("orders") { .reading(Boutique.orders) },
        Scene("orders-at-two-channels") {
            var stage = Stage.twoChannels()
            stage.press(.ordersTab)
            for (channel, orders) in zip(stage.state.channels, [Boutique.orders.prefix(2), Boutique.orders.suffix(2)]) {
                let page = Array(orders).placed(in: channel)
                stage.act(
                    .answered(.orders(cursor: nil), of: channel, .success(.orders(page, nextCursor: nil))))
            }
            return stage
        },
        Scene("orders-none") { .reading([]) },
        Scene("orders-none-offline") {
            var stage = Stage.reading([])
            stage.loseNetwork(during: .orders(cursor: nil))
            return stage
        },
        Scene("orders-unpaid") {
            .reading([
                Boutique.order(
                    32, "Paper Moon floor lamp", Boutique.money(32_800), .unpaid,
                    checkoutURL: "https://shop.example/checkout/V-1032?token=6f0c6f3a11"),
                Boutique.orders[0],
            ])
        },
        Scene("orders-transfer") { .reading([Boutique.transfer(), Boutique.orders[0]]) },
        Scene("orders-not-paid") { .reading([Boutique.declined(), Boutique.orders[0]]) },
        Scene("orders-in-doubt") { .reading([Boutique.doubtful(), Boutique.orders[0]]) },
        Scene("orders-not-bought") {
            var intent = Boutique.intent
            intent.state = .refused("it never reached the shop")
            var stage = Stage.started(StoredState(orders: Boutique.orders, intents: [intent]))
            stage.answer(.shows(ShowFilter(), cursor: nil), .shows(Boutique.shows, nextCursor: nil))
            stage.press(.ordersTab)
            return stage
        },
        Scene("orders-unresolved") {
            var stage = Stage.started(StoredState(orders: Boutique.orders, intents: [Boutique.intent]))
            stage.answer(.shows(ShowFilter(), cursor: nil), .shows(Boutique.shows, nextCursor: nil))
            stage.press(.ordersTab)
            return stage
        },
        Scene("orders-not-sent-yet") {
            var stage = Stage.started(
                StoredState(orders: Boutique.orders, intents: [Boutique.intent.moved(to: .committed)]))
            stage.press(.ordersTab)
            return stage
        },
        Scene("orders-unresolved-without-keys") {
            var intent = Boutique.intent.moved(to: .unknown)
            intent.isKeyed = false
            var stage = Stage.started(StoredState(orders: Boutique.orders, intents: [intent]))
            stage.answer(.shows(ShowFilter(), cursor: nil), .shows(Boutique.shows, nextCursor: nil))
            stage.press(.ordersTab)
            return stage
        },
        Scene("orders-unresolved-cancelled") {
            var stage = Stage.started(StoredState(orders: Boutique.orders, intents: [Boutique.intent]))
            stage.answer(.shows(ShowFilter(), cursor: nil), .shows(Boutique.shows, nextCursor: nil))
            stage.press(.ordersTab)
            stage.press(.cancelOrder)
            stage.wait(BuyState.deliberation)
            stage.press(.cancelOrder)
            return stage
        },
        Scene("orders-unresolved-of-another-guest") {
            var intent = Boutique.intent
            intent.buyer = "guest-0"
            var stage = Stage.started(StoredState(orders: Boutique.orders, intents: [intent]))
            stage.answer(.shows(ShowFilter(), cursor: nil), .shows(Boutique.shows, nextCursor: nil))
            stage.press(.ordersTab)
            return stage
        },
    ]
}

extension Stage {
    static func reading(_ orders: [Order]) -> Stage {
        var stage = open(orders: orders)
        stage.press(.ordersTab)
        return stage
    }
}
