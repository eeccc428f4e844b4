import Domain
import GRDB
import LiveAPI
import Text

/// Works out what an order would cost, in full, from the prices and offers of this moment.
enum QuoteDesk {
    static let lifetime: Duration = .seconds(5 * 60)

    /// Prices a wish and keeps it, so that an order can name it.
    static func quote(_ wish: QuoteRequest, for account: String, _ shop: ShopSetup, _ turn: inout Turn) throws -> Quote
    {
        let quote = try price(wish, QuoteID("q-" + RandomName.text(bytes: 12)), shop, turn)
        try turn.db.change(
            "INSERT INTO quotes (id, account, request, expires_at) VALUES (?, ?, ?, ?)",
            [quote.id.rawValue, account, WireCoding.text(wish), quote.expiresAt.milliseconds])
        return quote
    }

    /// The wish behind a quote of this account, and when the quote expires.
    static func kept(_ db: Database, _ id: QuoteID, of account: String) throws -> (QuoteRequest, Timestamp)? {
        let row = try db.row("SELECT * FROM quotes WHERE id = ? AND account = ?", [id.rawValue, account])
        guard let row else { return nil }
        let json: String = try row.value("request")
        return (try WireCoding.decode(from: json.utf8), Timestamp(milliseconds: try row.value("expires_at")))
    }

    static func price(_ wish: QuoteRequest, _ id: QuoteID, _ shop: ShopSetup, _ turn: Turn) throws -> Quote {
        let goods = try goods(wish, turn)
        guard let first = goods.first else { throw Problem.unprocessable("a quote needs at least one line") }
        guard goods.allSatisfy({ $0.line.unitPrice.currency == first.line.unitPrice.currency }) else {
            throw Problem.unprocessable("one order has one currency")
        }
        let zero = first.line.unitPrice.zero
        let deliveries = wish.deliveries ?? [:]
        guard deliveries.count <= RequestLimits.quoteLines,
            deliveries.allSatisfy({ IDAlphabet.isID($0.key) && IDAlphabet.isID($0.value) })
        else { throw Problem.unprocessable("there are no such deliveries") }
        guard let destination = shop.destination(wish.address, currency: zero.currency) else {
            throw Problem.unprocessable("there is no such address")
        }
        let subtotal = try sum(goods.map(\.value), zero)
        let discounts = try goods.compactMap { try discount($0, in: wish.show, turn) }
        let worth = try sum([subtotal] + discounts.map(\.amount), zero)
        let bill = try LandedCost(
            worth: worth, goods: goods, destination: destination.country.string, deliveries: deliveries)
        let total = try sum(
            [worth, bill.shipping.amount, bill.duties.amount] + (bill.taxIncluded ? [] : [bill.tax.amount]), zero)
        return Quote(
            id: id, lines: goods.map(\.line), subtotal: subtotal, discounts: discounts, shipping: bill.shipping,
            tax: bill.tax, taxIncluded: bill.taxIncluded, duties: bill.duties, total: total,
            address: destination, expiresAt: turn.now + lifetime, shipments: bill.shipments)
    }

    static func sum(_ amounts: [Money], _ zero: Money) throws -> Money {
        try amounts.reduce(zero) { total, amount in
            guard let sum = total.adding(amount) else { throw Problem.unprocessable("the amounts do not add up") }
            return sum
        }
    }

    // MARK: Parts

    private static func goods(_ wish: QuoteRequest, _ turn: Turn) throws -> [Goods] {
        guard wish.lines.count <= RequestLimits.quoteLines else {
            throw Problem.unprocessable("a quote has at most \(RequestLimits.quoteLines) lines")
        }
        guard Set(wish.lines.map(\.sku)).count == wish.lines.count else {
            throw Problem.unprocessable("each SKU stands on one line")
        }
        return try wish.lines.map { line in
            guard (1...RequestLimits.orderQuantity).contains(line.quantity) else {
                throw Problem.unprocessable("a quantity is from 1 to \(RequestLimits.orderQuantity)")
            }
            let row = try turn.db.row(
                """
                SELECT variants.*, products.title, products.ships_from FROM variants
                JOIN products ON products.id = variants.product WHERE sku = ?
                """, [line.sku.rawValue])
            guard let row else { throw Problem.unprocessable("there is no SKU \(line.sku)") }
            return try Goods(row, quantity: line.quantity)
        }
    }

    /// The best deal on a product that runs in any show on air: a deal holds wherever the product is bought. Of two that
    /// are alike the one of the show that is named counts.
    static func deal(on product: ProductID, in show: ShowID?, _ turn: Turn) -> (show: ShowID, offer: Offer)? {
        let running = turn.shows.flatMap { id, live in
            live.snapshot.offers.filter { $0.product == product && $0.endsAt > turn.now && $0.remaining != 0 }.map {
                (show: id, offer: $0)
            }
        }
        return running.max { a, b in
            (a.offer.percentOff, a.show == show ? 1 : 0, b.show) < (b.offer.percentOff, b.show == show ? 1 : 0, a.show)
        }
    }

    private static func discount(_ goods: Goods, in show: ShowID?, _ turn: Turn) throws -> Charge? {
        guard let offer = deal(on: goods.product, in: show, turn)?.offer else { return nil }
        let count = min(goods.line.quantity, offer.remaining ?? goods.line.quantity)
        guard count > 0, let off = goods.line.unitPrice.percent(offer.percentOff)?.multiplied(by: count)?.negated else {
            return nil
        }
        return Charge(label: SafeText("\(offer.title.string) −\(offer.percentOff) %"), amount: off)
    }
}

/// One line of a quote with what its cost depends on.
struct Goods {
    let line: QuoteLine
    let product: ProductID
    let shipsFrom: String
    let value: Money

    init(_ row: Row, quantity: Int) throws {
        let price = try Catalogue.money(row, try row.value("amount"))
        guard let value = price.multiplied(by: quantity) else { throw Problem.unprocessable("the amount is too large") }
        product = ProductID(try row.value("product"))
        line = QuoteLine(
            sku: SKU(try row.value("sku")), title: SafeText(try row.value("title") as String), quantity: quantity,
            unitPrice: price, product: product)
        shipsFrom = row["ships_from"] as String? ?? ""
        self.value = value
    }
}
