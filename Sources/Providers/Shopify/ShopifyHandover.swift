import Domain
import HTTPTransport
import Text

/// From what was agreed to, to the shop's page: the basket is looked at once more, what is handed over is written down,
/// and nothing is bought. What becomes of the basket is asked afterwards.
extension ShopifyProvider: ShopCheckout {
    package var checkoutCapabilities: ShopCapabilities { [.orders] }
    /// How old what is known of a basket may be while somebody waits for news of it: the older it gets, the longer.
    private static func askedAgainAfter(_ age: Duration) -> Duration { min(max(age / 10, .seconds(10)), .seconds(300)) }
    /// And while it stands in a list.
    private static let listedAgainAfter = Duration.seconds(60)
    /// So many are asked for at a time.
    private static let mostAsked = 3

    package func paymentMethods(_ io: ShopIO) async throws(ShopFailure) -> [PaymentMethod] {
        try await noteCountry(io)
        return [HandedOver.method]
    }

    package func place(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> Order {
        guard let note = ShopNote.value(ShopifyNote.self, try await io.recall(ShopifyNote.name(intent.quote))),
            note.sku == intent.sku, note.quantity == intent.quantity
        else { throw Self.outdated("The shop's total has to be asked for again.") }
        let look = try await lookAgain(note, io)
        // The shop has no maximum to be told, so its figures are compared just before.
        guard look.time < intent.quoteExpiresAt else { throw Self.outdated("The total has run out.") }
        guard look.quote.total.exceeds(intent.maximumTotal) == false else {
            throw try await offering(look.quote, note, io)
        }
        guard let page = PaymentPage(look.page) else {
            throw .refused(
                Refusal(code: "no_page", message: "The shop names no page that this program would open."))
        }
        let handed = HandedOver(
            intent, look.quote, id: "cart-" + note.digest, basket: note.basket, page: page, method: HandedOver.method,
            at: look.time)
        try await io.keep(handed.name, try ShopNote.text(handed))
        try await io.keep(ShopifyNote.name(intent.quote), nil)
        return handed.order
    }

    /// Price of now, and the page that sells it.
    private func lookAgain(
        _ note: ShopifyNote, _ io: ShopIO
    ) async throws(ShopFailure) -> (quote: Quote, page: String, time: Timestamp) {
        guard let id = note.basket else {
            let quote = try await quoteFromList(note, try await findList(io), io)
            // As the shop's pages name a basket that is to be made.
            return (quote, origin + "/cart/\(note.sku.rawValue):\(note.quantity)", io.now)
        }
        let response = try await io.send(try post(.basket(id, country: note.country)))
        guard let basket = try ShopifyReply(response).data(ShopifyBasketReply.self).basket else {
            throw Self.outdated("The shop has forgotten the basket.")
        }
        return (try basket.quote(for: note), basket.page, response.time(orLocal: io.now))
    }

    private static func outdated(_ words: SafeText) -> ShopFailure {
        .refused(Refusal(code: "quote_expired", message: words))
    }

    /// Keeps the same basket under a name of its own.
    /// - Returns: a no with the figures as they are now.
    private func offering(_ quote: Quote, _ note: ShopifyNote, _ io: ShopIO) async throws(ShopFailure) -> ShopFailure {
        var quote = quote
        quote.id = QuoteID(ShopNote.digest(quote.id.rawValue + quote.total.decimalString))
        try await io.keep(ShopifyNote.name(quote.id), try ShopNote.text(note))
        return .refused(Refusal(code: "price_changed", message: "It costs more now.", quote: quote))
    }

    // MARK: What has become of it

    package func trace(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> OrderTrace {
        try await HandedOver.trace(intent, io)
    }

    package func orders(cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Order> {
        let all = HandedOver.all(in: try await io.recallAll(HandedOver.prefix), io.now)
        let due = all.filter { $0.isOpen && io.now - $0.askedAt >= Self.listedAgainAfter }
        var fresh: [String: Order] = [:]
        for handed in due.prefix(Self.mostAsked) { fresh[handed.name] = try await refreshed(handed, io) }
        return ListPage(all.map { fresh[$0.name] ?? $0.order })
    }

    package func order(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order {
        let handed = try await find(id, io)
        let pause = Self.askedAgainAfter(io.now - handed.order.placedAt)
        guard handed.isOpen, io.now - handed.askedAt >= pause else { return handed.order }
        return try await refreshed(handed, io)
    }

    private func find(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> HandedOver {
        let notes = try await io.recallAll(HandedOver.prefix)
        guard let handed = HandedOver.all(in: notes, io.now).first(where: { $0.order.id == id }) else {
            throw .notFound
        }
        return handed
    }

    /// Asks for its basket, and keeps what has changed.
    private func refreshed(_ handed: HandedOver, _ io: ShopIO) async throws(ShopFailure) -> Order {
        var handed = handed
        handed.askedAt = io.now
        if let id = handed.basket {
            let response = try await io.send(try post(.basket(id, country: nil)))
            if try ShopifyReply(response).data(ShopifyBasketReply.self).basket == nil {
                handed.end(as: .gone, at: response.time(orLocal: io.now))
            }
        }
        try await io.keep(handed.name, try ShopNote.text(handed))
        return handed.order
    }

    // MARK: Not wanted any more

    package func giveBack(
        _ id: OrderID, _ reason: ReturnReason, note: String, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        throw .notSent("this shop takes that by e-mail only")
    }

    /// Takes everything out of the basket, so that its page sells nothing any more.
    package func cancel(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order {
        var handed = try await find(id, io)
        guard handed.isOpen else { throw .refused(HandedOver.isOver) }
        guard let name = handed.basket else { return try await handed.letGo(at: io.now, io) }
        let response = try await io.send(try post(.basket(name, country: nil)))
        guard let basket = try ShopifyReply(response).data(ShopifyBasketReply.self).basket else {
            handed.end(as: .gone, at: response.time(orLocal: io.now))
            try await io.keep(handed.name, try ShopNote.text(handed))
            throw .refused(
                Refusal(
                    code: "not_open", message: "The shop has the basket no more: it was bought, or it has expired."))
        }
        guard !basket.lines.isEmpty else { return try await handed.letGo(at: io.now, io) }
        var request = try post(.empty(basket.id, lines: basket.lines.map(\.id)))
        request.freshConnection = true
        let emptied = try await io.decide(request)
        let rest = try ShopifyReply(emptied).data(ShopifyBasketChange.self).made()
        guard rest.lines.isEmpty else { throw .notUnderstood("the shop's basket is not empty yet") }
        return try await handed.letGo(at: emptied.time(orLocal: io.now), io)
    }
}
