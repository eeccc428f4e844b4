import Domain
import HTTPTransport
import Text

extension WooCommerceProvider {
    /// How long a total is shown as one that holds: it is compared with the shop's again before anything is bought.
    private static let quoteHolds = Duration.seconds(300)
    /// Baskets that are remembered beside the newest.
    private static let keptBaskets = 8

    /// A new basket for each quote: fetched, filled, addressed, and sent the way that suits.
    func quote(_ sku: SKU, _ quantity: Int, _ account: Account?, _ now: Timestamp) throws(ShopFailure) -> ShopStep {
        guard Quote.quantities.contains(quantity) else { throw .notSent("the quantity must be from 1 to 99") }
        guard let item = WooItem(sku) else { throw .notFound }
        let contact = try ContactDetails.needed(of: account)
        return .send(get("/cart"), isDecisive: false) { (response) throws(ShopFailure) in
            guard WooReply(response).isSuccess else { throw WooReply(response).failure }
            return try fill(WooSession().renewed(by: response), item, sku, quantity, contact, now)
        }
    }

    private func fill(
        _ session: WooSession, _ item: WooItem, _ sku: SKU, _ quantity: Int, _ contact: ContactDetails,
        _ now: Timestamp
    ) throws(ShopFailure) -> ShopStep {
        let request = try post("/cart/add-item", WooAddition(item, quantity), session)
        return .send(request, isDecisive: false) { (response) throws(ShopFailure) in
            let reply = WooReply(response)
            guard reply.isSuccess else {
                if let error = reply.error, WooError.partlyOutOfStock.contains(error.code), reply.busy == nil {
                    return askHowManyAreLeft(item, error)
                }
                throw reply.failure.asRefusal
            }
            let session = session.renewed(by: response)
            let customer = try post("/cart/update-customer", WooCustomer(contact), session)
            return .send(customer, isDecisive: false) { (response) throws(ShopFailure) in
                let cart = try WooReply(response).value(WooCart.self)
                let basket = WooBasket(
                    session: session.renewed(by: response), sku: sku, quantity: quantity,
                    contact: ShopNote.digest(contact.token), expiresAt: response.time(orLocal: now) + Self.quoteHolds)
                return try chooseShipping(cart, cart.packages[...], basket, contact)
            }
        }
    }

    /// The shop says how many there are in words of its language; the product has the number.
    private func askHowManyAreLeft(_ item: WooItem, _ error: WooError) -> ShopStep {
        .send(get("/products/\(item.id)"), isDecisive: false) { (response) throws(ShopFailure) in
            let product = try? WooReply(response).value(WooProduct.self)
            throw .refused(Refusal(code: error.code, message: error.message, stock: product?.stock))
        }
    }

    private func chooseShipping(
        _ cart: WooCart, _ packages: ArraySlice<WooPackage>, _ basket: WooBasket, _ contact: ContactDetails
    ) throws(ShopFailure) -> ShopStep {
        guard let package = packages.first else { return try answer(cart, basket, contact) }
        guard let rate = package.better else {
            return try chooseShipping(cart, packages.dropFirst(), basket, contact)
        }
        let choice = WooRateChoice(package_id: package.name, rate_id: rate.id)
        let request = try post("/cart/select-shipping-rate", choice, basket.session)
        return .send(request, isDecisive: false) { (response) throws(ShopFailure) in
            let cart = try WooReply(response).value(WooCart.self)
            var basket = basket
            basket.session.take(response.headers)
            return try chooseShipping(cart, packages.dropFirst(), basket, contact)
        }
    }

