import Domain
import HTTPTransport
import LiveAPI
import Text

/// A purchase: the basket is looked at once more, what it will be found by is written down, and one request buys.
extension WooCommerceProvider: ShopCheckout {
    /// It has no idempotency keys, and may change what it has called over.
    package var checkoutCapabilities: ShopCapabilities { [.orders, .reopensOrders] }

    package func place(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> Order {
        let io = io.renewingNonce()
        guard let item = WooItem(intent.sku) else { throw .notFound }
        let contact = try ContactDetails.needed(of: io.account)
        let isCompletedHere = WooPayment.isCompletedHere(intent.paymentMethod)
        var basket = try await claimBasket(for: intent, contact, io)
        let draft = isCompletedHere ? try await askForDraft(&basket, io) : nil

        // Shops before 11.1 have no maximum to be told, so the total is compared just before: nothing is asked between this
        // and what buys.
        let response = try await io.send(get("/cart", [:], basket.session))
        let time = response.time(orLocal: io.now)
        basket.session.take(response.headers)
        // A draft that has just been made holds the stock for this basket's session alone.
        if draft != nil { basket.hold(until: time + WooDraft.heldByLook) }
        let look: Look
        do throws(ShopFailure) { look = try compare(response, intent, basket, contact, at: time) } catch {
            throw try await givingBack(basket.draft(of: intent), error, io)
        }

        switch look {
        case .changed(let quote, let basket, let words): throw try await offering(quote, basket, words, io)
        case .same(let quote, let line) where !isCompletedHere:
            let page = try await checkoutPage(item, line, quantity: intent.quantity, io)
            return try await handOver(intent, quote, page, basket, at: time, io)
        case .same(let quote, _):
            let sale = Sale(intent: intent, quote: quote, basket: basket, contact: contact, time: time)
            return try await buy(sale, sale.purchase(number: draft?.number, orderKey: draft?.key), io)
        }
    }

    /// Takes the basket of the quote away from every other question, so that nothing changes it between the last look and
    /// what buys.
    private func claimBasket(
        for intent: OrderIntent, _ contact: ContactDetails, _ io: ShopIO
    ) async throws(ShopFailure) -> WooBasket {
        guard let basket = ShopNote.value(WooBasket.self, try await io.claim(WooBasket.name(intent.quote))),
            basket.sku == intent.sku, basket.quantity == intent.quantity
        else { throw Self.outdated("The shop's total has to be asked for again.") }
        guard basket.contact == ShopNote.digest(contact.token) else {
            let changed = Self.outdated("Your address has changed: look at the total again.")
            throw try await givingBack(basket.draft(of: intent), changed, io)
        }
        return basket
    }

    private static func outdated(_ words: SafeText) -> ShopFailure {
        .refused(Refusal(code: "quote_expired", message: words))
    }

    /// Shops before 10.9 draft the order before it is bought, and tell its number and key: by them it is found should the
    /// reply to the purchase be lost. One that does not is gone on with.
    private func askForDraft(_ basket: inout WooBasket, _ io: ShopIO) async throws(ShopFailure) -> WooOrderReply? {
        let response = try await io.send(get("/checkout", [:], basket.session))
        let reply = WooReply(response)
        basket.session.take(response.headers)
        let draft = reply.isSuccess ? try? reply.read(WooOrderReply.self) : nil
        return draft.flatMap { $0.number > 0 ? $0 : nil }
    }

    /// Outcome of the last look at the basket.
    private enum Look {
        /// As it was agreed to.
        case same(Quote, WooCart.Item?)
        /// Other figures, in the same basket.
        case changed(Quote, WooBasket, SafeText)
    }

    private func compare(
        _ response: HTTPResponse, _ intent: OrderIntent, _ basket: WooBasket, _ contact: ContactDetails,
        at time: Timestamp
    ) throws(ShopFailure) -> Look {
        let cart = try WooReply(response).value(WooCart.self)
        guard time < intent.quoteExpiresAt else { throw Self.outdated("The total has run out.") }
        guard !cart.items.isEmpty, EmailAddress.isSame(cart.email, contact[.email]) else {
            throw Self.outdated("The shop has forgotten the basket.")
        }
        let quote = try quote(cart, basket, contact)
        guard quote.total.exceeds(intent.maximumTotal) == false else {
            return .changed(quote, basket.selecting(cart), "It costs more now.")
        }
        guard basket.selected.map({ $0 == cart.selectedRates }) ?? true else {
            return .changed(quote, basket.selecting(cart), "The shop delivers it in another way now.")
        }
        guard cart.paymentMethods.contains(intent.paymentMethod.rawValue) else {
            throw .refused(
                Refusal(code: "payment_method", message: "The shop does not take this way to pay for it."))
        }
        return .same(quote, cart.items.first)
    }

    /// What a browser pays for is the browser's order from the beginning, in a basket of the browser's own: there is none
    /// here to be asked about.
    private func handOver(
        _ intent: OrderIntent, _ quote: Quote, _ address: String, _ basket: WooBasket, at time: Timestamp, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        guard let method = WooPayment.method(intent.paymentMethod.rawValue), let page = PaymentPage(address) else {
            let refusal = Refusal(code: "no_page", message: "The shop has no page that this program would open.")
            throw try await givingBack(basket.draft(of: intent), .refused(refusal), io)
        }
        let handed = HandedOver(
            intent, quote, id: "page-" + intent.quote.rawValue, basket: nil, page: page, method: method, at: time)
        try await io.keep(handed.name, try ShopNote.text(handed))
        try await io.keep(WooBasket.name(intent.quote), nil)
        return handed.order
    }

    /// Keeps the basket with its figures of now under a name of its own.
    /// - Returns: a no with these figures.
    private func offering(
        _ quote: Quote, _ basket: WooBasket, _ words: SafeText, _ io: ShopIO
    ) async throws(ShopFailure) -> ShopFailure {
        var quote = quote
        quote.id = QuoteID(ShopNote.digest(quote.id.rawValue + quote.total.decimalString))
        try await io.keep(WooBasket.name(quote.id), try ShopNote.text(basket))
        return .refused(Refusal(code: "price_changed", message: words, quote: quote))
    }

    /// What is about to be bought.
    private struct Sale: Sendable {
        let intent: OrderIntent
        let quote: Quote
        var basket: WooBasket
        let contact: ContactDetails
        let time: Timestamp

        /// What was agreed to, in the unit that the shop counts in.
        var most: Money { intent.maximumTotal.rescaled(to: quote.total.exponent) ?? quote.total }

        func purchase(number: Int?, orderKey: String?) -> WooPurchase {
            let id = number.map { OrderID(String($0)) } ?? OrderID.ofBasket(intent.quote.rawValue)
            let status = WooStatus.whenPlaced(by: intent.paymentMethod)
            let order = Order(
                id: id, key: intent.key, status: status, lines: quote.lines, total: quote.total,
                placedAt: time, bill: OrderBill(quote), payment: WooPayment.method(intent.paymentMethod.rawValue),
                address: quote.address, course: OrderCourse(history: [OrderCourse.Step(status, at: time)]))
            return WooPurchase(
                state: .sent, session: basket.session, email: contact[.email], number: number, orderKey: orderKey,
                order: order, canAsk: true, askedAt: time, agreed: most)
        }
    }

    /// Writes down what it is found by, and buys.
    private func buy(_ sale: Sale, _ purchase: WooPurchase, _ io: ShopIO) async throws(ShopFailure) -> Order {
        let checkout = try post(
            "/checkout", WooCheckoutBody(sale.contact, sale.intent.paymentMethod, most: sale.most), sale.basket.session,
            isFresh: true)
        try await io.keep(purchase.name, try ShopNote.text(purchase))
        let response = try await io.decide(checkout)

        let reply = WooReply(response)
        if let order = reply.orderOfFailedPayment { return try await settleUnpaid(order, purchase, sale, io) }
        guard reply.isSuccess else { return try await refuse(reply, sale, purchase, io) }
        let said = try reply.read(WooOrderReply.self)
        guard said.number > 0 else { throw .notUnderstood("the shop's reply names no order") }
        guard !said.hasFailed else { return try await settleUnpaid(said, purchase, sale, io) }

        var placed = purchase.named(by: said)
        placed.state = .placed
        placed.session.take(response.headers)
        placed.take(status: said.status, at: sale.time)
        if placed.order.status == .unpaid || placed.order.awaitsTransfer { placed.order.checkoutURL = said.page }
        try await io.keep(placed.name, try ShopNote.text(placed))
        try await io.keep(WooBasket.name(sale.intent.quote), nil)
        // It is bought whatever comes of this.
        return (try? await askWhatItTook(placed, io)) ?? placed.order
    }

    /// Asks what the order came to, where the shop shows it: its price may have risen in the moment of buying.
    private func askWhatItTook(_ placed: WooPurchase, _ io: ShopIO) async throws(ShopFailure) -> Order {
        guard case .order(let state, let time) = try await ask(placed, io) else { return placed.order }
        var placed = placed
        placed.take(state, at: time)
        try await io.keep(placed.name, try ShopNote.text(placed))
        return placed.order
    }

    // MARK: Not bought, or not paid

    /// The shop has made the order, and has not got the money.
    private func settleUnpaid(
        _ said: WooOrderReply, _ purchase: WooPurchase, _ sale: Sale, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        var purchase = purchase
        purchase.refusal = (said.reason ?? "The shop did not take the payment.").string
        return try await settle(purchase.named(by: said), status: said.status, at: sale.time, io)
    }

    /// What is not a success: the shop's own no, or something that says nothing of whether it was bought.
    private func refuse(
        _ reply: WooReply, _ sale: Sale, _ purchase: WooPurchase, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        if (500..<600).contains(reply.response.status) {
            // The shop had begun: what went wrong may have gone wrong after the order was made.
            var broken = purchase
            broken.hasBrokenOff = true
            try await io.keep(broken.name, try ShopNote.text(broken))
            throw reply.failure
        }
        if let busy = reply.busy { throw busy }
        guard let error = reply.error, (400..<500).contains(reply.response.status) else { throw reply.failure }
        guard error.code != WooError.paymentBrokeOff else {
            return try await findUnpaid(purchase, error.message, sale, io)
        }
        // What stands between here and the shop says these, too, also of a request that it has let through.
        guard ![401, 404, 408, 413].contains(reply.response.status) || error.isAboutNonce else {
            throw .notUnderstood(error.message)
        }
        // Somebody on the way may have sent it twice: an empty basket may be one that has just been bought.
        guard error.code != WooError.cartEmpty else {
            throw .notUnderstood("the basket is empty; it is being found out whether it was bought")
        }
        guard error.code != WooError.noRoute else { throw .notUnderstood("the shop has no checkout at its address") }
        throw try await refusing(error, sale, purchase, io)
    }

    /// Forgets the purchase, of which the shop has said no.
    /// - Returns: its no, with the figures of now where these are the reason.
    private func refusing(
        _ error: WooError, _ sale: Sale, _ purchase: WooPurchase, _ io: ShopIO
    ) async throws(ShopFailure) -> ShopFailure {
        var refusal = error.refusal
        var dearer: Quote?
        if let cart = error.cart {
            do throws(ShopFailure) {
                let quote = try quote(cart, sale.basket, sale.contact)
                if quote.total.exceeds(sale.intent.maximumTotal) == true { dearer = quote }
            } catch {
                if case .refused(let said) = error, said.stock != nil { refusal.stock = said.stock }
            }
        }
        guard let dearer, let cart = error.cart else { return try await forgetting(purchase, sale, refusal, io) }
        var basket = sale.basket.selecting(cart)
        basket.hold(until: sale.time + WooDraft.heldByTry)
        try await io.keep(purchase.name, nil)
        return try await offering(dearer, basket, "It costs more now.", io)
    }

    /// The payment was refused, after the order was made as a rule: the shop is asked which it is.
    private func findUnpaid(
        _ purchase: WooPurchase, _ reason: SafeText, _ sale: Sale, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        var refused = purchase
        refused.hasBrokenOff = true
        refused.refusal = reason.string
        try await io.keep(refused.name, try ShopNote.text(refused))
        if case .order(let state, let time) = try await ask(refused, io), state.status != WooStatus.draft {
            return try await settle(refused, state, at: time, io)
        }
        // The session leads to an order that waits for its payment, by which the shop goes on with it.
        let response = try await io.send(get("/checkout", [:], refused.session))
        let reply = WooReply(response)
        guard reply.isSuccess, let said = try? reply.read(WooOrderReply.self), said.number > 0,
            refused.number == nil || refused.number == said.number
        else { throw .notUnderstood("the shop broke off while it was buying: " + reason) }
        guard said.status != WooStatus.draft else {
            let refusal = Refusal(code: "payment_failed", message: reason)
            throw try await forgetting(refused, sale, refusal, io)
        }
        let time = response.time(orLocal: sale.time)
        return try await settle(refused.named(by: said), status: said.status, at: time, io)
    }

    /// Forgets the purchase: nothing was bought. Its basket is left to the next quote, since a draft of the order may hold the
    /// stock for it alone.
    /// - Returns: the shop's no.
    private func forgetting(
        _ purchase: WooPurchase, _ sale: Sale, _ refusal: Refusal, _ io: ShopIO
    ) async throws(ShopFailure) -> ShopFailure {
        var basket = sale.basket
        basket.hold(until: sale.time + WooDraft.heldByTry)
        try await io.keep(purchase.name, nil)
        return try await givingBack(basket.draft(of: sale.intent), .refused(refusal), io)
    }
}

/// The body of `POST /checkout`.
private struct WooCheckoutBody: Encodable {
    let billing_address: WooAddress
    let shipping_address: WooAddress
    let payment_method: String
    /// In the smallest unit, as amounts in baskets are. A total above it is refused since 11.1; older shops do not read it.
    let expected_total: String

