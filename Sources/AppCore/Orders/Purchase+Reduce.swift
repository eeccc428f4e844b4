import Domain
import Text

// From the intent that is written down to the shop's truth. What may be sent, and what is known, is PurchaseOutcome's to say.

extension AppState {
    /// The intent is on disk. One that is there as sent goes out now, and only now.
    mutating func goOn(with intent: OrderIntent) -> [Effect] {
        orders.add(intent)
        guard orders.purchases[intent.key]?.record(as: intent.state) == true else { return [] }
        return [intent.state == .sent ? .ask(.placeOrder(intent)) : .record(intent.moved(to: .sent), within: budget)]
    }

    /// The disk refused the intent, so nothing was sent. One that is there as committed goes out as soon as it can.
    mutating func giveUp(
        _ intent: OrderIntent, reason: SafeText, isBeyondBudget: Bool, _ circumstances: Circumstances
    ) -> [Effect] {
        guard intent.state == .committed else {
            tell("Not sent yet (" + reason + "): it is tried again.", .problem)
            let before = orders.purchases[intent.key]
            orders.purchases[intent.key]?.holdBack(reason)
            showDoubt(since: before)
            return goOnLater(intent, .notSent(reason), circumstances)
        }
        orders.purchases[intent.key]?.leaveUnrecorded(reason, isBeyondBudget: isBeyondBudget)
        guard buy?.stage == .purchase(key: intent.key) else {
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
        orders.purchases[intent.key]?.end()
        return follow(PurchaseOutcome(sending: intent, result), of: intent, circumstances)
    }

    private mutating func follow(
        _ outcome: PurchaseOutcome, of intent: OrderIntent, _ circumstances: Circumstances
    ) -> [Effect] {
        switch outcome {
        case .placed(let order): return settle(intent.key, order)
        case .refused(let reason, let refusal): return refuse(intent, reason, refusal)
        case .unknown(let reason, let failure): return leaveUnknown(intent, reason, failure, circumstances)
        case .sendAgain:
            guard orders.purchases[intent.key]?.phase.isOpen == true else { return [] }
            // The same key again is safe: the server answers the same, or refuses a quote that has expired.
            orders.purchases[intent.key]?.begin()
            return [.ask(.placeOrder(intent.moved(to: .unknown)))]
        }
    }

    private mutating func settle(_ key: String, _ order: Order) -> [Effect] {
        let order = remembered(order)
        let before = orders.purchases[key]
        orders.purchases[key]?.place(as: order)
        orders.orders.removeAll { $0.id == order.id }
        orders.orders.insert(order, at: 0)
        // The row keeps the selection; one that the shopper is on elsewhere is left alone.
        if orders.selected == key || tab != .orders || !orders.rowIDs.contains(orders.selected ?? "") {
            orders.selected = order.id.row
        }
        if buy?.stage == .purchase(key: key), before?.isPlaced == false {
            buy?.figuresAt = now
            // Why it was not paid has to be read first.
            if order.declined == nil { openPayment(of: order) }
        } else if order.declined != nil {
            tell((order.lines.first?.title ?? "") + ": " + (order.todo ?? "not paid"), .problem)
        } else {
            let words: SafeText =
                order.isHandedOver
                ? "Ready on the shop's page: " : order.isNotPaid ? "Not paid yet: " : "Order placed: "
            tell(
                words + (order.lines.first?.title ?? "") + ", " + SafeText(order.total.displayString) + ".",
                order.isNotPaid ? .warning : .success)
        }
        if let words = order.differenceWords.first { tell(words, .problem) }
        if let before, before.isRefused { tellBoughtAfterAll(before.intent) }
        // What is left of it is less now.
        if let product = productPage?.product, order.lines.contains(where: { product.variant($0.sku) != nil }) {
            let now = now
            productPage?.poller.resume(at: now)
        }
        watchPayments()
        return [.store(.placed(key: key, order))]
    }

    /// That it was not bought is said when it is on disk: were the program to end before, it would go on with it.
    private mutating func refuse(_ intent: OrderIntent, _ reason: SafeText, _ refusal: Refusal?) -> [Effect] {
        orders.add(intent)
        guard orders.purchases[intent.key]?.refuse(reason, refusal) == true else { return [] }
        return [.store(.resolve(key: intent.key, .refused(reason)))]
    }

    /// What is said of a purchase that came to nothing.
    mutating func tellRefusal(of key: String) -> [Effect] {
        guard let purchase = orders.keepRefusal(of: key), case .refused(let reason, let refusal) = purchase.phase else {
            return []
        }
        let intent = purchase.intent
        guard buy?.stage == .purchase(key: key) else {
            tell("Not bought: " + intent.title + " – " + reason, .warning)
            return []
        }
        buy?.stage = .choosing
        buy?.figuresAt = now
        buy?.refusal = reason
        var effects: [Effect] = []
        if let quote = refusal?.quote {
            let isDearer = quote.total.exceeds(intent.maximumTotal) != false
            buy?.refusal = isDearer ? "Nothing was bought: it costs more." : "Nothing was bought: " + reason
            buy?.show(quote)
        } else if let stock = refusal?.stock, stock < intent.quantity {
            buy?.refusal = "Nothing was bought."
            buy?.runShort(of: stock)
        } else if let remedy = refusal?.remedy, remedy != .askAgain {
            // The same again would get the same no.
            buy?.refusal = "Nothing was bought."
            buy?.fail(reason, remedy)
        } else {
            effects = asksByItself ? requote() : []
        }
        return effects + [.flushInput]
    }

    /// The disk does not take it: it would be gone on with after a restart, so it is gone on with now.
    mutating func takeBackRefusal(of key: String, _ problem: SafeText, _ circumstances: Circumstances) -> [Effect] {
        guard orders.purchases[key]?.takeBackRefusal(problem) == true, let intent = orders.purchases[key]?.intent else {
            return []
        }
        tell("Not bought so far, but that could not be kept (" + problem + "): it is found out again.", .problem)
        return goOnLater(intent, .notSent(problem), circumstances)
    }

    private mutating func goOnLater(
        _ intent: OrderIntent, _ failure: ShopFailure, _ circumstances: Circumstances
    ) -> [Effect] {
        orders.resolver[intent.channel].failed(circumstances, interval: Self.resolveInterval, failure)
        return []
    }

    /// No answer that says yes or no: the shop will be asked what became of it.
    private mutating func leaveUnknown(
        _ intent: OrderIntent, _ reason: SafeText, _ failure: ShopFailure?, _ circumstances: Circumstances
    ) -> [Effect] {
        if let failure {
            orders.resolver[intent.channel].failed(circumstances, interval: Self.resolveInterval, failure)
        } else {
            orders.resolver[intent.channel].answered(circumstances, interval: Self.resolveInterval)
        }
        let before = orders.purchases[intent.key]
        guard orders.purchases[intent.key]?.leaveUnknown(reason, failure) == true else { return [] }
        showDoubt(since: before)
        return [.store(.resolve(key: intent.key, .unknown))]
    }

    /// The pane says from now on that a purchase is in doubt, which has to be read before a key closes it.
    private mutating func showDoubt(since before: Purchase?) {
        guard let before, !before.isInDoubt, orders.purchases[before.key]?.isInDoubt == true,
            buy?.stage == .purchase(key: before.key)
        else { return }
        buy?.figuresAt = now
    }

    /// Whether the shop can be asked about it: only in the name of the account that bought.
    package func canBeResolved(_ intent: OrderIntent) -> Bool {
        let shop = shops[intent.channel]
        return intent.buyer == shop.accountID || shop.formerAccounts.contains(intent.buyer)
    }

    /// The purchase to go on with next at a shop.
    private func nextToResolve(of channel: Channel) -> Purchase? {
        // Lines and commands say when they want to know.
        asksByItself ? orders.next(of: channel, where: canBeResolved) : nil
    }

    /// Finds out now what became of a purchase, for a line or a command that asks.
    mutating func findOut(_ key: String) -> [Effect] {
        guard let purchase = orders.purchases[key], purchase.isWaiting else { return [] }
        orders.lastAsked[purchase.channel] = key
        orders.purchases[key]?.begin()
        return [.takeTurn(purchase.intent)]
    }

    /// When a shop is asked next. While every purchase is being asked about, only an answer can bring news.
    var resolutionDueAt: Timestamp? {
        guard orders.hasUnresolved else { return nil }
        return channels.compactMap { nextToResolve(of: $0) == nil ? nil : orders.resolver[$0].dueAt }.min()
    }

    /// Goes on with purchases whose outcome is not known, one at each shop, once no other process is at it.
    mutating func resolvePurchases() -> [Effect] {
        guard orders.hasUnresolved else { return [] }
        return channels.compactMap { channel in
            guard orders.resolver[channel].isDue(at: now), let purchase = nextToResolve(of: channel) else { return nil }
            orders.resolver[channel].sent(at: now)
            orders.lastAsked[channel] = purchase.key
            orders.purchases[purchase.key]?.begin()
            return .takeTurn(purchase.intent)
        }
    }

    mutating func takeTurn(_ turn: IntentTurn, of intent: OrderIntent, _ circumstances: Circumstances) -> [Effect] {
        switch turn {
        case .taken(let intent, let claimed):
            orders.claimed.formUnion(claimed)
            orders.purchases[intent.key]?.refresh(from: intent)
            switch PurchaseOutcome.next(for: intent, serverNow: serverTime(of: intent.channel)) {
            case .ask: return [.ask(.traceOrder(intent))]
            case .send:
                // Its answer ends no wait, so the others are not left waiting for it.
                orders.resolver[intent.channel].answered(circumstances, interval: Self.resolveInterval)
                // One that is being let go is not sent.
                guard orders.purchases[intent.key]?.phase.isOpen == true else { return [] }
                return [.record(intent.moved(to: .sent), within: budget)]
            case .giveUp(let reason):
                orders.purchases[intent.key]?.end()
                orders.resolver[intent.channel].settled(at: now)
                return refuse(intent, reason, nil)
            }
        case .elsewhere:
            orders.purchases[intent.key]?.leaveToAnother()
            orders.resolver[intent.channel].answered(circumstances, interval: Self.resolveInterval)
            return []
        case .settled:
            orders.purchases[intent.key]?.leaveSettled()
            orders.resolver[intent.channel].answered(circumstances, interval: .milliseconds(100))
            return [.ask(.orders(cursor: nil), of: intent.channel)]
        }
    }

    private static var resolveInterval: Duration { .seconds(2) }

    mutating func takeResolution(
        _ asked: OrderIntent, _ result: Result<ShopAnswer, ShopFailure>, _ circumstances: Circumstances
    ) -> [Effect] {
        orders.purchases[asked.key]?.end()
        guard let purchase = orders.purchases[asked.key], purchase.isUnresolved else {
            orders.resolver[asked.channel].answered(circumstances, interval: Self.resolveInterval)
            // Another process took it for a no.
            guard case .success(.order(let order)) = result, let refused = orders.purchases[asked.key],
                refused.isRefused
            else { return [] }
            return settle(asked.key, order.found(for: refused.intent))
        }
        let intent = purchase.intent
        let outcome = PurchaseOutcome(
            askingFor: intent, result, claimed: orders.claimed, now: max(now, wall),
            serverNow: serverTime(of: intent.channel))
        // Another purchase may wait for its turn; what is sent again now ends its own wait.
        if case .unknown = outcome {} else { orders.resolver[intent.channel].settled(at: now) }
        if case .placed(let order) = outcome, !intent.isKeyed { orders.claimed.insert(order.id) }
        return follow(outcome, of: intent, circumstances)
    }

    /// A purchase whose outcome is not known is not sent again; one that the shop cannot be asked about, or that would
    /// not be sent again anyway, is let go.
    mutating func withdraw(_ intent: OrderIntent) -> [Effect] {
        if let warning = reasonToLetGo(of: intent) {
            guard isArmed(intent.key, warning + " Press the key again to let it go.") else { return [] }
            return refuse(intent, "let go; what became of it is not known", nil)
        }
        guard orders.purchases[intent.key]?.isUnresolved == true, !intent.isWithdrawn,
            isArmed(intent.key, "Press the key again to cancel it, unless the shop has it already.")
        else { return [] }
        orders.purchases[intent.key]?.withdraw()
        tell("Cancelled, unless the shop has it already: that is being found out.", .warning)
        return [.store(.withdraw(key: intent.key))]
    }

    private func reasonToLetGo(of intent: OrderIntent) -> SafeText? {
        if !canBeResolved(intent) { return "It was bought as another guest, so the shop cannot be asked." }
        if !intent.isKeyed, intent.state == .unknown { return "The shop may have it all the same." }
        return nil
    }
}
