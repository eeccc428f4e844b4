import Domain
import Text

/// A small shop to draw: hosts and names in several scripts, prices in several currencies.
enum Boutique {
    /// 2026-11-23T14:32:00Z, a Monday.
    static let now = Timestamp(milliseconds: 1_795_444_320_000)

    static let ana = Host(
        id: "ana", name: "Ana Lopez", isVerified: true,
        bio: "Lamps, shades and the light between them. From a small studio in Lausanne, live most evenings.",
        followers: 48_210)
    static let ruth = Host(id: "ruth", name: "Ruth & Jo")
    static let lei = Host(id: "lei", name: "李雷", isVerified: true)
    static let sami = Host(id: "sami", name: "سامي الحداد")
    static let mizuno = Host(id: "mizuno", name: "水野 Mizuno")
    static let wordy = Host(
        id: "wordy", name: "Maximiliane Konstantinopolsky-Brandenburger & Daughters", isVerified: true)

    static let lamps = Show(
        id: "lamps", title: "Late-night lamps", state: .live, hosts: [ana], tags: ["home"],
        startsAt: now - .seconds(2530), endsAt: now + .seconds(3600), viewers: 1284, delayMilliseconds: 8000)
    static let bargains = Show(
        id: "twenty", title: "Nothing over 20", state: .live, hosts: [ruth, sami], tags: ["fashion"],
        startsAt: now - .seconds(720), viewers: 311)
    static let quiet = Show(
        id: "quiet", title: "紙と墨 Paper and ink", state: .live, hosts: [mizuno], tags: ["stationery"],
        startsAt: now - .seconds(15_000))
    static let knives = Show(
        id: "knives", title: "Knives, sharpened live", state: .scheduled, hosts: [lei], tags: ["kitchen"],
        startsAt: now + .seconds(1680))
    static let vinyl = Show(
        id: "vinyl", title: "Vinyl hour", state: .scheduled, hosts: [ruth], tags: ["music"],
        startsAt: now + .seconds(17_880))
    static let ceramics = Show(
        id: "ceramics", title: "Morning ceramics, thrown while you have breakfast", state: .scheduled,
        hosts: [mizuno, ana], tags: ["home"], startsAt: now + .seconds(66_480))
    static let oud = Show(
        id: "oud", title: "أمسية العود والبخور", state: .scheduled, hosts: [sami], tags: ["beauty"],
        startsAt: now + .seconds(176_880))
    static let earlier = Show(
        id: "earlier", title: "Brass, before it tarnishes", state: .ended, hosts: [ana], tags: ["home"],
        startsAt: now - .seconds(90_000), endsAt: now - .seconds(86_400))
    static let calledOff = Show(
        id: "off", title: "Raincoats", state: .cancelled, hosts: [ruth], tags: ["fashion"],
        startsAt: now - .seconds(180_000))
    static let shows = [vinyl, knives, ceramics, oud, earlier, calledOff, quiet, bargains, lamps]

    static func money(_ amount: Int64, _ currency: String = "CHF") -> Money {
        // Three capitals, so the fallback is never taken.
        Money(amount: amount, exponent: CurrencyExponents.exponent(of: currency), currency: currency) ?? money(0)
    }

    static let tableLamp = Product(
        id: "table", title: "Paper Moon table lamp", brand: "Studio Lopez", shipsFrom: "CH",
        rating: Rating(tenths: 47, count: 212, verified: 190), optionNames: ["Colour", "Size"],
        variants: ["sand", "moss", "ink"].flatMap { colour in
            ["S", "L"].map { size in
                Variant(
                    sku: SKU("LAMP-MOON-\(colour)-\(size)".uppercased()), options: [SafeText(colour), SafeText(size)],
                    price: money(size == "S" ? 14_500 : 19_500), was: money(size == "S" ? 18_000 : 24_000),
                    lowest30Days: money(13_900), stock: colour == "ink" ? 0 : 6, stockTotal: 20)
            }
        })
    static let floorLamp = Product(
        id: "floor", title: "Paper Moon floor lamp", brand: "Studio Lopez", shipsFrom: "CH",
        variants: [Variant(sku: "LAMP-FLOOR", price: money(32_000), stock: 4)])
    static let shade = Product(
        id: "shade", title: "Linen shade, 40 cm", brand: "Studio Lopez",
        variants: [Variant(sku: "SHADE-40", price: money(5_800), was: money(6_800), stock: 3)])
    static let hook = Product(
        id: "hook", title: "Brass hook", brand: "Studio Lopez",
        variants: [Variant(sku: "HOOK", price: money(2_400))])
    static let string = Product(
        id: "string", title: "Glass bead string", brand: "Studio Lopez", shipsFrom: "CZ",
        variants: [Variant(sku: "BEADS", price: money(3_900), stock: 0)])
    static let candle = Product(
        id: "candle", title: "Beeswax candle", brand: "Ruth & Jo", shipsFrom: "DE",
        variants: [Variant(sku: "CANDLE", price: money(1_250), stock: 30)])
    static let lantern = Product(
        id: "lantern", title: "提灯 Paper lantern", brand: "水野",
        variants: [Variant(sku: "CHOCHIN", price: money(128_000, "JPY"), stock: 11)])
    static let wordyProduct = Product(
        id: "wordy", title: "Hand-blown, hand-wired, hand-packed bedside lamp with a dimmer that remembers",
        brand: "Konstantinopolsky-Brandenburger & Daughters, Lausanne", shipsFrom: "CH",
        optionNames: ["Colour of the shade", "Länge"],
        variants: ["warm sandstone", "deep forest moss", "midnight ink", "old rose"].map {
            Variant(
                sku: SKU("LAMP-HANDBLOWN-2026-EXTRA-\($0.prefix(4))"), options: [SafeText($0), "140 cm"],
                price: money(1_234_567_890), was: money(2_345_678_901), lowest30Days: money(1_234_567_000),
                stock: 1_204, stockTotal: 40_000)
        })
    static let lineUp = [string, hook, tableLamp, floorLamp, shade, candle]
    static let detail = ShowDetail(show: lamps, lineUp: lineUp)

