import Domain
import HTTPTransport
import Text

extension WooCommerceProvider {
    /// How long a total is shown as one that holds: it is compared with the shop's again before anything is bought.
    private static let quoteHolds = Duration.seconds(300)
    /// Baskets that are remembered beside the newest.
    private static let keptBaskets = 8

    /// Item and number that a quote is asked for.
    struct Wish: Sendable {
        let item: WooItem
        let sku: SKU
        let quantity: Int
        let deliveries: DeliveryChoice
        let contact: ContactDetails
        let now: Timestamp
    }

    /// A new basket for each quote: fetched, filled, addressed, and sent the way that suits. After a checkout that the shop
    /// refused, its basket is used again: what the draft of that order holds is free for its own session alone.
    func quote(
        _ sku: SKU, _ quantity: Int, _ deliveries: DeliveryChoice, _ account: Account?, _ now: Timestamp
    ) throws(ShopFailure) -> ShopStep {
        guard Quote.quantities.contains(quantity) else { throw .notSent("the quantity must be from 1 to 99") }
        guard let item = WooItem(sku) else { throw .notFound }
        let wish = Wish(
            item: item, sku: sku, quantity: quantity, deliveries: deliveries,
            contact: try ContactDetails.needed(of: account), now: now)
        return claimDraft(now) { (draft) throws(ShopFailure) in
            guard let draft else { return begin(wish) }
            // Whatever goes wrong, the line too: the next quote finds that basket again.
            return .attempt(empty(draft, wish)) { (result) throws(ShopFailure) in
                switch result {
                case .success(let answer): .answer(answer)
                case .failure(let failure): try giveBack(draft, failure)
                }
            }
        }
    }

    private func begin(_ wish: Wish) -> ShopStep {
        .send(get("/cart"), isDecisive: false) { (response) throws(ShopFailure) in
            guard WooReply(response).isSuccess else { throw WooReply(response).failure }
            return try fill(WooSession().renewed(by: response), wish, draft: nil)
        }
    }

    /// Takes everything out of the basket of an earlier try.
    private func empty(_ draft: WooDraft, _ wish: Wish) -> ShopStep {
        .send(get("/cart", [:], draft.basket.session), isDecisive: false) { (response) throws(ShopFailure) in
            let reply = WooReply(response)
            if let busy = reply.busy { throw busy }
            guard let cart = try? reply.value(WooCart.self) else { return begin(wish) }
            return try empty(cart.items[...], draft.basket.session.renewed(by: response), draft, wish)
        }
    }

    private func empty(
        _ items: ArraySlice<WooCart.Item>, _ session: WooSession, _ draft: WooDraft, _ wish: Wish
    ) throws(ShopFailure) -> ShopStep {
        guard let item = items.first else { return try fill(session, wish, draft: draft) }
        let request = try post("/cart/remove-item", ["key": item.key], session)
        return .send(request, isDecisive: false) { (response) throws(ShopFailure) in
            guard WooReply(response).isSuccess else { return begin(wish) }
            return try empty(items.dropFirst(), session.renewed(by: response), draft, wish)
        }
    }

    /// - Parameter draft: an earlier try whose basket this is.
    private func fill(_ session: WooSession, _ wish: Wish, draft: WooDraft?) throws(ShopFailure) -> ShopStep {
        let request = try post("/cart/add-item", WooAddition(wish.item, wish.quantity), session)
        return .send(request, isDecisive: false) { (response) throws(ShopFailure) in
            let reply = WooReply(response)
            guard reply.isSuccess else { return try refuseToFill(reply, wish) }
            let session = session.renewed(by: response)
            let customer = try post("/cart/update-customer", WooCustomer(wish.contact), session)
            return .send(customer, isDecisive: false) { (response) throws(ShopFailure) in
                let cart = try WooReply(response).value(WooCart.self)
                return try chooseDeliveries(
                    wish.deliveries, cart, cart.packages[...], session.renewed(by: response)
                ) { (cart, session) throws(ShopFailure) in
                    let basket = WooBasket(
                        session: session, sku: wish.sku, quantity: wish.quantity,
                        contact: ShopNote.digest(wish.contact.token),
                        expiresAt: response.time(orLocal: wish.now) + Self.quoteHolds, wish.deliveries,
                        selected: cart.selectedRates, heldUntil: draft?.basket.heldUntil)
                    return try answer(cart, basket, wish.contact)
                }
            }
        }
    }

    /// Stock that is missing may be held by an earlier try of the shopper's own, which is not over.
    private func refuseToFill(_ reply: WooReply, _ wish: Wish) throws(ShopFailure) -> ShopStep {
        guard reply.busy == nil, let error = reply.error, WooError.aboutStock.contains(error.code) else {
            throw reply.failure.asRefusal
        }
        return findHold(on: wish) { (hold) throws(ShopFailure) in
            if WooError.partlyOutOfStock.contains(error.code) { return askHowManyAreLeft(wish.item, error, hold) }
            throw .refused(error.refusal.adding(hold))
        }
    }

    /// The shop says how many there are in words of its language; the product has the number.
    private func askHowManyAreLeft(_ item: WooItem, _ error: WooError, _ hold: SafeText?) -> ShopStep {
        .send(get("/products/\(item.id)"), isDecisive: false) { (response) throws(ShopFailure) in
            let product = try? WooReply(response).value(WooProduct.self)
            let refusal = Refusal(
                code: error.code, message: error.message, stock: product?.remaining,
                quantities: product?.quantities)
            throw .refused(refusal.adding(hold))
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
        let figures = WooFigures(cart, line)
        let shipments = try Self.requireDeliveries(cart, basket.choice, isTaxIncluded: figures.isTaxIncluded)
        guard !cart.paymentMethods.isEmpty else {
            throw .refused(Refusal(code: "no_payment", message: "The shop has no way to pay for this."))
        }
        let name = ShopNote.digest((basket.session.token ?? "") + "\(basket.expiresAt.milliseconds)")
        return try figures.quote(
            id: QuoteID(name), sku: basket.sku, address: contact.address, expiresAt: basket.expiresAt, shipments)
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