    /// Keeps the basket under the quote's name, forgets those of long ago, and answers.
    private func answer(
        _ cart: WooCart, _ basket: WooBasket, _ contact: ContactDetails
    ) throws(ShopFailure) -> ShopStep {
        let quote = try quote(cart, basket, contact)
        return .keep(WooBasket.name(quote.id), try ShopNote.text(basket)) {
            .recallAll(WooBasket.prefix) { notes in
                let known = notes.compactMapValues { ShopNote.value(WooBasket.self, $0) }
                let oldest = notes.keys.sorted {
                    (known[$0]?.expiresAt ?? Timestamp(seconds: 0)) < (known[$1]?.expiresAt ?? Timestamp(seconds: 0))
                }
                return forget(oldest.dropLast(Self.keptBaskets)[...]) { .answer(.quote(quote)) }
            }
        }
    }

    private func forget(_ names: ArraySlice<String>, _ next: @escaping @Sendable () -> ShopStep) -> ShopStep {
        guard let name = names.first else { return next() }
        return .keep(name, nil) { forget(names.dropFirst(), next) }
    }

    /// What a basket costs, as a quote.
    /// - Throws: `.refused` where it cannot be bought as it is.
    func quote(_ cart: WooCart, _ basket: WooBasket, _ contact: ContactDetails) throws(ShopFailure) -> Quote {
        if let problem = cart.problems.first {
            let isSoldOut = WooError.outOfStock.contains(problem.code)
            throw .refused(Refusal(code: problem.code, message: problem.message, stock: isSoldOut ? 0 : nil))
        }
        guard let item = WooItem(basket.sku), cart.holds(item, quantity: basket.quantity), let line = cart.items.first
        else {
            if let line = cart.items.first, cart.items.count == 1, line.id == WooItem(basket.sku)?.id {
                throw .refused(Self.correction(of: basket.quantity, line))
            }
            throw .refused(
                Refusal(code: "basket_differs", message: "The shop's basket holds something else than this."))
        }
        let shipping = try Self.shipping(cart)
        guard !cart.paymentMethods.isEmpty else {
            throw .refused(Refusal(code: "no_payment", message: "The shop has no way to pay for this."))
        }
        let name = ShopNote.digest((basket.session.token ?? "") + "\(basket.expiresAt.milliseconds)")
        return try WooFigures(cart, line, shipping).quote(
            id: QuoteID(name), sku: basket.sku, address: contact.address, expiresAt: basket.expiresAt)
    }

    /// A number that the shop does not sell it in becomes another one, without a word.
    private static func correction(of quantity: Int, _ line: WooCart.Item) -> Refusal {
        let rule = line.quantities
        let words = rule.allows(quantity) ? nil : rule.words
        let reason = words.map { "The shop sells it " + $0 + "; " } ?? "The shop does not sell it in this number; "
        return Refusal(
            code: "quantity", message: reason + SafeText("\(quantity) would become \(line.quantity)."),
            quantities: words == nil ? nil : rule)
    }

    private static func shipping(_ cart: WooCart) throws(ShopFailure) -> SafeText {
        guard cart.needsShipping else { return "Shipping" }
        let chosen = cart.packages.compactMap(\.selected)
        guard !chosen.isEmpty, chosen.count == cart.packages.count, cart.totals.shipping != nil else {
            throw .refused(
                Refusal(code: "no_shipping", message: "The shop does not send this to your address."))
        }
        return chosen.count == 1 ? chosen[0].name : "Shipping"
    }
}

extension ShopFailure {
    /// What is asked about being gone is a reason to be told.
    fileprivate var asRefusal: ShopFailure {
        guard self == .notFound else { return self }
        return .refused(Refusal(code: "not_found", message: "The shop no longer has this."))
    }
}

/// The body of `/cart/add-item`.
private struct WooAddition: Encodable {
    let id: Int
    let quantity: Int
    let variation: [WooItem.Attribute]?

    init(_ item: WooItem, _ quantity: Int) {
        id = item.id
        self.quantity = quantity
        variation = item.attributes.isEmpty ? nil : item.attributes
    }
}

/// The body of `/cart/select-shipping-rate`.
private struct WooRateChoice: Encodable {
    let package_id: WooPackage.Name
    let rate_id: String
}