    init(_ contact: ContactDetails, _ method: PaymentMethodID, most: Money) {
        billing_address = WooAddress(details: contact, withEmail: true)
        shipping_address = WooAddress(details: contact, withEmail: false)
        payment_method = method.rawValue
        expected_total = String(most.amount)
    }
}

/// What `/checkout` says of the order: of a draft, or of one that was placed.
struct WooOrderReply: Decodable, Sendable {
    let number: Int
    let key: String
    let status: String
    /// The payment went wrong.
    let hasFailed: Bool
    /// Why it did, where the way to pay says so.
    let reason: SafeText?
    /// Where it is to be paid, or was ordered.
    let page: String?

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        number = try wire.count("order_id")
        key = try wire.get("order_key")
        status = try wire.get("status")
        let result = try? wire.object("payment_result")
        let outcome: String? = try? result?.find("payment_status")
        hasFailed = outcome == "failure" || outcome == "error" || status == "failed"
        page = try? result?.findLink("redirect_url")
        let details: [Detail] = (try? result?.list("payment_details")) ?? []
        let words = details.first { Detail.reasons.contains($0.key) && !$0.value.isEmpty }?.value
        reason = words.map { HTMLText.safe($0, limit: 200) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Words of a way to pay about a payment.
    private struct Detail: Decodable {
        static let reasons: Set = ["errorMessage", "error_message", "message"]
        let key, value: String

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            key = try wire.get("key")
            value = try wire.get("value")
        }
    }
}

extension WooReply {
    /// A payment that failed comes with its order, under a status that is no success.
    fileprivate var orderOfFailedPayment: WooOrderReply? {
        guard !isSuccess, let said = try? read(WooOrderReply.self), said.number > 0, said.hasFailed else { return nil }
        return said
    }
}
