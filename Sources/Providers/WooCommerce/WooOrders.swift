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
    func ask(
        _ purchase: WooPurchase, _ next: @escaping @Sendable (OrderReply) throws(ShopFailure) -> ShopStep
    ) -> ShopStep {
        guard purchase.canAsk, let number = purchase.number, let key = purchase.orderKey else {
            // Whoever carries the steps out has nothing to do for this one.
            return .recall(purchase.name) { (_) throws(ShopFailure) in try next(.noWay) }
        }
        let query: KeyValuePairs<String, String?> = ["key": key, "billing_email": purchase.email]
        return .send(get("/order/\(number)", query), isDecisive: false) { (response) throws(ShopFailure) in
            let reply = WooReply(response)
            if let busy = reply.busy { throw busy }
            guard reply.isSuccess else {
                return try next(reply.error?.code == WooError.noRoute ? .noWay : .notShown)
            }
            let state = try reply.read(WooOrderState.self)
            guard state.number == number else { throw .notUnderstood("the shop's reply is about something else") }
            return try next(.order(state, at: response.time(orLocal: purchase.askedAt)))
        }
    }

    func listOrders(_ now: Timestamp) -> ShopStep {
        .recallAll(HandedOver.prefix) { notes in
            listPlaced(now) { placed in
                let all = placed + HandedOver.all(in: notes, now).map(\.order)
                return .answer(.orders(all.sorted { $0.placedAt > $1.placedAt }, nextCursor: nil))
            }
        }
    }

    private func listPlaced(_ now: Timestamp, _ next: @escaping @Sendable ([Order]) -> ShopStep) -> ShopStep {
        .recallAll(WooPurchase.prefix) { (notes) throws(ShopFailure) in
            var numbers: Set<OrderID> = []
            // The newest of a number is the one that the shop has: it may have begun to count anew.
            let placed = notes.values.compactMap { ShopNote.value(WooPurchase.self, $0) }
                .filter { $0.state == .placed }.sorted { $0.order.placedAt > $1.order.placedAt }
                .filter { numbers.insert($0.order.id).inserted }
            let due = placed.filter { $0.isDue(now) }.sorted { $0.askedAt < $1.askedAt }
            return try refresh(due.prefix(Self.mostAsked), now) { fresh in
                next(placed.map { fresh[$0.name]?.order ?? $0.order })
            }
        }
    }

    func showOrder(_ id: OrderID, _ now: Timestamp) -> ShopStep {
        .recallAll(HandedOver.prefix) { notes in
            let handed = HandedOver.all(in: notes, now).first { $0.order.id == id }
            return handed.map { .answer(.order($0.order)) } ?? showPlaced(id, now)
        }
    }

    /// The shopper does not buy on the shop's page.
    func letGo(_ id: OrderID, _ now: Timestamp) -> ShopStep {
        .recallAll(HandedOver.prefix) { (notes) throws(ShopFailure) in
            guard let handed = HandedOver.all(in: notes, now).first(where: { $0.order.id == id }) else {
                throw .notSent("this shop takes that by e-mail only")
            }
            guard handed.isOpen else { throw .refused(HandedOver.isOver) }
            return try HandedOver.letGo(handed, now)
        }
    }

    private func showPlaced(_ id: OrderID, _ now: Timestamp) -> ShopStep {
        .recallAll(WooPurchase.prefix) { (notes) throws(ShopFailure) in
            let known = notes.values.compactMap { ShopNote.value(WooPurchase.self, $0) }
            let named = known.filter { $0.state == .placed && $0.order.id == id }
            guard let purchase = named.max(by: { $0.order.placedAt < $1.order.placedAt }) else { throw .notFound }
            return try refresh(purchase.canChange(now) ? [purchase] : [], now) { (fresh) throws(ShopFailure) in
                try answer(fresh[purchase.name] ?? purchase)
            }
        }
    }

    /// Asks for each, one after the other, and keeps what has changed.
    private func refresh(
        _ purchases: ArraySlice<WooPurchase>, _ now: Timestamp, known: [String: WooPurchase] = [:],
        _ next: @escaping ShopStep.Next<[String: WooPurchase]>
    ) throws(ShopFailure) -> ShopStep {
        guard let purchase = purchases.first else { return try next(known) }
        return ask(purchase) { (reply) throws(ShopFailure) in
            var purchase = purchase
            purchase.askedAt = now
            switch reply {
            case .order(let state, let time):
                purchase.take(state, at: time)
                purchase.askedAt = now
            case .notShown: break
            case .noWay: purchase.canAsk = false
            }
            let fresh = known.merging([purchase.name: purchase]) { $1 }
            return .keep(purchase.name, try ShopNote.text(purchase)) { () throws(ShopFailure) in
                try refresh(purchases.dropFirst(), now, known: fresh, next)
            }
        }
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
