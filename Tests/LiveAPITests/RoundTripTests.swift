import Domain
import FoundationEssentials
import LiveAPI
import Testing
import Text

/// What one side writes the other reads back as the same value.
@Suite struct RoundTripTests {
    private func survives<Value: Codable & Equatable>(_ value: Value) throws {
        let data = try JSONEncoder().encode(value)
        #expect(try WireJSON.decode(Value.self, from: data) == value)
    }

    private let now = Timestamp(milliseconds: 1_795_443_065_120)

    private func money(_ amount: Int64, _ currency: String = "CHF") throws -> Money {
        try #require(Money(amount: amount, exponent: CurrencyExponents.exponent(of: currency), currency: currency))
    }

    @Test func events() throws {
        let message = ChatMessage(
            id: "m", author: "さくら", role: .moderator, text: "سلام 🔥", at: now, authorID: "w-1")
        let offer = Offer(
            id: "o", kind: .coupon, product: "p", title: "Coupon", percentOff: 20, endsAt: now, remaining: 3)
        let kinds: [TimelineEvent.Kind] = [
            .chat(message), .chatRemoved("m"), .pinned(message), .pinned(nil), .highlight(["a", "b", "c"]),
            .highlight([]), .price("S", try money(14_500), was: try money(16_000)),
            .price("S", try money(3300, "JPY"), was: nil), .stock("S", 0), .offerStarted(offer), .offerEnded("o"),
            .viewers(1200), .viewers(nil), .reactions(7), .state(.cancelled), .unknown,
        ]
        for (index, kind) in kinds.enumerated() {
            try survives(TimelineEvent(sequence: index + 1, at: now, kind: kind))
        }
    }

    @Test func heads() throws {
        let snapshot = ShowSnapshot(
            sequence: 4, at: now, state: .live, highlight: ["p"],
            offers: [Offer(id: "o", kind: .flashDeal, product: "p", title: "Deal", percentOff: 5, endsAt: now)],
            onAir: [VariantFacts(sku: "S", price: try money(1), was: try money(2), stock: 3)], viewers: nil,
            pinned: nil, reactions: 9)
        let events = [TimelineEvent(sequence: 5, at: now, kind: .stock("S", 2))]
        let segment = TimelineSegment(number: 2, opening: snapshot, events: events, isClosed: false)
        try survives(
            ShowHead(
                show: "s", snapshot: snapshot, lastSequence: 5, open: segment, pollAfterMilliseconds: 1000,
                serverTime: now))
    }

    @Test func showsAndProducts() throws {
        let host = Host(id: "h", name: "林美玲", isVerified: true, bio: "茶", followers: 3)
        let show = Show(
            id: "s", title: "夜", summary: "…", state: .scheduled, hosts: [host], tags: ["tea"], startsAt: now,
            endsAt: now, viewers: nil, delayMilliseconds: 4000, streamURL: nil)
        let product = Product(
            id: "p", title: "壺", brand: "青", summary: "", shipsFrom: "TW",
            rating: Rating(tenths: 47, count: 12, verified: 11), optionNames: ["Glaze"],
            variants: [
                Variant(
                    sku: "S", options: ["Ash"], price: try money(5900, "USD"), was: nil,
                    lowest30Days: try money(5900, "USD"), stock: 4, stockTotal: 12,
                    quantities: QuantityRule(minimum: 6, step: 3, maximum: 60), isOnBackorder: true)
            ], hasDearerForms: true,
            elsewhere: SoldElsewhere(
                kind: .set, price: try money(5900, "USD"), isPricedFrom: true, page: "https://shop.example/p",
                parts: ["a", "b"]))
        try survives(ShowDetail(show: show, lineUp: [product]))
        try survives(Review(id: "r", author: "阿哲", stars: 4, text: "好看 🍵", at: now, isVerified: true))
        try survives(Moment(products: ["p"], title: "壺", at: now, offset: .seconds(600), segment: 12))
    }

