import Domain
import Text

extension AppState {
    /// The intent is on disk: now, and only now, the purchase goes out.
    mutating func send(_ intent: OrderIntent) -> [Effect] {
        orders.committing.removeAll { $0.key == intent.key }
        orders.unresolved.append(intent)
        orders.inFlight.insert(intent.key)
        return [.ask(.placeOrder(intent))]
    }

    /// The disk refused the intent, so nothing was sent.
    mutating func giveUp(_ intent: OrderIntent, reason: SafeText) -> [Effect] {
        orders.committing.removeAll { $0.key == intent.key }
        guard case .buying(intent.key) = buy?.stage else {
            tell("Nothing was bought: " + intent.title + " could not be written down first (" + reason + ").", .problem)
            return []
        }
        buy?.stage = .choosing
        buy?.figuresAt = now
        buy?.refusal = "Nothing was bought: it could not be written down first (" + reason + ")."
        return []
    }

    mutating func takeOrder(
        of intent: OrderIntent, _ result: Result<ShopAnswer, ShopFailure>, _ circumstances: Circumstances
    ) -> [Effect] {
        orders.inFlight.remove(intent.key)
        return follow(PurchaseOutcome(sending: intent, result), of: intent, circumstances)
    }

    private mutating func follow(
        _ outcome: PurchaseOutcome, of intent: OrderIntent, _ circumstances: Circumstances
    ) -> [Effect] {
        switch outcome {
        case .placed(let order): return settle(intent.key, order)
        case .refused(let reason, let refusal): return refuse(intent, reason, refusal)
        case .unknown(_, let failure): return leaveUnknown(intent, failure, circumstances)
        case .sendAgain:
            // The same key again is safe: the server answers the same, or refuses a quote that has expired.
            orders.inFlight.insert(intent.key)
            var again = intent
            again.state = .unknown
            return [.ask(.placeOrder(again))]
        }
    }

    private mutating func settle(_ key: String, _ order: Order) -> [Effect] {
        orders.unresolved.removeAll { $0.key == key }
        orders.orders.removeAll { $0.id == order.id }
        orders.orders.insert(order, at: 0)
        // The row keeps the selection; one that the shopper is on elsewhere is left alone.
        if orders.selected == key || tab != .orders || !orders.rowIDs.contains(orders.selected ?? "") {
            orders.selected = order.id.rawValue
        }
        if let stage = buy?.stage, stage.key == key {
            buy?.stage = .placed(order)
            openPayment(of: order)
        } else {
            tell(
                "Order placed: " + (order.lines.first?.title ?? "") + ", " + SafeText(order.total.displayString) + ".",
                .success)
        }
        watchPayments()
        return [.store(.placed(key: key, order))]
    }

    private mutating func refuse(_ intent: OrderIntent, _ reason: SafeText, _ refusal: Refusal?) -> [Effect] {
        orders.unresolved.removeAll { $0.key == intent.key }
        var refused = intent
        refused.state = .refused(reason)
        orders.refused.insert(refused, at: 0)
        var effects: [Effect] = [.store(.resolve(key: intent.key, .refused(reason)))]
        guard let stage = buy?.stage, stage.key == intent.key else {
            tell("Not bought: " + intent.title + " – " + reason, .warning)
            return effects
        }
        buy?.stage = .choosing
        buy?.figuresAt = now
        buy?.refusal = reason
        if let quote = refusal?.quote {
            buy?.totalBefore = intent.maximumTotal
            buy?.quote = .ready(quote)
        } else if let stock = refusal?.stock, stock < intent.quantity {
            buy?.setStock(stock)
            buy?.quote = .failed(stock == 0 ? "Sold out." : "Only \(stock) left.")
        } else {
            effects += requote(keepingTotal: false)
        }
        return effects + [.flushInput]
    }

    /// No answer that says yes or no: the shop will be asked what became of it.
    private mutating func leaveUnknown(
        _ intent: OrderIntent, _ failure: ShopFailure?, _ circumstances: Circumstances
    ) -> [Effect] {
        if let index = orders.unresolved.firstIndex(where: { $0.key == intent.key }) {
            orders.unresolved[index].state = .unknown
        }
        if let stage = buy?.stage, stage.key == intent.key { buy?.stage = .unknown(key: intent.key) }
        if let failure {
            orders.resolver.failed(circumstances, interval: Self.resolveInterval, failure)
        } else {
            orders.resolver.answered(circumstances, interval: Self.resolveInterval)
        }
        return [.store(.resolve(key: intent.key, .unknown))]
    }

    /// Whether the shop can be asked about it: only in the name of the account that bought.
    package func canBeResolved(_ intent: OrderIntent) -> Bool { intent.buyer == accountID }

    /// The purchase to ask about next, each in its turn.
    var nextToResolve: OrderIntent? {
        let start = orders.unresolved.firstIndex { $0.key == orders.lastAsked }.map { $0 + 1 } ?? 0
        return (orders.unresolved[start...] + orders.unresolved[..<start]).first {
            !orders.inFlight.contains($0.key) && canBeResolved($0)
        }
    }

    /// Goes on with a purchase whose outcome is not known, once no other process is at it.
    mutating func resolvePurchases() -> [Effect] {
        guard orders.resolver.isDue(at: now), let intent = nextToResolve else { return [] }
        orders.resolver.sent(at: now)
        orders.lastAsked = intent.key
        orders.inFlight.insert(intent.key)
        return [.takeTurn(intent)]
    }

