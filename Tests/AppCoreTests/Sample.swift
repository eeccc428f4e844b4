import AppCore
import Domain
import Text

/// A small shop for the tests: two hosts, three shows, two products.
enum Sample {
    /// 2026-11-23T14:32:00Z, a Monday.
    static let now = Timestamp(milliseconds: 1_795_444_320_000)

    static let ana = Host(id: "ana", name: "Ana Lopez", isVerified: true)
    static let ruth = Host(id: "ruth", name: "Ruth & Jo")

    static let liveShow = Show(
        id: "lamps", title: "Late-night lamps", state: .live, hosts: [ana], tags: ["home"],
        startsAt: now - .seconds(2520), endsAt: now + .seconds(3600), viewers: 1284)
    static let comingShow = Show(
        id: "vinyl", title: "Vinyl hour", state: .scheduled, hosts: [ruth], tags: ["music"],
        startsAt: now + .seconds(1680))
    static let pastShow = Show(
        id: "knives", title: "Knives", state: .ended, hosts: [ruth], startsAt: now - .seconds(90_000),
        endsAt: now - .seconds(86_400))
    static let shows = [comingShow, pastShow, liveShow]

    static func francs(_ amount: Int64) -> Money {
        // The code is right, so the fallback is never taken.
        Money(amount: amount, exponent: 2, currency: "CHF") ?? francs(0)
    }

    static let lamp = Product(
        id: "lamp", title: "Paper Moon table lamp", optionNames: ["Colour", "Size"],
        variants: [
            Variant(sku: "LAMP-SAND-S", options: ["sand", "S"], price: francs(14500), was: francs(18000), stock: 12),
            Variant(sku: "LAMP-SAND-L", options: ["sand", "L"], price: francs(19500), stock: 3),
            Variant(sku: "LAMP-MOSS-S", options: ["moss", "S"], price: francs(14500), stock: 0),
        ])
    static let hook = Product(
        id: "hook", title: "Brass hook", variants: [Variant(sku: "HOOK", price: francs(2400), stock: 40)])
    static let detail = ShowDetail(show: liveShow, lineUp: [lamp, hook])

    static let card = PaymentMethod(id: "visa", kind: .card, label: "Visa ·· 4242")
    static let hosted = PaymentMethod(id: "hosted", kind: .hosted, label: "Pay on a page")
    static let home = Address(id: "home", label: "Ana Lopez, Oakland", country: "CH")

    static func quote(
        _ id: QuoteID, of sku: SKU = "LAMP-SAND-S", quantity: Int = 1, total: Int64 = 14500,
        expiresAt: Timestamp = now + .seconds(600)
    ) -> Quote {
        Quote(
            id: id, lines: [QuoteLine(sku: sku, title: "Lamp", quantity: quantity, unitPrice: francs(total))],
            subtotal: francs(total), shipping: Charge(label: "Shipping", amount: francs(0)),
            tax: Charge(label: "VAT", amount: francs(1000)), taxIncluded: true,
            duties: Charge(label: "Duties", amount: francs(0)), total: francs(total), expiresAt: expiresAt)
    }

    static func order(
        _ id: OrderID, key: String, placedAt: Timestamp = now, status: OrderStatus = .awaitingShipment,
        canCancel: Bool = false
    ) -> Order {
        Order(
            id: id, key: key, status: status,
            lines: [QuoteLine(sku: "LAMP-SAND-S", title: "Lamp", quantity: 1, unitPrice: francs(14500))],
            total: francs(14500), placedAt: placedAt, canCancel: canCancel)
    }

    static func intent(_ key: String, state: OrderIntent.State = .committed, createdAt: Timestamp = now) -> OrderIntent
    {
        OrderIntent(
            key: key, account: "demo", buyer: "guest-1", sku: "LAMP-SAND-S", title: "Lamp", quantity: 1, quote: "q1",
            quoteExpiresAt: createdAt + .seconds(300),
            paymentMethod: "visa", maximumTotal: francs(14500), show: "lamps", createdAt: createdAt, state: state)
    }

    static func message(_ number: Int, _ text: SafeText? = nil, at: Timestamp = now) -> ChatMessage {
        ChatMessage(id: MessageID("m\(number)"), author: "jo", text: text ?? SafeText("line \(number)"), at: at)
    }
}

extension Rehearsal {
    /// Has the schedule, and nothing else under way.
    static func withSchedule(account: String? = "guest-1") -> Rehearsal {
        let rehearsal = Rehearsal(account: account)
        let effects = rehearsal.act(.started(StoredState()))
        for query in effects.questions {
            switch query {
            case .shows: rehearsal.answer(query, .shows(Sample.shows, nextCursor: nil))
            case .service:
                rehearsal.answer(query, .service(ShopInfo(name: "Shop", capabilities: .all, serverTime: nil)))
            case .follows: rehearsal.answer(query, .follows([]))
            case .orders: rehearsal.answer(query, .orders([], nextCursor: nil))
            default: break
            }
        }
        return rehearsal
    }

    /// Watches the live show from its head on.
    static func watching(_ chronicle: Chronicle) -> Rehearsal {
        let rehearsal = withSchedule()
        rehearsal.press(.open)
        rehearsal.answer(.show("lamps"), .show(Sample.detail))
        let effects = rehearsal.answer(.head("lamps"), .head(chronicle.head(at: rehearsal.state.now)))
        for case .segment(let show, let number) in effects.questions {
            rehearsal.answer(
                .segment(show, number), .segment(chronicle.segment(number, at: rehearsal.state.now)))
        }
        return rehearsal
    }

    /// What the chat shows, message by message.
    var chat: [String] { state.watch?.chat.entries.map(\.message.text.string) ?? [] }

    var ticker: [String] { state.watch?.ticker.items.map(\.text.string) ?? [] }
}