    @Test func quotesAndOrders() throws {
        let line = QuoteLine(sku: "S", title: "壺", quantity: 2, unitPrice: try money(5900, "USD"))
        let zero = Charge(label: "Duties", amount: try money(0, "USD"))
        try survives(
            Quote(
                id: "q", lines: [line], subtotal: try money(11_800, "USD"),
                discounts: [Charge(label: "Deal", amount: try money(-100, "USD"))], shipping: zero, tax: zero,
                taxIncluded: false, duties: zero, total: try money(11_700, "USD"), expiresAt: now,
                shipments: [
                    Shipment(
                        id: "JP", label: "From JP",
                        deliveries: [
                            Delivery(id: "sea", label: "船便", price: try money(500, "USD"), time: "2 months"),
                            Delivery(id: "desk", label: "Desk", isPickup: true),
                        ], chosen: "sea"), Shipment(id: "x", label: "", deliveries: []),
                ]))
        for status in OrderStatus.allCases {
            try survives(
                Order(
                    id: "o", key: "k", status: status, lines: [line], total: try money(11_700, "USD"), placedAt: now,
                    show: "s", checkoutURL: "http://127.0.0.1/checkout/x", canCancel: true))
        }
    }

    @Test func ordersAfterTheSale() throws {
        let line = QuoteLine(sku: "S", title: "壺", quantity: 2, unitPrice: try money(5900, "USD"), product: "p")
        let charge = Charge(label: "Shipping", amount: try money(595, "USD"))
        let returning = ReturnRequest(
            reason: .doesNotFit, note: "zu klein",
            steps: [.init(.requested, at: now), .init(.accepted, at: now), .init(.refunded, at: now)])
        let parcel = Parcel(
            carrier: "さくら便", number: "VP-1", link: "https://parcels.example/VP-1",
            events: [Parcel.Event(at: now, text: "Out for delivery")])
        try survives(
            Order(
                id: "o", key: "k", status: .returned, lines: [line], total: try money(11_795, "USD"), placedAt: now,
                bill: OrderBill(
                    subtotal: try money(11_800, "USD"),
                    discounts: [Charge(label: "Deal", amount: try money(-100, "USD"))], shipping: charge, tax: charge,
                    taxIncluded: true, duties: charge),
                payment: PaymentMethod(id: "pm", kind: .card, label: "Card"),
                address: Address(id: "a", label: "Lindenallee 7", country: "DE"),
                course: OrderCourse(
                    history: OrderStatus.allCases.map { .init($0, at: now) }, parcel: parcel, estimatedDelivery: now,
                    returnBy: now, canReturn: true, returning: returning)))
    }

    /// What is told after the sale may be from a server that knows more than we do; the order is there all the same.
    @Test func oddPartsOfAnOrderDoNotHideIt() throws {
        let text = #"""
            {"id":"o","key":"k","status":"delivered","lines":[],"canCancel":false,"placedAt":"2026-11-23T14:31:05Z",
            "total":{"amount":1,"exponent":2,"currency":"USD"},"subtotal":{"amount":1,"exponent":2,"currency":"USD"},
            "history":[{"status":"teleported","at":"2026-11-23T14:31:05Z"},
            {"status":"delivered","at":"2026-11-23T14:31:05Z"}],
            "parcel":{"carrier":"C","number":"N","url":"http://parcels.example/N","events":7},
            "payment":{"id":"x","kind":"barter","label":"Goats"},"returnBy":"tomorrow",
            "return":{"reason":"moon phase","steps":[{"state":"requested","at":"2026-11-23T14:31:05Z"}]}}
            """#
        let order = try WireJSON.decode(Order.self, from: Data(text.utf8))
        #expect(order.status == .delivered && order.bill == nil && order.payment == nil)
        #expect(order.course.history.map(\.status) == [.delivered] && order.course.returnBy == nil)
        #expect(order.course.returning?.reason == .other)
    }

    @Test func aParcelsPageIsSafeOrNone() throws {
        for (link, isKept) in [("https://p.example/N", true), ("http://p.example/N", false), ("javascript:1", false)] {
            let text = #"{"carrier":"C","number":"N","url":"\#(link)"}"#
            let parcel = try WireJSON.decode(Parcel.self, from: Data(text.utf8))
            #expect((parcel.link != nil) == isKept, "\(link)")
        }
    }

    @Test func anEventThatCannotBeReadKeepsItsPlace() throws {
        let segment = #"""
            {"segment":0,"closed":true,"opening":{"sequence":0,"at":"2026-11-23T14:31:05Z","state":"live"},"events":[
            {"sequence":1,"at":"2026-11-23T14:31:05.120Z","kind":"confetti","colour":"red"},
            {"sequence":2,"at":"2026-11-23T14:31:05.120Z","kind":"stock","sku":"S","stock":-3}]}
            """#
        let read = try WireJSON.decode(TimelineSegment.self, from: Data(segment.utf8))
        #expect(read.events.map(\.sequence) == [1, 2])
        #expect(read.events.allSatisfy { $0.kind == .unknown })
    }
}
