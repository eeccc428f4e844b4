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
    }

    /// A new basket for each quote: fetched, filled, addressed, and sent the way that suits. After a checkout that the shop
    /// refused, its basket is used again: what the draft of that order holds is free for its own session alone.
    package func quote(
        _ sku: SKU, quantity: Int, show: ShowID?, _ deliveries: DeliveryChoice, _ io: ShopIO
    ) async throws(ShopFailure) -> Quote {
        let io = io.renewingNonce()
        guard Quote.quantities.contains(quantity) else { throw .notSent("the quantity must be from 1 to 99") }
        guard let item = WooItem(sku) else { throw .notFound }
        let wish = Wish(
            item: item, sku: sku, quantity: quantity, deliveries: deliveries,
            contact: try ContactDetails.needed(of: io.account))
        guard let draft = try await claimDraft(io) else { return try await fillNew(wish, io) }
        do throws(ShopFailure) { return try await refill(draft, wish, io) } catch {
            // Whatever goes wrong, the line too: the next quote finds that basket again.
            throw try await givingBack(draft, error, io)
        }
    }

    private func fillNew(_ wish: Wish, _ io: ShopIO) async throws(ShopFailure) -> Quote {
        let response = try await io.send(get("/cart"))
        guard WooReply(response).isSuccess else { throw WooReply(response).failure }
        return try await fill(WooSession().renewed(by: response), wish, draft: nil, io)
    }

    /// Takes everything out of the basket of an earlier try, and fills it.
    private func refill(_ draft: WooDraft, _ wish: Wish, _ io: ShopIO) async throws(ShopFailure) -> Quote {
        let response = try await io.send(get("/cart", [:], draft.basket.session))
        let reply = WooReply(response)
        if let busy = reply.busy { throw busy }
        guard let cart = try? reply.value(WooCart.self) else { return try await fillNew(wish, io) }
        var session = draft.basket.session.renewed(by: response)
        for item in cart.items {
            let response = try await io.send(try post("/cart/remove-item", ["key": item.key], session))
            guard WooReply(response).isSuccess else { return try await fillNew(wish, io) }
            session.take(response.headers)
        }
        return try await fill(session, wish, draft: draft, io)
    }

    /// - Parameter draft: an earlier try whose basket this is.
    private func fill(
        _ session: WooSession, _ wish: Wish, draft: WooDraft?, _ io: ShopIO
    ) async throws(ShopFailure) -> Quote {
        var session = session
        let added = try await io.send(try post("/cart/add-item", WooAddition(wish.item, wish.quantity), session))
        guard WooReply(added).isSuccess else { throw try await refusal(toFill: wish, WooReply(added), io) }
        session.take(added.headers)

        let addressed = try await io.send(try post("/cart/update-customer", WooCustomer(wish.contact), session))
        var cart = try WooReply(addressed).value(WooCart.self)
        session.take(addressed.headers)

        (cart, session) = try await chooseDeliveries(wish.deliveries, cart, session, io)
        let basket = WooBasket(
            session: session, sku: wish.sku, quantity: wish.quantity, contact: ShopNote.digest(wish.contact.token),
            expiresAt: addressed.time(orLocal: io.now) + Self.quoteHolds, wish.deliveries,
            selected: cart.selectedRates, heldUntil: draft?.basket.heldUntil)
        let quote = try quote(cart, basket, wish.contact)
        try await keep(basket, for: quote, io)
        return quote
    }

    /// Why the shop does not put it into the basket. Stock that is missing may be held by an earlier try of the shopper's
    /// own, which is not over.
    private func refusal(
        toFill wish: Wish, _ reply: WooReply, _ io: ShopIO
    ) async throws(ShopFailure) -> ShopFailure {
        guard reply.busy == nil, let error = reply.error, WooError.aboutStock.contains(error.code) else {
            return reply.failure.asRefusal
        }
        let hold = try await findHold(on: wish, io)
        guard WooError.partlyOutOfStock.contains(error.code) else { return .refused(error.refusal.adding(hold)) }
        // The shop says how many there are in words of its language; the product has the number.
        let response = try await io.send(get("/products/\(wish.item.id)"))
        let product = try? WooReply(response).value(WooProduct.self)
        let refusal = Refusal(
            code: error.code, message: error.message, stock: product?.remaining, quantities: product?.quantities)
        return .refused(refusal.adding(hold))
    }

    /// Keeps the basket under the quote's name, and forgets those of long ago.
    private func keep(_ basket: WooBasket, for quote: Quote, _ io: ShopIO) async throws(ShopFailure) {
        try await io.keep(WooBasket.name(quote.id), try ShopNote.text(basket))
        let notes = try await io.recallAll(WooBasket.prefix)
        let known = notes.compactMapValues { ShopNote.value(WooBasket.self, $0) }
        let oldest = notes.keys.sorted {
            (known[$0]?.expiresAt ?? Timestamp(seconds: 0)) < (known[$1]?.expiresAt ?? Timestamp(seconds: 0))
        }
        for name in oldest.dropLast(Self.keptBaskets) { try await io.keep(name, nil) }
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
