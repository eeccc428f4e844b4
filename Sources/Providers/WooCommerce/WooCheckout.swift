import Domain
import HTTPTransport
import LiveAPI
import Text

/// A purchase: the basket is looked at once more, what it will be found by is written down, and one request buys.
extension WooCommerceProvider {
    func place(_ intent: OrderIntent, _ account: Account?, _ now: Timestamp) throws(ShopFailure) -> ShopStep {
        guard let item = WooItem(intent.sku) else { throw .notFound }
        let contact = try ContactDetails.needed(of: account)
        // Claimed, so that no other question changes this basket between the last look and what buys.
        return .claim(WooBasket.name(intent.quote)) { (note) throws(ShopFailure) in
            guard let basket = ShopNote.value(WooBasket.self, note), basket.sku == intent.sku,
                basket.quantity == intent.quantity
            else { throw Self.outdated("The shop's total has to be asked for again.") }
            guard basket.contact == ShopNote.digest(contact.token) else {
                let changed = Self.outdated("Your address has changed: look at the total again.")
                return try giveBack(basket.draft(of: intent), changed)
            }
            guard WooPayment.isCompletedHere(intent.paymentMethod) else {
                return lookAgain(intent, item, basket, contact, now, draft: nil)
            }
            return askForDraft(basket) { draft, basket in lookAgain(intent, item, basket, contact, now, draft: draft) }
        }
    }

    private static func outdated(_ words: SafeText) -> ShopFailure {
        .refused(Refusal(code: "quote_expired", message: words))
    }

    /// Shops before 11.1 have no maximum to be told, so the total is compared just before: nothing is asked between this and
    /// what buys.
    private func lookAgain(
        _ intent: OrderIntent, _ item: WooItem, _ basket: WooBasket, _ contact: ContactDetails, _ now: Timestamp,
        draft: WooOrderReply?
    ) -> ShopStep {
        .send(get("/cart", [:], basket.session), isDecisive: false) { (response) throws(ShopFailure) in
            var basket = basket
            basket.session.take(response.headers)
            // A draft that has just been made holds the stock for this basket's session alone.
            if draft != nil { basket.hold(until: response.time(orLocal: now) + WooDraft.heldByLook) }
            do throws(ShopFailure) {
                return try compare(response, intent, item, basket, contact, now, draft: draft)
            } catch { return try giveBack(basket.draft(of: intent), error) }
        }
    }

    private func compare(
        _ response: HTTPResponse, _ intent: OrderIntent, _ item: WooItem, _ basket: WooBasket,
        _ contact: ContactDetails, _ now: Timestamp, draft: WooOrderReply?
    ) throws(ShopFailure) -> ShopStep {
        let cart = try WooReply(response).value(WooCart.self)
        let time = response.time(orLocal: now)
        guard time < intent.quoteExpiresAt else { throw Self.outdated("The total has run out.") }
        guard !cart.items.isEmpty, EmailAddress.isSame(cart.email, contact[.email]) else {
            throw Self.outdated("The shop has forgotten the basket.")
        }
        let quote = try quote(cart, basket, contact)
        guard quote.total.exceeds(intent.maximumTotal) == false else {
            return offer(quote, basket.selecting(cart), "It costs more now.")
        }
        guard basket.selected.map({ $0 == cart.selectedRates }) ?? true else {
            return offer(quote, basket.selecting(cart), "The shop delivers it in another way now.")
        }
        guard cart.paymentMethods.contains(intent.paymentMethod.rawValue) else {
            throw .refused(
                Refusal(code: "payment_method", message: "The shop does not take this way to pay for it."))
        }
        guard WooPayment.isCompletedHere(intent.paymentMethod) else {
            return try checkoutPage(item, cart.items.first, quantity: intent.quantity) { (page) throws(ShopFailure) in
                try handOver(intent, quote, page, at: time)
            }
        }
        let sale = Sale(intent: intent, quote: quote, basket: basket, contact: contact, time: time)
        return try buy(sale, sale.purchase(number: draft?.number, orderKey: draft?.key))
    }

