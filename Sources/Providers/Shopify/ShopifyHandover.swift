import Domain
import HTTPTransport
import Text

/// From what was agreed to, to the shop's page: the basket is looked at once more, what is handed over is written down,
/// and nothing is bought. What becomes of the basket is asked afterwards.
extension ShopifyProvider {
    /// How old what is known of a basket may be while somebody waits for news of it: the older it gets, the longer.
    private static func askedAgainAfter(_ age: Duration) -> Duration { min(max(age / 10, .seconds(10)), .seconds(300)) }
    /// And while it stands in a list.
    private static let listedAgainAfter = Duration.seconds(60)
    /// So many are asked for at a time.
    private static let mostAsked = 3

    func handOver(_ intent: OrderIntent, _ now: Timestamp) -> ShopStep {
        .recall(ShopifyNote.name(intent.quote)) { (note) throws(ShopFailure) in
            guard let note = ShopNote.value(ShopifyNote.self, note), note.sku == intent.sku,
                note.quantity == intent.quantity
            else { throw Self.outdated("The shop's total has to be asked for again.") }
            guard let id = note.basket else { return lookIntoList(intent, note, now) }
            return .send(try post(.basket(id, country: note.country)), isDecisive: false) {
                (response) throws(ShopFailure) in
                let time = response.time(orLocal: now)
                guard let basket = try ShopifyReply(response).data(ShopifyBasketReply.self).basket else {
                    throw Self.outdated("The shop has forgotten the basket.")
                }
                return try conclude(intent, note, try basket.quote(for: note), page: basket.page, at: time)
            }
        }
    }

    private static func outdated(_ words: SafeText) -> ShopFailure {
        .refused(Refusal(code: "quote_expired", message: words))
    }

    private func lookIntoList(_ intent: OrderIntent, _ note: ShopifyNote, _ now: Timestamp) -> ShopStep {
        // As the shop's pages name a basket that is to be made.
        let page = origin + "/cart/\(note.sku.rawValue):\(note.quantity)"
        return findList(now) { (currency) throws(ShopFailure) in
            quoteFromList(note, currency) { (quote, note) throws(ShopFailure) in
                try conclude(intent, note, quote, page: page, at: now)
            }
        }
    }

    /// The shop has no maximum to be told, so its figures are compared just before.
    private func conclude(
        _ intent: OrderIntent, _ note: ShopifyNote, _ quote: Quote, page: String, at time: Timestamp
    ) throws(ShopFailure) -> ShopStep {
        guard time < intent.quoteExpiresAt else { throw Self.outdated("The total has run out.") }
        guard quote.total.exceeds(intent.maximumTotal) == false else { return try offer(quote, note) }
        guard let page = PaymentPage(page) else {
            throw .refused(
                Refusal(code: "no_page", message: "The shop names no page that this program would open."))
        }
        let handed = HandedOver(
            intent, quote, id: "cart-" + note.digest, basket: note.basket, page: page, method: HandedOver.method,
            at: time)
        return .keep(handed.name, try ShopNote.text(handed)) {
            .keep(ShopifyNote.name(intent.quote), nil) { .answer(.order(handed.order)) }
        }
    }

    /// A no with the figures as they are now, for the same basket under a name of its own.
    private func offer(_ quote: Quote, _ note: ShopifyNote) throws(ShopFailure) -> ShopStep {
        var quote = quote
        quote.id = QuoteID(ShopNote.digest(quote.id.rawValue + quote.total.decimalString))
        let offered = quote
        return .keep(ShopifyNote.name(offered.id), try ShopNote.text(note)) { () throws(ShopFailure) in
            throw .refused(Refusal(code: "price_changed", message: "It costs more now.", quote: offered))
        }
    }

    // MARK: What has become of it

    func listOrders(_ now: Timestamp) -> ShopStep {
        .recallAll(HandedOver.prefix) { (notes) throws(ShopFailure) in
            let all = HandedOver.all(in: notes, now)
            let due = all.filter { $0.isOpen && now - $0.askedAt >= Self.listedAgainAfter }
            return try refresh(due.prefix(Self.mostAsked), now) { fresh in
                .answer(.orders(all.map { fresh[$0.name] ?? $0.order }, nextCursor: nil))
            }
        }
    }

