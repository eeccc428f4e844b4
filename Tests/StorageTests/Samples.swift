import Domain
import Storage
import Text

let shop = "https://shop.example"

func francs(_ amount: Int64) -> Money {
    guard let money = Money(amount: amount, exponent: 2, currency: "CHF") else { preconditionFailure("CHF is valid") }
    return money
}

func sampleHost(_ id: String, followers: Int? = 12_400) -> Host {
    Host(id: HostID(id), name: "Mira 陳", isVerified: true, bio: "Bags, belts, and straight talk", followers: followers)
}

func sampleShow(_ id: String, hosts: [Host] = [sampleHost("mira")], startsAt: Int64 = 1_795_000_000) -> Show {
    Show(
        id: ShowID(id), title: "Autumn bags", summary: "Twelve bags, one evening", state: .live, hosts: hosts,
        tags: ["bags", "leather goods", "秋"], startsAt: Timestamp(seconds: startsAt),
        endsAt: Timestamp(seconds: startsAt + 3600), viewers: 1284, delayMilliseconds: 9000,
        streamURL: "https://video.example/live.m3u8")
}

func sampleOrder(_ id: String, key: String? = nil, status: OrderStatus = .awaitingShipment, at: Int64 = 100) -> Order {
    Order(
        id: OrderID(id), key: key ?? "key-" + id, status: status,
        lines: [
            QuoteLine(sku: "BAG-01-TAN", title: "Bag, tan", quantity: 1, unitPrice: francs(14_500)),
            QuoteLine(sku: "BELT-02", title: "Belt", quantity: 2, unitPrice: francs(4_900)),
        ],
        total: francs(25_200), placedAt: Timestamp(seconds: at), show: "autumn-bags",
        checkoutURL: "https://shop.example/pay/1", canCancel: true)
}

/// With all that a shop can tell after the sale.
func deliveredOrder(_ id: String, at: Int64 = 100) -> Order {
    var order = sampleOrder(id, status: .delivered, at: at)
    let time = Timestamp(seconds: at)
    order.lines[0].product = "bag-01"
    order.bill = OrderBill(
        subtotal: francs(24_300), discounts: [Charge(label: "Deal −5 %", amount: francs(-1_200))],
        shipping: Charge(label: "Shipping", amount: francs(900)), tax: Charge(label: "VAT", amount: francs(1_888)),
        taxIncluded: true, duties: Charge(label: "Duties", amount: francs(1_200)))
    order.payment = PaymentMethod(id: "card-1", kind: .card, label: "Card ·· 4242")
    order.address = Address(id: "home", label: "Seefeldstr. 1", country: "CH")
    order.course = OrderCourse(
        history: [.init(.awaitingShipment, at: time), .init(.inTransit, at: time), .init(.delivered, at: time)],
        parcel: Parcel(
            carrier: "Alpenpost", number: "VP1", link: "https://parcels.example/VP1",
            events: [.init(at: time, text: "Left the warehouse"), .init(at: time, text: "Delivered 🎉")]),
        estimatedDelivery: time, returnBy: time, canReturn: true,
        returning: ReturnRequest(
            reason: .damaged, note: "a crack", steps: [.init(.requested, at: time), .init(.accepted, at: time)]))
    return order
}

func sampleIntent(_ key: String, account: String = shop, createdAt: Int64 = 100) -> OrderIntent {
    OrderIntent(
        key: key, account: account, buyer: "guest-1", sku: "BAG-01-TAN", title: "Bag, tan", quantity: 1,
        quote: "quote-1",
        quoteExpiresAt: Timestamp(seconds: createdAt + 300),
        paymentMethod: "card-1", maximumTotal: francs(15_400), show: "autumn-bags",
        createdAt: Timestamp(seconds: createdAt))
}

extension IntentTurn {
    var isTaken: Bool { if case .taken = self { true } else { false } }
}

extension Store {
    /// Writes one down, and that it goes out.
    func send(_ key: String) throws {
        try run(.record(sampleIntent(key)))
        try run(.record(sampleIntent(key).moved(to: .sent)))
    }
}