    static let deal = Offer(
        id: "deal", kind: .flashDeal, product: "table", title: "Moon deal", percentOff: 20,
        endsAt: now + .seconds(221), remaining: 7)

    static let visa = PaymentMethod(id: "visa", kind: .card, label: "Visa ·· 4242")
    static let page = PaymentMethod(id: "page", kind: .hosted, label: "Pay on the shop's page")
    static let home = Address(id: "home", label: "Ana Lopez, Oakland", country: "CH")

    static let sku: SKU = "LAMP-MOON-SAND-S"

    static func quote(
        _ id: QuoteID = "q1", of sku: SKU = sku, quantity: Int = 1, unit: Int64 = 14_500, total: Int64 = 12_400
    ) -> Quote {
        Quote(
            id: id, lines: [QuoteLine(sku: sku, title: "Lamp", quantity: quantity, unitPrice: money(unit))],
            subtotal: money(unit), discounts: [Charge(label: "Moon deal −20 %", amount: money(-2_900))],
            shipping: Charge(label: "Shipping, 2–3 days", amount: money(800)),
            tax: Charge(label: "VAT 8.1 %", amount: money(929)), taxIncluded: true,
            duties: Charge(label: "Duties", amount: money(0)), total: money(total), address: home,
            expiresAt: now + .seconds(600))
    }

    /// With deliveries to choose from.
    static var delivered: Quote {
        var quote = quote()
        quote.shipping.label = "Post Economy"
        quote.shipments = [
            Shipment(
                id: "CH", label: "From CH",
                deliveries: [
                    Delivery(id: "economy", label: "Post Economy", price: money(800), time: "2–4 days"),
                    Delivery(
                        id: "express", label: "Courier, insured and with a signature", price: money(1950),
                        time: "next day"),
                    Delivery(id: "desk", label: "At the shop in Bern", price: money(0), isPickup: true),
                ], chosen: "economy")
        ]
        return quote
    }

    static func order(
        _ number: Int, _ title: SafeText, _ total: Money, _ status: OrderStatus, daysAgo: Int64 = 0, quantity: Int = 1,
        checkoutURL: String? = nil
    ) -> Order {
        let each = Money(
            amount: total.amount / Int64(quantity), exponent: total.exponent, currency: total.currency)
        return Order(
            id: OrderID("V-10\(number)"), key: "key-\(number)", status: status,
            lines: [QuoteLine(sku: SKU("SKU-\(number)"), title: title, quantity: quantity, unitPrice: each ?? total)],
            total: total,
            placedAt: now - .seconds(daysAgo * 86_400 + 600), checkoutURL: checkoutURL,
            canCancel: status == .awaitingShipment)
    }

    static let orders = [
        order(31, "Paper Moon table lamp", money(12_400), .awaitingShipment),
        order(28, "提灯 Paper lantern", money(128_000, "JPY"), .inTransit, daysAgo: 2),
        order(19, "Brass hook", money(7_200), .delivered, daysAgo: 9, quantity: 3),
        order(7, "Hand-blown, hand-wired, hand-packed bedside lamp", money(1_234_567), .completed, daysAgo: 40),
        order(4, "Glass bead string", money(3_900), .cancelled, daysAgo: 41),
    ]

    static let intent = OrderIntent(
        key: "4b0c1f8e-6a52-4f0e-9d1b-2f6f0c6f3a11", account: "demo", buyer: "guest-1", sku: sku,
        title: "Paper Moon table lamp", quantity: 1, quote: "q1", quoteExpiresAt: now + .seconds(210),
        paymentMethod: "visa", maximumTotal: money(12_400),
        show: "lamps",
        createdAt: now - .seconds(90), state: .unknown)
}
