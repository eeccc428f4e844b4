import Domain
import HTTPTransport
import LiveAPI
import Text

/// The Store API lists no orders: those that were placed here are kept, and asked for one by one where the shop shows
/// them (since 8.2).
extension WooCommerceProvider {
    /// So many are asked for at a time.
    private static let mostAsked = 3

    /// What the shop shows of an order.
    enum OrderReply: Sendable {
        case order(WooOrderState, at: Timestamp)
        /// Not to us, or not now.
        case notShown
        /// It has no way to ask.
        case noWay
    }

    /// Asks for an order by its number, its key and its buyer's e-mail.
    func ask(_ purchase: WooPurchase, _ io: ShopIO) async throws(ShopFailure) -> OrderReply {
        guard purchase.canAsk, let number = purchase.number, let key = purchase.orderKey else { return .noWay }
        let response = try await io.send(
            get("/order/\(number)", ["key": key, "billing_email": purchase.email]))
        let reply = WooReply(response)
        if let busy = reply.busy { throw busy }
        guard reply.isSuccess else { return reply.error?.code == WooError.noRoute ? .noWay : .notShown }
        let state = try reply.read(WooOrderState.self)
        guard state.number == number else { throw .notUnderstood("the shop's reply is about something else") }
        return .order(state, at: response.time(orLocal: purchase.askedAt))
    }

    package func orders(cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Order> {
        let handed = HandedOver.all(in: try await io.recallAll(HandedOver.prefix), io.now).map(\.order)
        return ListPage((try await listPlaced(io) + handed).sorted { $0.placedAt > $1.placedAt })
    }

    private func listPlaced(_ io: ShopIO) async throws(ShopFailure) -> [Order] {
        var numbers: Set<OrderID> = []
        // The newest of a number is the one that the shop has: it may have begun to count anew.
        let placed = try await io.recallAll(WooPurchase.prefix).values
            .compactMap { ShopNote.value(WooPurchase.self, $0) }
            .filter { $0.state == .placed }.sorted { $0.order.placedAt > $1.order.placedAt }
            .filter { numbers.insert($0.order.id).inserted }
        let due = placed.filter { $0.isDue(io.now) }.sorted { $0.askedAt < $1.askedAt }
        var fresh: [String: Order] = [:]
        for purchase in due.prefix(Self.mostAsked) {
            fresh[purchase.name] = try await refreshed(purchase, io).order
        }
        return placed.map { fresh[$0.name] ?? $0.order }
    }

    package func order(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order {
        let notes = try await io.recallAll(HandedOver.prefix)
        if let handed = HandedOver.all(in: notes, io.now).first(where: { $0.order.id == id }) { return handed.order }
        let known = try await io.recallAll(WooPurchase.prefix).values
            .compactMap { ShopNote.value(WooPurchase.self, $0) }
            .filter { $0.state == .placed && $0.order.id == id }
        guard let purchase = known.max(by: { $0.order.placedAt < $1.order.placedAt }) else { throw .notFound }
        return try await withPage(purchase.canChange(io.now) ? try await refreshed(purchase, io) : purchase, io)
    }

    package func giveBack(
        _ id: OrderID, _ reason: ReturnReason, note: String, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        throw .notSent("this shop takes that by e-mail only")
    }

    /// The shopper does not buy on the shop's page.
    package func cancel(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order {
        let notes = try await io.recallAll(HandedOver.prefix)
        guard let handed = HandedOver.all(in: notes, io.now).first(where: { $0.order.id == id }) else {
            throw .notSent("this shop takes that by e-mail only")
        }
        guard handed.isOpen else { throw .refused(HandedOver.isOver) }
        return try await handed.letGo(at: io.now, io)
    }

    /// Asks for it, and keeps what has changed.
    private func refreshed(_ purchase: WooPurchase, _ io: ShopIO) async throws(ShopFailure) -> WooPurchase {
        var purchase = purchase
        switch try await ask(purchase, io) {
        case .order(let state, let time): purchase.take(state, at: time)
        case .notShown: break
        case .noWay: purchase.canAsk = false
        }
        purchase.askedAt = io.now
        try await io.keep(purchase.name, try ShopNote.text(purchase))
        return purchase
    }
}

extension WooPurchase {
    /// Greatest age of the facts of an order in a list.
    private static let askedAgainAfter = Duration.seconds(60)

    /// Tells whether asking again can bring news: a shop pays back what was completed, and goes on with what had failed.
    func canChange(_ now: Timestamp) -> Bool { interval(now) != nil }

    /// Tells whether it is to be asked for in a list.
    func isDue(_ now: Timestamp) -> Bool {
        interval(now).map { now - askedAt >= max($0, Self.askedAgainAfter) } ?? false
    }

    private func interval(_ now: Timestamp) -> Duration? {
        guard canAsk, let usual = order.watchInterval(reopens: true, now: now) else { return nil }
        // Somebody may have paid it just now.
        return order.status == .unpaid ? max(.zero, now - order.placedAt) / 240 : usual
    }
}