    func showOrder(_ id: OrderID, _ now: Timestamp) -> ShopStep {
        find(id, now) { (handed) throws(ShopFailure) in
            let pause = Self.askedAgainAfter(now - handed.order.placedAt)
            let isDue = handed.isOpen && now - handed.askedAt >= pause
            return try refresh(isDue ? [handed] : [], now) { fresh in
                .answer(.order(fresh[handed.name] ?? handed.order))
            }
        }
    }

    private func find(
        _ id: OrderID, _ now: Timestamp, _ next: @escaping @Sendable (HandedOver) throws(ShopFailure) -> ShopStep
    ) -> ShopStep {
        .recallAll(HandedOver.prefix) { (notes) throws(ShopFailure) in
            guard let handed = HandedOver.all(in: notes, now).first(where: { $0.order.id == id }) else {
                throw .notFound
            }
            return try next(handed)
        }
    }

    /// Asks for each basket, one after the other, and keeps what has changed.
    private func refresh(
        _ due: ArraySlice<HandedOver>, _ now: Timestamp, known: [String: Order] = [:],
        _ next: @escaping @Sendable ([String: Order]) -> ShopStep
    ) throws(ShopFailure) -> ShopStep {
        guard var handed = due.first else { return next(known) }
        @Sendable func goOn(_ handed: HandedOver) throws(ShopFailure) -> ShopStep {
            let fresh = known.merging([handed.name: handed.order]) { $1 }
            return .keep(handed.name, try ShopNote.text(handed)) { () throws(ShopFailure) in
                try refresh(due.dropFirst(), now, known: fresh, next)
            }
        }
        handed.askedAt = now
        guard let id = handed.basket else { return try goOn(handed) }
        let asked = handed
        return .send(try post(.basket(id, country: nil)), isDecisive: false) { (response) throws(ShopFailure) in
            var handed = asked
            if try ShopifyReply(response).data(ShopifyBasketReply.self).basket == nil {
                handed.end(as: .gone, at: response.time(orLocal: now))
            }
            return try goOn(handed)
        }
    }

    // MARK: Not wanted any more

    /// Takes everything out of the basket, so that its page sells nothing any more.
    func emptyBasket(of id: OrderID, _ now: Timestamp) -> ShopStep {
        find(id, now) { (handed) throws(ShopFailure) in
            guard handed.isOpen else {
                throw .refused(HandedOver.isOver)
            }
            guard let basket = handed.basket else { return try HandedOver.letGo(handed, now) }
            return .send(try post(.basket(basket, country: nil)), isDecisive: false) {
                (response) throws(ShopFailure) in
                guard let found = try ShopifyReply(response).data(ShopifyBasketReply.self).basket else {
                    var over = handed
                    over.end(as: .gone, at: response.time(orLocal: now))
                    return .keep(over.name, try ShopNote.text(over)) { () throws(ShopFailure) in
                        throw .refused(
                            Refusal(
                                code: "not_open",
                                message: "The shop has the basket no more: it was bought, or it has expired."))
                    }
                }
                return try empty(found, of: handed, now)
            }
        }
    }

    private func empty(
        _ basket: ShopifyBasket, of handed: HandedOver, _ now: Timestamp
    ) throws(ShopFailure) -> ShopStep {
        guard !basket.lines.isEmpty else { return try HandedOver.letGo(handed, now) }
        var request = try post(.empty(basket.id, lines: basket.lines.map(\.id)))
        request.freshConnection = true
        return .send(request, isDecisive: true) { (response) throws(ShopFailure) in
            let rest = try ShopifyReply(response).data(ShopifyBasketChange.self).made()
            guard rest.lines.isEmpty else { throw .notUnderstood("the shop's basket is not empty yet") }
            return try HandedOver.letGo(handed, response.time(orLocal: now))
        }
    }
}
