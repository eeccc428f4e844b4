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

    func trace(_ intent: OrderIntent, _ now: Timestamp) -> ShopStep {
        guard WooPayment.isCompletedHere(intent.paymentMethod) else { return HandedOver.trace(intent) }
        return .recall(WooPurchase.name(intent.key)) { (note) throws(ShopFailure) in
            // It is written down before it is sent, so what is not was never sent.
            guard let note else { return .answer(.noSuchOrder) }
            guard let purchase = ShopNote.value(WooPurchase.self, note) else {
                throw .notUnderstood("what was kept of the purchase cannot be read")
            }
            guard purchase.state != .placed else { return .answer(.order(purchase.order)) }
            return ask(purchase) { (reply) throws(ShopFailure) in
                switch reply {
                case .order(let said, let time) where said.status != WooStatus.draft:
                    return try settle(purchase, said, at: time)
                case .order: return lookIntoBasket(intent, purchase, isDraft: true, now)
                case .notShown, .noWay: return lookAtCheckout(intent, purchase, now)
                }
            }
        }
    }

    /// The shop has it, and shows what it came to.
    func settle(_ purchase: WooPurchase, _ state: WooOrderState, at time: Timestamp) throws(ShopFailure) -> ShopStep {
        var placed = purchase
        placed.take(state, at: time)
        placed.begin(at: time)
        return try answer(placed)
    }

    /// The shop has it.
    func settle(_ purchase: WooPurchase, status: String?, at time: Timestamp) throws(ShopFailure) -> ShopStep {
        var placed = purchase
        if let status { placed.take(status: status, at: time) }
        placed.begin(at: time)
        return try answer(placed)
    }

    /// With the page where it is to be paid, where there is something to pay.
    func answer(_ placed: WooPurchase) throws(ShopFailure) -> ShopStep {
        let (order, text) = (placed.order, try ShopNote.text(placed))
        guard order.checkoutURL == nil, order.status == .unpaid || order.awaitsTransfer else {
            return .keep(placed.name, text) { .answer(.order(order)) }
        }
        let asking = try page(of: placed) { (page) throws(ShopFailure) in
            var payable = placed
            payable.order.checkoutURL = page
            let order = payable.order
            return .keep(payable.name, try ShopNote.text(payable)) { .answer(.order(order)) }
        }
        // It is the shop's order, with or without its page.
        return .keep(placed.name, text) {
            .attempt(asking) { result in
                if case .success(.order(let order)) = result { .answer(.order(order)) } else { .answer(.order(order)) }
            }
        }
    }

    /// The session leads to the order that is being made until it is whole: by its number, or by another one's that was
    /// drafted in its place.
    private func lookAtCheckout(_ intent: OrderIntent, _ purchase: WooPurchase, _ now: Timestamp) -> ShopStep {
        .send(get("/checkout", [:], purchase.session), isDecisive: false) { (response) throws(ShopFailure) in
            let reply = WooReply(response)
            if let busy = reply.busy { throw busy }
            let time = response.time(orLocal: now)
            var purchase = purchase
            purchase.session.take(response.headers)
            guard purchase.state == .sent, reply.isSuccess, let said = try? reply.read(WooOrderReply.self),
                said.number > 0
            else { return lookIntoBasket(intent, purchase, isDraft: false, now) }
            if let drafted = purchase.number, drafted != said.number {
                guard time < purchase.order.placedAt + Self.draftsAreKept else {
                    return lookIntoBasket(intent, purchase, isDraft: false, now)
                }
                return try settle(purchase, status: nil, at: time)
            }
            guard said.status == WooStatus.draft else {
                return try settle(purchase.named(by: said), status: said.status, at: time)
            }
            return lookIntoBasket(intent, purchase, isDraft: purchase.number == said.number, now)
        }
    }

    private func lookIntoBasket(
        _ intent: OrderIntent, _ purchase: WooPurchase, isDraft: Bool, _ now: Timestamp
    ) -> ShopStep {
        .send(get("/cart", [:], purchase.session), isDecisive: false) { (response) throws(ShopFailure) in
            let cart = try WooReply(response).value(WooCart.self)
            let time = response.time(orLocal: now)
            var purchase = purchase
            purchase.session.take(response.headers)
            // A word that the shop does not know any more gets a basket of nobody's, as empty as one that was bought.
            let isOurs = EmailAddress.isSame(cart.email, purchase.email)
            let isOver = time > max(intent.quoteExpiresAt, purchase.order.placedAt + Self.longestCheckout)
            switch (purchase.state, isOurs, cart.items.first) {
            case (.cleared, _, _): return .answer(.noSuchOrder)
            // A checkout reads the basket when it begins and empties it when it ends: one may be at work between the two.
            case (_, true, _?) where !isOver: throw .notUnderstood("what was sent may still be at work in the shop")
            case (_, true, nil) where isDraft && !isOver: throw .notUnderstood("the basket has changed just now")
            case (_, true, let item?):
                guard isDraft || !purchase.mayBeAnOrder else {
                    throw .notUnderstood("the shop does not tell whether it was bought; its e-mails do")
                }
                return try clear(item, of: purchase)
            // An order that is still a draft is none, whoever has emptied the basket.
            case (_, true, nil) where isDraft: return .answer(.noSuchOrder)
            case (.sent, true, nil): return try settle(purchase, status: nil, at: time)
            default:
                throw .notUnderstood("the shop does not tell any more whether it was bought; its e-mails do")
            }
        }
    }

    private func clear(_ item: WooCart.Item, of purchase: WooPurchase) throws(ShopFailure) -> ShopStep {
        var purchase = purchase
        purchase.state = .clearing
        let request = try post("/cart/remove-item", ["key": item.key], purchase.session)
        let clearing = purchase
        return .keep(clearing.name, try ShopNote.text(clearing)) {
            .send(request, isDecisive: false) { (response) throws(ShopFailure) in
                var next = clearing
                next.session.take(response.headers)
                guard WooReply(response).isSuccess else {
                    if let busy = WooReply(response).busy { throw busy }
                    // A checkout was faster, and has emptied it: the next look will find that.
                    next.state = .sent
                    return .keep(next.name, try ShopNote.text(next)) { () throws(ShopFailure) in
                        throw .notUnderstood("the basket has changed just now")
                    }
                }
                next.state = .cleared
                return .keep(next.name, try ShopNote.text(next)) { .answer(.noSuchOrder) }
            }
        }
    }
}
