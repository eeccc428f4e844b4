import Domain
import HTTPTransport
import Text

extension ShopifyProvider {
    /// How long figures are shown as ones that hold: they are compared with the shop's again before anything is handed over.
    private static let quoteHolds = Duration.seconds(300)
    /// Baskets that are remembered beside the newest.
    private static let keptBaskets = 8

    /// A new basket for each quote.
    func quote(_ sku: SKU, _ quantity: Int, _ deliveries: DeliveryChoice, _ account: Account?, _ now: Timestamp)
        throws(ShopFailure) -> ShopStep
    {
        guard Quote.quantities.contains(quantity) else { throw .notSent("the quantity must be from 1 to 99") }
        guard ShopifyNumber.isNumber(sku.rawValue) else { throw .notFound }
        let country = Self.country(of: account)
        let note = ShopifyNote(
            sku: sku, quantity: quantity, country: country, expiresAt: now + Self.quoteHolds)
        return noting(account) {
            ask(
                now,
                { _ in
                    .createBasket(
                        variant: sku.rawValue, quantity: quantity, country: country, isAddressed: country != nil)
                },
                list: { (currency) throws(ShopFailure) in
                    quoteFromList(note, currency) { (quote, note) throws(ShopFailure) in try keep(note, quote) }
                }
            ) { (made: ShopifyBasketChange, _, response) throws(ShopFailure) in
                guard made.refusesAddress else { return try finish(made, note, deliveries, response, now) }
                let plain = ShopifyQuestion.createBasket(
                    variant: sku.rawValue, quantity: quantity, country: country, isAddressed: false)
                return .send(try post(plain), isDecisive: false) { (response) throws(ShopFailure) in
                    let made = try ShopifyReply(response).data(ShopifyBasketChange.self)
                    return try finish(made, note, deliveries, response, now)
                }
            }
        }
    }

    private func finish(
        _ made: ShopifyBasketChange, _ note: ShopifyNote, _ deliveries: DeliveryChoice, _ response: HTTPResponse,
        _ now: Timestamp
    ) throws(ShopFailure) -> ShopStep {
        let basket = try made.made()
        // A basket that is not what was asked for has no deliveries to choose.
        guard basket.lines.count == 1 else { return try keep(note, try basket.quote(for: note)) }
        return try chooseDeliveries(deliveries, in: basket, country: note.country) { (basket) throws(ShopFailure) in
            var note = note
            note.basket = basket.id
            note.expiresAt = response.time(orLocal: now) + Self.quoteHolds
            return try keep(note, try basket.quote(for: note))
        }
    }

    /// What the list says that it costs; the basket is made by the page that the shopper is sent to.
    func quoteFromList(
        _ note: ShopifyNote, _ currency: String,
        _ next: @escaping @Sendable (Quote, ShopifyNote) throws(ShopFailure) -> ShopStep
    ) -> ShopStep {
        findInList(currency, { product in product.forms.contains { $0.number == note.sku.rawValue } }) {
            (goods) throws(ShopFailure) in
            guard let form = goods.forms.first(where: { $0.number == note.sku.rawValue }) else { throw .notFound }
            guard form.isAvailable else {
                throw .refused(
                    Refusal(code: "MERCHANDISE_OUT_OF_STOCK", message: "The shop has none of it.", stock: 0))
            }
            guard let total = form.price.multiplied(by: note.quantity) else {
                throw .notUnderstood("the shop's amounts cannot be added up")
            }
            let title = form.isPlain ? goods.listed.title : goods.listed.title.with(options: form.values)
            let line = QuoteLine(
                sku: note.sku, title: title, quantity: note.quantity, unitPrice: form.price,
                product: ProductID(goods.listed.number))
            let none = total.zero
            return try next(
                Quote(
                    id: QuoteID(note.digest), lines: [line], subtotal: total,
                    shipping: Charge(label: "Shipping", amount: none), tax: Charge(label: "Taxes", amount: none),
                    taxIncluded: false, duties: Charge(label: "Duties", amount: none), total: total,
                    expiresAt: note.expiresAt, isGoodsOnly: true), note)
        }
    }

    /// Keeps the basket under the quote's name, forgets those of long ago, and answers.
    private func keep(_ note: ShopifyNote, _ quote: Quote) throws(ShopFailure) -> ShopStep {
        .keep(ShopifyNote.name(quote.id), try ShopNote.text(note)) {
            .recallAll(ShopifyNote.prefix) { notes in
                let ends = notes.mapValues { ShopNote.value(ShopifyNote.self, $0)?.expiresAt.milliseconds ?? 0 }
                let oldest = ends.sorted { $0.value < $1.value }.map(\.key)
                return forget(oldest.dropLast(Self.keptBaskets)[...]) { .answer(.quote(quote)) }
            }
        }
    }

    private func forget(_ names: ArraySlice<String>, _ next: @escaping @Sendable () -> ShopStep) -> ShopStep {
        guard let name = names.first else { return next() }
        return .keep(name, nil) { forget(names.dropFirst(), next) }
    }
}
