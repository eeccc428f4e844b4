import Domain
import HTTPTransport
import LiveAPI
import Text

/// What became of a purchase whose reply was lost. The order's number tells it, where the shop shows orders; else what the
/// session knows of an order that is being made; else the basket: a checkout empties it. Once nothing should come
/// any more, a full basket is emptied here, so that a request that was held up somewhere buys nothing.
extension WooCommerceProvider {
    /// A checkout that takes longer has been ended by its server: PHP is given 30 s, and 300 s by those who are generous.
    private static let longestCheckout = Duration.seconds(300)
    /// Shops throw drafts away that are a day old: then another number says nothing.
    private static let draftsAreKept = Duration.seconds(12 * 3600)

    package func trace(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> OrderTrace {
        let io = io.renewingNonce()
        guard WooPayment.isCompletedHere(intent.paymentMethod) else { return try await HandedOver.trace(intent, io) }
        // It is written down before it is sent, so what is not was never sent.
        guard let note = try await io.recall(WooPurchase.name(intent.key)) else { return .noOrder }
        guard let purchase = ShopNote.value(WooPurchase.self, note) else {
            throw .notUnderstood("what was kept of the purchase cannot be read")
        }
        guard purchase.state != .placed else { return .order(purchase.order) }
        switch try await ask(purchase, io) {
        case .order(let said, let time) where said.status != WooStatus.draft:
            return .order(try await settle(purchase, said, at: time, io))
        case .order: return try await lookIntoBasket(intent, purchase, isDraft: true, io)
        case .notShown, .noWay: return try await lookAtCheckout(intent, purchase, io)
        }
    }

    /// The shop has it, and shows what it came to.
    func settle(
        _ purchase: WooPurchase, _ state: WooOrderState, at time: Timestamp, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        var placed = purchase
        placed.take(state, at: time)
        placed.begin(at: time)
        return try await withPage(placed, io)
    }

    /// The shop has it.
    func settle(
        _ purchase: WooPurchase, status: String?, at time: Timestamp, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        var placed = purchase
        if let status { placed.take(status: status, at: time) }
        placed.begin(at: time)
        return try await withPage(placed, io)
    }

    /// Keeps it, and finds the page where it is to be paid, where there is something to pay.
    func withPage(_ placed: WooPurchase, _ io: ShopIO) async throws(ShopFailure) -> Order {
        let order = placed.order
        try await io.keep(placed.name, try ShopNote.text(placed))
        guard order.checkoutURL == nil, order.status == .unpaid || order.awaitsTransfer else { return order }
        do throws(ShopFailure) {
            var payable = placed
            payable.order.checkoutURL = try await page(of: placed, io)
            try await io.keep(payable.name, try ShopNote.text(payable))
            return payable.order
        } catch {
            // It is the shop's order, with or without its page.
            return order
        }
    }

    /// The session leads to the order that is being made until it is whole: by its number, or by another one's that was
    /// drafted in its place.
    private func lookAtCheckout(
        _ intent: OrderIntent, _ purchase: WooPurchase, _ io: ShopIO
    ) async throws(ShopFailure) -> OrderTrace {
        let response = try await io.send(get("/checkout", [:], purchase.session))
        let reply = WooReply(response)
        if let busy = reply.busy { throw busy }
        let time = response.time(orLocal: io.now)
        var purchase = purchase
        purchase.session.take(response.headers)
        guard purchase.state == .sent, reply.isSuccess, let said = try? reply.read(WooOrderReply.self), said.number > 0
        else { return try await lookIntoBasket(intent, purchase, isDraft: false, io) }
        if let drafted = purchase.number, drafted != said.number {
            guard time < purchase.order.placedAt + Self.draftsAreKept else {
                return try await lookIntoBasket(intent, purchase, isDraft: false, io)
            }
            return .order(try await settle(purchase, status: nil, at: time, io))
        }
        guard said.status == WooStatus.draft else {
            return .order(try await settle(purchase.named(by: said), status: said.status, at: time, io))
        }
        return try await lookIntoBasket(intent, purchase, isDraft: purchase.number == said.number, io)
    }

    private func lookIntoBasket(
        _ intent: OrderIntent, _ purchase: WooPurchase, isDraft: Bool, _ io: ShopIO
    ) async throws(ShopFailure) -> OrderTrace {
        let response = try await io.send(get("/cart", [:], purchase.session))
        let cart = try WooReply(response).value(WooCart.self)
        let time = response.time(orLocal: io.now)
        var purchase = purchase
        purchase.session.take(response.headers)
        // A word that the shop does not know any more gets a basket of nobody's, as empty as one that was bought.
        let isOurs = EmailAddress.isSame(cart.email, purchase.email)
        let isOver = time > max(intent.quoteExpiresAt, purchase.order.placedAt + Self.longestCheckout)
        switch (purchase.state, isOurs, cart.items.first) {
        case (.cleared, _, _): return .noOrder
        // A checkout reads the basket when it begins and empties it when it ends: one may be at work between the two.
        case (_, true, _?) where !isOver: throw .notUnderstood("what was sent may still be at work in the shop")
        case (_, true, nil) where isDraft && !isOver: throw .notUnderstood("the basket has changed just now")
        case (_, true, let item?):
            guard isDraft || !purchase.mayBeAnOrder else {
                throw .notUnderstood("the shop does not tell whether it was bought; its e-mails do")
            }
            try await clear(item, of: purchase, io)
            return .noOrder
        // An order that is still a draft is none, whoever has emptied the basket.
        case (_, true, nil) where isDraft: return .noOrder
        case (.sent, true, nil): return .order(try await settle(purchase, status: nil, at: time, io))
        default:
            throw .notUnderstood("the shop does not tell any more whether it was bought; its e-mails do")
        }
    }

    /// Empties the basket, so that a checkout which comes later buys nothing.
    private func clear(
        _ item: WooCart.Item, of purchase: WooPurchase, _ io: ShopIO
    ) async throws(ShopFailure) {
        var purchase = purchase
        let request = try post("/cart/remove-item", ["key": item.key], purchase.session)
        purchase.state = .clearing
        try await io.keep(purchase.name, try ShopNote.text(purchase))
        let response = try await io.send(request)
        purchase.session.take(response.headers)
        guard WooReply(response).isSuccess else {
            if let busy = WooReply(response).busy { throw busy }
            // A checkout was faster, and has emptied it: the next look will find that.
            purchase.state = .sent
            try await io.keep(purchase.name, try ShopNote.text(purchase))
            throw .notUnderstood("the basket has changed just now")
        }
        purchase.state = .cleared
        try await io.keep(purchase.name, try ShopNote.text(purchase))
    }
}
