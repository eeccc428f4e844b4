import Domain
import Text

extension AppState {
    /// Tells whether the shop in focus takes orders; the shopper is told where it does not.
    var takesOrders: Bool {
        mutating get {
            if !capabilities.contains(.orders) { tell("This shop takes no orders here.", .warning) }
            return capabilities.contains(.orders)
        }
    }

    /// Opens the pane on the product of the page.
    mutating func buyInFocus() -> [Effect] {
        guard takesOrders, let product = productInFocus else { return [] }
        return openBuyPane(on: product)
    }

    /// Opens the pane on a product; it stays on that, whatever comes on air.
    mutating func openBuyPane(on product: Product) -> [Effect] {
        let chosen = productPage?.chosen.flatMap(product.variant).flatMap { $0.stock == 0 ? nil : $0 }
        guard let variant = chosen ?? product.variants.first(where: { $0.stock != 0 }) ?? product.variants.first else {
            let page = product.elsewhere.map { $0.explanation + ($0.page.map { " " + SafeText($0) } ?? "") }
            tell(page ?? "The shop lists nothing to buy of it.", .warning)
            return []
        }
        return open(BuyState(product: product, variant: variant, show: watch?.show, now: now))
    }

    /// Asks what it costs, with the deals that run, and how it can be paid.
    mutating func open(_ pane: BuyState) -> [Effect] {
        buy = pane
        let questions = askForDeals()
        let isWaiting = waitForDeals()
        applyDeal()
        buy?.needsQuote = false
        let quote = isWaiting ? nil : quoteQuestion
        return [.flushInput, .ask(.paymentMethods, of: pane.product.id.channel), quote].compactMap { $0 } + questions
    }

    private var quoteQuestion: Effect? {
        buy.map { .ask(.quote($0.sku, quantity: $0.quantity, show: $0.show, deliveries: $0.deliveries)) }
    }

    mutating func actOnBuying(_ intent: UserIntent, _ circumstances: Circumstances) -> [Effect] {
        guard let pane = buy, let stage = buyStage else { return [] }
        // A key that is held down must not come to mean something by itself: each press that comes too early begins the
        // wait anew.
        if intent == .confirm, isPaneSettled, now - pane.figuresAt < BuyState.deliberation {
            buy?.figuresAt = now
            return []
        }
        switch (stage, intent) {
        case (.choosing, .back), (.placed, .back), (.placed, .confirm), (.unknown, .back), (.unknown, .confirm):
            buy = nil
            return []
        case (.placed, .ordersTab), (.unknown, .ordersTab), (.buying, .ordersTab):
            orders.selected = stage.row
            return show(tab: .orders)
        case (.buying, .back):
            buy = nil
            tell("The purchase goes on; Orders will show how it ended.")
            return []
        case (.choosing, .up), (.choosing, .down):
            if let field = pane.fields.moved(from: pane.field, by: intent, page: 1) { buy?.field = field }
            return []
        case (.choosing, .left), (.choosing, .right): return change(by: intent == .right ? 1 : -1)
        // An address may have been given in another terminal: Enter looks, although it is not offered.
        case (.choosing, .confirm): return pane.takesConfirm || pane.needsContact ? confirm(circumstances) : []
        case (.choosing, .address): return capabilities.contains(.contact) ? [.readContact(of: focus)] : []
        // Nothing is left to decide: the pane gives way to what is behind it.
        case (.placed, _), (.unknown, _):
            guard intent != .address, now - pane.figuresAt >= BuyState.deliberation else { return [] }
            buy = nil
            return act(on: intent, circumstances)
        default: return []
        }
    }

    private mutating func change(by step: Int) -> [Effect] {
        guard let pane = buy else { return [] }
        switch pane.field {
        case .quantity:
            let rule = pane.variant?.quantities ?? .any
            // One that the shop does not sell, such as an order's of long ago, is first made one that it does.
            let quantity =
                rule.allows(pane.quantity)
                ? rule.moved(from: pane.quantity, by: step, ofThoseLeft: pane.variant?.stock)
                : rule.nearest(to: pane.quantity, ofThoseLeft: pane.variant?.stock)
            guard quantity != pane.quantity else { return [] }
            buy?.quantity = quantity
        case .option(let index):
            guard let sku = pane.neighbour(option: index, step: step), sku != pane.sku else { return [] }
            buy?.sku = sku
            buy?.quantity = pane.product.variant(sku)?.quantities.lowest ?? 1
        case .delivery(let index): guard buy?.moveDelivery(of: index, by: step) == true else { return [] }
        case .payment:
            let next = pane.methods.map(\.id).moved(from: pane.method, by: step > 0 ? .down : .up, page: 1)
            guard next != pane.method else { return [] }
            buy?.method = next
            buy?.figuresAt = now
            return [.flushInput]
        }
        buy?.refusal = nil
        buy?.remedy = nil
        buy?.forgetFigures()
        buy?.staleQuotes = 0
        return requote()
    }

