import AppCore
import Domain
import Text

extension Scene {
    /// An order's own page, in every status that it can have.
    static let orderPages: [Scene] =
        OrderStatus.allCases.map { status in
            Scene("order-" + status.rawValue.replacing("_", with: "-")) { .looking(at: .told(status)) }
        } + [
            Scene("order-return-asked") { .looking(at: .told(.delivered, returning: [.requested, .accepted])) },
            Scene("order-returning") {
                var stage = Stage.looking(at: .told(.delivered))
                stage.press(.returnOrder, .down, .down)
                return stage
            },
            Scene("order-returning-confirm") {
                var stage = Stage.looking(at: .told(.delivered))
                stage.press(.returnOrder)
                stage.wait(.milliseconds(400))
                stage.press(.confirm)
                return stage
            },
            Scene("order-bought-again") {
                var stage = Stage.looking(at: .told(.completed))
                stage.press(.buy)
                stage.answer(.product("table"), .product(Boutique.tableLamp))
                stage.answer(.paymentMethods, .paymentMethods([Boutique.visa]))
                stage.answer(
                    .quote(Boutique.sku, quantity: 2, show: nil),
                    .quote(Boutique.quote(quantity: 2, total: 26_900)))
                stage.wait(.milliseconds(400))
                return stage
            },
            Scene("order-untold") { .looking(at: Boutique.orders[1]) },
            Scene("order-offline") {
                var stage = Stage.looking(at: .told(.inTransit))
                stage.loseNetwork(during: .shows(ShowFilter(), cursor: nil))
                return stage
            },
            Scene("order-history") {
                var stage = Stage.looking(at: .told(.returned))
                stage.press(.bottom)
                return stage
            },
        ]
}

extension Stage {
    fileprivate static func looking(at order: Order) -> Stage {
        var stage = reading([order] + Boutique.orders.dropFirst(2))
        stage.press(.open)
        stage.answer(.order(order.id), .order(order))
        return stage
    }
}

extension Order {
    /// With all that a shop tells of one in this status.
    static func told(
        _ status: OrderStatus, id: OrderID = "V-1031", returning states: [ReturnRequest.State] = []
    ) -> Order {
        let francs = { Boutique.money($0) }
        let placed = Boutique.now - .seconds(4 * 86_400 + 600)
        var order = Order(
            id: id, key: "key-" + id.rawValue, status: status,
            lines: [
                QuoteLine(
                    sku: Boutique.sku, title: "Paper Moon table lamp", quantity: 2, unitPrice: francs(14_500),
                    product: "table"),
                QuoteLine(sku: "CHOCHIN", title: "提灯 Paper lantern", quantity: 1, unitPrice: francs(128_000)),
            ],
            total: francs(156_750), placedAt: placed, canCancel: status.next.contains(.cancelled),
            bill: OrderBill(
                subtotal: francs(157_000), discounts: [Charge(label: "Moon deal −20 %", amount: francs(-5_800))],
                shipping: Charge(label: "Shipping from CH and JP", amount: francs(1_900)),
                tax: Charge(label: "VAT 8.1 %", amount: francs(11_330)), taxIncluded: true,
                duties: Charge(label: "Duties 5 % on goods from JP", amount: francs(3_650))),
            payment: status == .unpaid ? Boutique.page : status == .gone ? Boutique.shopsPage : Boutique.visa,
            address: Boutique.home)
        if status == .unpaid { order.checkoutURL = "https://shop.example/checkout/V-1031?token=6f0c6f3a11" }
        let way = way(to: status)
        let hours: [Int64] = [0, 1, 20, 90, 95]
        order.course.history = zip(way, hours).map { .init($0, at: placed + .seconds($1 * 3600)) }
        if way.contains(.inTransit) { order.course.parcel = parcel(isThere: way.contains(.delivered), from: placed) }
        if status.isUnderWay, status != .unpaid { order.course.estimatedDelivery = placed + .seconds(90 * 3600) }
        if way.contains(.delivered) { order.course.returnBy = placed + .seconds(34 * 86_400) }
        let steps = status == .returned ? ReturnRequest.State.allCases : states
        if !steps.isEmpty {
            order.course.returning = ReturnRequest(
                reason: .doesNotFit,
                steps: steps.enumerated().map { .init($1, at: placed + .seconds(Int64(91 + $0 * 2) * 3600)) })
        }
        order.course.canReturn = status == .delivered && steps.isEmpty
        return order
    }

    private static func way(to status: OrderStatus) -> [OrderStatus] {
        switch status {
        case .unpaid: [.unpaid]
        case .onHold: [.onHold]
        case .awaitingShipment: [.onHold, .awaitingShipment]
        case .inTransit: [.onHold, .awaitingShipment, .inTransit]
        case .delivered: [.onHold, .awaitingShipment, .inTransit, .delivered]
        case .completed, .returned: [.onHold, .awaitingShipment, .inTransit, .delivered, status]
        case .cancelled: [.onHold, .cancelled]
        case .gone: [.unpaid, .gone]
        }
    }

    private static func parcel(isThere: Bool, from placed: Timestamp) -> Parcel {
        let events: [(Int64, SafeText)] = [
            (20, "Left the warehouse in CH"), (38, "At the sorting centre"), (55, "At the depot near you"),
            (82, "Out for delivery"),
        ]
        return Parcel(
            carrier: "Alpenpost", number: "VP3F0C6F3A11", link: "https://parcels.example/VP3F0C6F3A11",
            events: events.prefix(isThere ? 4 : 2).map { .init(at: placed + .seconds($0 * 3600), text: $1) })
    }
}
