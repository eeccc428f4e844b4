import Domain
import HTTPTransport
import Text

extension ShopifyProvider {
    /// How long figures are shown as ones that hold: they are compared with the shop's again before anything is handed over.
    private static let quoteHolds = Duration.seconds(300)
    /// Baskets that are remembered beside the newest.
    private static let keptBaskets = 8

    /// A new basket for each quote.
    package func quote(
        _ sku: SKU, quantity: Int, show: ShowID?, _ deliveries: DeliveryChoice, _ io: ShopIO
    ) async throws(ShopFailure) -> Quote {
        guard Quote.quantities.contains(quantity) else { throw .notSent("the quantity must be from 1 to 99") }
        guard ShopifyNumber.isNumber(sku.rawValue) else { throw .notFound }
        let country = Self.country(of: io.account)
        var note = ShopifyNote(sku: sku, quantity: quantity, country: country, expiresAt: io.now + Self.quoteHolds)
        func creation(isAddressed: Bool) -> ShopifyQuestion {
            .createBasket(variant: sku.rawValue, quantity: quantity, country: country, isAddressed: isAddressed)
        }
        try await noteCountry(io)
        let reply: Reply<ShopifyBasketChange> = try await ask({ _ in creation(isAddressed: country != nil) }, io)
        guard case .api(var made, _, var response) = reply else {
            guard case .list(let currency) = reply else { throw .notFound }
            let quote = try await quoteFromList(note, currency, io)
            try await keep(note, for: quote, io)
            return quote
        }
        if made.refusesAddress {
            response = try await io.send(try post(creation(isAddressed: false)))
            made = try ShopifyReply(response).data(ShopifyBasketChange.self)
        }
        var basket = try made.made()
        // A basket that is not what was asked for has no deliveries to choose.
        if basket.lines.count == 1 {
            basket = try await chooseDeliveries(deliveries, in: basket, country: country, io)
            note.basket = basket.id
            note.expiresAt = response.time(orLocal: io.now) + Self.quoteHolds
        }
        let quote = try basket.quote(for: note)
        try await keep(note, for: quote, io)
        return quote
    }

    /// What the list says that it costs; the basket is made by the page that the shopper is sent to.
    func quoteFromList(
        _ note: ShopifyNote, _ currency: String, _ io: ShopIO
    ) async throws(ShopFailure) -> Quote {
        let goods = try await findInList(
            currency, { product in product.forms.contains { $0.number == note.sku.rawValue } }, io)
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
        return Quote(
            id: QuoteID(note.digest), lines: [line], subtotal: total,
            shipping: Charge(label: "Shipping", amount: none), tax: Charge(label: "Taxes", amount: none),
            taxIncluded: false, duties: Charge(label: "Duties", amount: none), total: total,
            expiresAt: note.expiresAt, isGoodsOnly: true)
    }

    /// Keeps the basket under the quote's name, and forgets those of long ago.
    private func keep(_ note: ShopifyNote, for quote: Quote, _ io: ShopIO) async throws(ShopFailure) {
        try await io.keep(ShopifyNote.name(quote.id), try ShopNote.text(note))
        let ends = try await io.recallAll(ShopifyNote.prefix)
            .mapValues { ShopNote.value(ShopifyNote.self, $0)?.expiresAt.milliseconds ?? 0 }
        let oldest = ends.sorted { $0.value < $1.value }.map(\.key)
        for name in oldest.dropLast(Self.keptBaskets) { try await io.keep(name, nil) }
    }
}