    /// Asks what the order would cost now; until the answer nothing can be confirmed.
    mutating func requote() -> [Effect] {
        guard buy?.stage == .choosing, buy?.dealsAwaitedUntil == nil else { return [] }
        buy?.quote = .loading
        buy?.remedy = nil
        buy?.figuresAt = now
        return [.flushInput, quoteQuestion].compactMap { $0 }
    }

    /// A price or a deal of what the pane is about has changed: the total on it is no longer one to confirm.
    mutating func noteChange(of sku: SKU) {
        guard let pane = buy, pane.sku == sku, pane.stage == .choosing, case .ready = pane.quote else { return }
        buy?.quote = .loading
        buy?.figuresAt = now
        buy?.needsQuote = true
    }

    /// How the total in the pane stands to the user's budget; nil while there is none to confirm.
    package var budgetVerdict: Budget.Verdict? {
        guard let pane = buy, pane.stage == .choosing, case .ready(let quote) = pane.quote else { return nil }
        return budget.verdict(on: quote.total, after: orders.spendings, now: wall)
    }

    /// Whether the user's budget stands against the total in the pane.
    package var isBeyondBudget: Bool { if case .within? = budgetVerdict { false } else { budgetVerdict != nil } }

    private mutating func confirm(_ circumstances: Circumstances) -> [Effect] {
        guard let pane = buy else { return [] }
        guard now - pane.figuresAt >= BuyState.deliberation, let confirmed = confirmable else {
            if case .failed = pane.quote {
                buy?.staleQuotes = 0
                return requote() + askForMethods()
            }
            return askForMethods()
        }
        return place(confirmed, circumstances)
    }

    /// Buys for a total that was named: no key pressed by accident names one.
    mutating func confirm(_ total: Money, _ circumstances: Circumstances) -> [Effect] {
        let obstacle = obstacle(to: total)
        buy?.obstacle = obstacle
        guard obstacle == nil, let confirmed = confirmable else { return [] }
        return place(confirmed, circumstances)
    }

    /// Quote and way to pay that can be agreed to now, and the buyer; nil while anything is missing.
    private var confirmable: Confirmable? {
        guard let (quote, payment) = buy?.confirmable(serverNow: serverNow), let buyer = accountID else { return nil }
        return Confirmable(quote: quote, payment: payment, buyer: buyer)
    }

    private struct Confirmable {
        let quote: Quote
        let payment: PaymentMethod
        let buyer: String
    }

    private mutating func place(_ confirmed: Confirmable, _ circumstances: Circumstances) -> [Effect] {
        guard let pane = buy else { return [] }
        let (quote, payment, buyer) = (confirmed.quote, confirmed.payment, confirmed.buyer)
        guard !isBeyondBudget else {
            tell("Not bought: it would be beyond your budget.", .warning)
            return []
        }
        if pane.repeated != pane.sku, let earlier = repeatOf(pane.sku) { return pointOut(earlier, of: pane.sku) }
        let intent = OrderIntent(
            key: circumstances.entropy.uuid, account: scope, buyer: buyer, sku: pane.sku,
            title: pane.product.title, quantity: pane.quantity, quote: quote.id,
            quoteExpiresAt: quote.expiresAt, paymentMethod: payment.id,
            maximumTotal: quote.total,
            show: pane.show, createdAt: wall, isKeyed: capabilities.contains(.orderKeys))
        buy?.stage = .purchase(key: intent.key)
        orders.begin(intent)
        buy?.refusal = nil
        return [.record(intent, within: budget)]
    }

    /// It may be bought already: a second Enter, not the same one held down, buys another.
    private mutating func pointOut(_ earlier: Repeat, of sku: SKU) -> [Effect] {
        buy?.repeated = sku
        buy?.figuresAt = now
        buy?.refusal =
            switch earlier {
            case .toPay(let order):
                order.name + " of it is not paid yet: Orders has its page. Enter again orders one more."
            case .mayBeBought: "You may have bought it already: see Orders. Enter again buys one more."
            }
        return [.flushInput]
    }

    /// The ways to pay once more, where the shop could not be asked the first time.
    private mutating func askForMethods() -> [Effect] {
        guard buy?.methodsFailure != nil else { return [] }
        buy?.methodsFailure = nil
        buy?.refusal = nil
        return [.ask(.paymentMethods, of: focus)]
    }