    mutating func takeTurn(_ turn: IntentTurn, of intent: OrderIntent, _ circumstances: Circumstances) -> [Effect] {
        switch turn {
        case .taken: return [.ask(.orderByKey(intent.key, buyer: intent.buyer))]
        case .elsewhere:
            orders.inFlight.remove(intent.key)
            orders.resolver.answered(circumstances, interval: Self.resolveInterval)
            return []
        case .settled:
            orders.inFlight.remove(intent.key)
            orders.unresolved.removeAll { $0.key == intent.key }
            orders.resolver.answered(circumstances, interval: .milliseconds(100))
            return [.ask(.orders(cursor: nil))]
        }
    }

    private static var resolveInterval: Duration { .seconds(2) }

    mutating func takeResolution(
        _ key: String, _ result: Result<ShopAnswer, ShopFailure>, _ circumstances: Circumstances
    ) -> [Effect] {
        orders.inFlight.remove(key)
        guard let intent = orders.unresolved.first(where: { $0.key == key }) else {
            orders.resolver.answered(circumstances, interval: Self.resolveInterval)
            return []
        }
        let outcome = PurchaseOutcome(askingFor: intent, result, now: now, serverNow: serverNow)
        // Another purchase may wait for its turn; what is sent again now ends its own wait.
        if case .unknown = outcome {} else { orders.resolver.settled(at: now) }
        return follow(outcome, of: intent, circumstances)
    }

    mutating func takeOrders(_ result: Result<ShopAnswer, ShopFailure>, cursor: String?) -> [Effect] {
        switch result {
        case .success(.orders(let page, let next)):
            // What the local store knows beyond this page stays: a fresh guest account must not hide older orders.
            let ids = Set(page.map(\.id))
            orders.orders = (page + orders.orders.filter { !ids.contains($0.id) }).sorted { $0.placedAt > $1.placedAt }
            orders.failure = nil
            orders.isLoaded = next == nil
            if !orderRows.contains(orders.selected ?? "") { orders.selected = orderRows.first }
            let more: [Effect] = next.flatMap { $0 == cursor ? nil : $0 }.map { [.ask(.orders(cursor: $0))] } ?? []
            return [.store(.orders(page, fetchedAt: now))] + more
        case .success: return []
        case .failure(let failure):
            orders.failure = failure
            return []
        }
    }

    /// The first press says what a second one would do.
    mutating func cancelSelectedOrder() -> [Effect] {
        if let intent = orders.refused.first(where: { $0.key == orders.selected }) { return forget(intent) }
        if let intent = orders.unresolved.first(where: { $0.key == orders.selected }) { return withdraw(intent) }
        guard let order = orders.orders.first(where: { $0.id.rawValue == orders.selected }) else { return [] }
        guard order.canCancel else {
            tell("The shop no longer lets this order be cancelled.", .warning)
            return []
        }
        guard isArmed(order.id.rawValue, "Press the key again to cancel order " + SafeText(order.id.rawValue) + ".")
        else { return [] }
        return [.ask(.cancelOrder(order.id))]
    }

    /// A purchase whose outcome is not known is not sent again; one that the shop cannot be asked about is let go.
    private mutating func withdraw(_ intent: OrderIntent) -> [Effect] {
        guard canBeResolved(intent) else {
            let warning: SafeText =
                "It was bought as another guest, so the shop cannot be asked. Press the key again to let it go."
            guard isArmed(intent.key, warning) else { return [] }
            return refuse(intent, "let go; what became of it is not known", nil)
        }
        guard let index = orders.unresolved.firstIndex(of: intent), !intent.isWithdrawn,
            isArmed(intent.key, "Press the key again to cancel it, unless the shop has it already.")
        else { return [] }
        orders.unresolved[index].isWithdrawn = true
        tell("Cancelled, unless the shop has it already: that is being found out.", .warning)
        return [.store(.withdraw(key: intent.key))]
    }

    /// Takes a purchase that came to nothing off the list.
    private mutating func forget(_ intent: OrderIntent) -> [Effect] {
        let index = orderRows.firstIndex(of: intent.key) ?? 0
        orders.refused.removeAll { $0.key == intent.key }
        let rows = orderRows
        orders.selected = rows.isEmpty ? nil : rows[min(index, rows.count - 1)]
        return [.store(.forget(key: intent.key))]
    }

    private mutating func isArmed(_ row: String, _ warning: SafeText) -> Bool {
        if orders.cancelArmed == row {
            orders.cancelArmed = nil
            return true
        }
        orders.cancelArmed = row
        tell(warning, .warning)
        return false
    }

    mutating func takeOneOrder(_ query: ShopQuery, _ result: Result<ShopAnswer, ShopFailure>) -> [Effect] {
        switch result {
        case .success(.order(let order)):
            if let index = orders.orders.firstIndex(where: { $0.id == order.id }) { orders.orders[index] = order }
            if case .cancelOrder = query { tell("Order " + SafeText(order.id.rawValue) + " is cancelled.", .success) }
            return [.store(.orders([order], fetchedAt: now))]
        case .success: return []
        case .failure(let failure):
            tell("Not changed: " + failure.explanation, .problem)
            return []
        }
    }
}

extension BuyState.Stage {
    /// The key of the purchase that is under way.
    package var key: String? {
        switch self {
        case .buying(let key), .unknown(let key): key
        case .choosing, .placed: nil
        }
    }
}