    /// What a browser pays for is the browser's order from the beginning, in a basket of the browser's own: there is none
    /// here to be asked about.
    private func handOver(
        _ intent: OrderIntent, _ quote: Quote, _ address: String, at time: Timestamp
    ) throws(ShopFailure) -> ShopStep {
        guard let method = WooPayment.method(intent.paymentMethod.rawValue), let page = PaymentPage(address) else {
            throw .refused(Refusal(code: "no_page", message: "The shop has no page that this program would open."))
        }
        let handed = HandedOver(
            intent, quote, id: "page-" + intent.quote.rawValue, basket: nil, page: page, method: method, at: time)
        return .keep(handed.name, try ShopNote.text(handed)) {
            .keep(WooBasket.name(intent.quote), nil) { .answer(.order(handed.order)) }
        }
    }

    /// A no with the figures as they are now, in the same basket under a name of its own.
    private func offer(_ quote: Quote, _ basket: WooBasket, _ words: SafeText) -> ShopStep {
        var quote = quote
        quote.id = QuoteID(ShopNote.digest(quote.id.rawValue + quote.total.decimalString))
        let offered = quote
        return .recall(WooBasket.name(offered.id)) { (_) throws(ShopFailure) in
            .keep(WooBasket.name(offered.id), try ShopNote.text(basket)) { () throws(ShopFailure) in
                throw .refused(Refusal(code: "price_changed", message: words, quote: offered))
            }
        }
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

    /// Shops before 10.9 draft the order before it is bought, and tell its number and key: by them it is found should the
    /// reply to the purchase be lost. One that does not is gone on with.
    private func askForDraft(
        _ basket: WooBasket, _ next: @escaping @Sendable (WooOrderReply?, WooBasket) -> ShopStep
    ) -> ShopStep {
        .send(get("/checkout", [:], basket.session), isDecisive: false) { response in
            let reply = WooReply(response)
            var basket = basket
            basket.session.take(response.headers)
            let draft = reply.isSuccess ? try? reply.read(WooOrderReply.self) : nil
            return next(draft.flatMap { $0.number > 0 ? $0 : nil }, basket)
        }
    }

    private func buy(_ sale: Sale, _ purchase: WooPurchase) throws(ShopFailure) -> ShopStep {
        let checkout = try post(
            "/checkout", WooCheckoutBody(sale.contact, sale.intent.paymentMethod, most: sale.most), sale.basket.session,
            isFresh: true)
        return .keep(purchase.name, try ShopNote.text(purchase)) {
            .send(checkout, isDecisive: true) { (response) throws(ShopFailure) in
                try conclude(response, sale, purchase)
            }
        }
    }

    private func conclude(
        _ response: HTTPResponse, _ sale: Sale, _ purchase: WooPurchase
    ) throws(ShopFailure) -> ShopStep {
        let reply = WooReply(response)
        if let order = reply.orderOfFailedPayment { return try conclude(order, purchase, sale) }
        guard reply.isSuccess else { return try refuse(reply, sale, purchase) }
        let said = try reply.read(WooOrderReply.self)
        guard said.number > 0 else { throw .notUnderstood("the shop's reply names no order") }
        guard !said.hasFailed else { return try conclude(said, purchase, sale) }
        var placed = purchase.named(by: said)
        placed.state = .placed
        placed.session.take(response.headers)
        placed.take(status: said.status, at: sale.time)
        if placed.order.status == .unpaid || placed.order.awaitsTransfer { placed.order.checkoutURL = said.page }
        let bought = placed
        return .keep(placed.name, try ShopNote.text(placed)) {
            .keep(WooBasket.name(sale.intent.quote), nil) { askWhatItTook(bought) }
        }
    }

    /// The shop has made the order, and has not got the money.
    private func conclude(
        _ said: WooOrderReply, _ purchase: WooPurchase, _ sale: Sale
    ) throws(ShopFailure) -> ShopStep {
        var purchase = purchase
        purchase.refusal = (said.reason ?? "The shop did not take the payment.").string
        return try settle(purchase.named(by: said), status: said.status, at: sale.time)
    }

    /// What the order came to, where the shop shows it: its price may have risen in the moment of buying. It is bought
    /// whatever comes of this.
    private func askWhatItTook(_ placed: WooPurchase) -> ShopStep {
        let asking = ask(placed) { (reply) throws(ShopFailure) in
            guard case .order(let state, let time) = reply else { return .answer(.order(placed.order)) }
            var placed = placed
            placed.take(state, at: time)
            let order = placed.order
            return .keep(placed.name, try ShopNote.text(placed)) { .answer(.order(order)) }
        }
        return .attempt(asking) { result in
            if case .success(.order(let order)) = result {
                .answer(.order(order))
            } else {
                .answer(.order(placed.order))
            }
        }
    }

    /// What is not a success: the shop's own no, or something that says nothing of whether it was bought.
    private func refuse(
        _ reply: WooReply, _ sale: Sale, _ purchase: WooPurchase
    ) throws(ShopFailure) -> ShopStep {
        if (500..<600).contains(reply.response.status) { return try breakingOff(purchase, reply.failure) }
        if let busy = reply.busy { throw busy }
        guard let error = reply.error, (400..<500).contains(reply.response.status) else { throw reply.failure }
        guard error.code != WooError.paymentBrokeOff else { return try findUnpaid(purchase, error.message, sale) }
        // What stands between here and the shop says these, too, also of a request that it has let through.
        guard ![401, 404, 408, 413].contains(reply.response.status) || error.isAboutNonce else {
            throw .notUnderstood(error.message)
        }
        // Somebody on the way may have sent it twice: an empty basket may be one that has just been bought.
        guard error.code != WooError.cartEmpty else {
            throw .notUnderstood("the basket is empty; it is being found out whether it was bought")
        }
        guard error.code != WooError.noRoute else { throw .notUnderstood("the shop has no checkout at its address") }
        var refusal = error.refusal
        if let cart = error.cart {
            do throws(ShopFailure) {
                let quote = try quote(cart, sale.basket, sale.contact)
                if quote.total.exceeds(sale.intent.maximumTotal) == true {
                    var basket = sale.basket.selecting(cart)
                    basket.hold(until: sale.time + WooDraft.heldByTry)
                    let held = basket
                    return .keep(purchase.name, nil) { offer(quote, held, "It costs more now.") }
                }
            } catch {
                if case .refused(let said) = error, said.stock != nil { refusal.stock = said.stock }
            }
        }
        return forgetting(purchase, sale, .refused(refusal))
    }

    /// The payment was refused, after the order was made as a rule: the shop is asked which it is.
    private func findUnpaid(
        _ purchase: WooPurchase, _ reason: SafeText, _ sale: Sale
    ) throws(ShopFailure) -> ShopStep {
        var purchase = purchase
        purchase.hasBrokenOff = true
        purchase.refusal = reason.string
        let refused = purchase
        return .keep(refused.name, try ShopNote.text(refused)) {
            ask(refused) { (reply) throws(ShopFailure) in
                if case .order(let state, let time) = reply, state.status != WooStatus.draft {
                    return try settle(refused, state, at: time)
                }
                return askSessionForUnpaid(refused, reason, sale)
            }
        }
    }

    /// The session leads to an order that waits for its payment, by which the shop goes on with it.
    private func askSessionForUnpaid(_ purchase: WooPurchase, _ reason: SafeText, _ sale: Sale) -> ShopStep {
        .send(get("/checkout", [:], purchase.session), isDecisive: false) { (response) throws(ShopFailure) in
            let reply = WooReply(response)
            let time = response.time(orLocal: sale.time)
            guard reply.isSuccess, let said = try? reply.read(WooOrderReply.self), said.number > 0,
                purchase.number == nil || purchase.number == said.number
            else { throw .notUnderstood("the shop broke off while it was buying: " + reason) }
            guard said.status != WooStatus.draft else {
                return forgetting(purchase, sale, .refused(Refusal(code: "payment_failed", message: reason)))
            }
            return try settle(purchase.named(by: said), status: said.status, at: time)
        }
    }

    /// The shop had begun: what went wrong may have gone wrong after the order was made.
    private func breakingOff(_ purchase: WooPurchase, _ failure: ShopFailure) throws(ShopFailure) -> ShopStep {
        var purchase = purchase
        purchase.hasBrokenOff = true
        return .keep(purchase.name, try ShopNote.text(purchase)) { () throws(ShopFailure) in throw failure }
    }

    /// Nothing was bought: what was kept of it is good for nothing any more. Its basket is left to the next quote, since a
    /// draft of the order may hold the stock for it alone.
    private func forgetting(_ purchase: WooPurchase, _ sale: Sale, _ failure: ShopFailure) -> ShopStep {
        var basket = sale.basket
        basket.hold(until: sale.time + WooDraft.heldByTry)
        let held = basket
        return .keep(purchase.name, nil) { () throws(ShopFailure) in
            try giveBack(held.draft(of: sale.intent), failure)
        }
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