    mutating func takeBuying(_ query: ShopQuery, _ result: Result<ShopAnswer, ShopFailure>) -> [Effect] {
        guard let pane = buy else { return [] }
        switch (query, result) {
        // What this can be paid with is known better by its own figures.
        case (.paymentMethods, _) where pane.hasOwnMethods: break
        case (.paymentMethods, .success(.paymentMethods(let methods))): offer(methods)
        case (.quote(let sku, let quantity, let named, let deliveries), _)
        where sku == pane.sku && quantity == pane.quantity && named == pane.show && deliveries == pane.deliveries
            && pane.stage == .choosing:
            switch result {
            case .success(.quote(let quote)):
                buy?.failure = nil
                buy?.quotedShow = named
                return show(quote) + completeNamedPane(quote)
            case .success: break
            case .failure(let failure):
                if let effects = giveUpDeal() { return effects }
                buy?.failure = failure
                takeQuoteFailure(failure, of: pane)
            }
        case (.paymentMethods, .failure(let failure)):
            buy?.methodsFailure = failure.explanation
            buy?.methodsError = failure
            // A quote that fails with them has the same trouble to tell.
            if case .ready = pane.quote { tellMethodsFailure() }
        default: break
        }
        return []
    }

    /// Why there is no total to agree to, and what can be done about it.
    private mutating func takeQuoteFailure(_ failure: ShopFailure, of pane: BuyState) {
        switch failure {
        case .refused(let refusal) where refusal.stock.map { $0 < pane.quantity } ?? false:
            buy?.runShort(of: refusal.stock ?? 0)
        case .refused(let refusal) where refusal.quantities.map { !$0.allows(pane.quantity) } ?? false:
            buy?.setQuantities(refusal.quantities ?? .any)
            buy?.fail(refusal.message, .quantity)
            buy?.field = .quantity
        default:
            buy?.fail(failure.explanation, failure.remedy)
            if case .refused(let refusal) = failure, !refusal.shipments.isEmpty { buy?.offer(refusal.shipments) }
            // One trouble is told once.
            if pane.methodsFailure == failure.explanation,
                pane.refusal == Self.refusal(methods: failure.explanation)
            {
                buy?.refusal = nil
            }
        }
    }

    /// What is chosen already stays chosen, while it is there to choose.
    private mutating func offer(_ methods: [PaymentMethod]) {
        buy?.methods = methods
        buy?.areMethodsKnown = true
        guard let pane = buy, pane.payment == nil else { return }
        buy?.method = methods.proposed(after: orders.orders.filter { $0.id.channel == pane.product.id.channel })?.id
    }

    private mutating func tellMethodsFailure() {
        if let failure = buy?.methodsFailure { buy?.refusal = Self.refusal(methods: failure) }
    }

    private static func refusal(methods failure: SafeText) -> SafeText { "Ways to pay: " + failure }

    private mutating func show(_ quote: Quote) -> [Effect] {
        buy?.figuresAt = now
        guard quote.expiresAt > serverNow else {
            let tries = (buy?.staleQuotes ?? 0) + 1
            buy?.staleQuotes = tries
            // Asking on and on would go as fast as the shop sends such quotes.
            guard tries > Quote.retriesOfStale else { return requote() }
            buy?.fail(Quote.wordsForStale, .askAgain)
            return []
        }
        buy?.show(quote)
        if let methods = quote.paymentMethods {
            offer(methods)
            buy?.methodsFailure = nil
        }
        tellMethodsFailure()
        return [.flushInput]
    }
}

extension BuyState {
    /// The variant that differs in one option by `step` places, in the order in which the variants first name the values.
    fileprivate func neighbour(option index: Int, step: Int) -> SKU? {
        guard let current = variant, current.options.indices.contains(index) else { return nil }
        var values: [SafeText] = []
        for variant in product.variants where variant.options.indices.contains(index) {
            if !values.contains(variant.options[index]) { values.append(variant.options[index]) }
        }
        guard let place = values.firstIndex(of: current.options[index]) else { return nil }
        var wanted = current.options
        wanted[index] = values[max(0, min(values.count - 1, place + step))]
        // Where that does not exist, the one that differs least.
        func likeness(_ variant: Variant) -> Int { zip(variant.options, wanted).count { $0 == $1 } }
        let others = product.variants.filter {
            $0.options.indices.contains(index) && $0.options[index] == wanted[index]
        }
        guard let most = others.map(likeness).max() else { return nil }
        return others.first { likeness($0) == most }?.sku
    }
}
