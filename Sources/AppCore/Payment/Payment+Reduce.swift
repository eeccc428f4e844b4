import Domain
import Text

extension AppState {
    /// The order that the open view is about, as the shop last told of it.
    package var orderBeingPaid: Order? { payment.flatMap { payment in order(payment.order) } }

    /// The order that a key would open the payment of.
    package var orderToPay: Order? {
        let order: Order? =
            if case .placed(let order)? = buyStage {
                order
            } else if buy == nil, case .order? = page {
                orderOnPage
            } else if buy == nil, page == nil, tab == .orders,
                case .order(let order)? = orders.selectedEntry
            { order } else { nil }
        return order?.paymentPage == nil ? nil : order
    }

    private func order(_ id: OrderID) -> Order? { orders.orders.first { $0.id == id } }

    mutating func openPayment(of order: Order) {
        guard let page = order.paymentPage else { return }
        payment = PaymentState(order, page, now: now)
        payments.unknown.remove(order.id)
        payments.poller.start(at: now + PaymentWatch.interval(after: .zero))
    }

    mutating func actOnPayment(_ intent: UserIntent) -> [Effect] {
        switch intent {
        case .back:
            // What has been paid needs no second look at the pane below.
            if orderBeingPaid?.status != .unpaid { buy = nil }
            payment = nil
            return []
        case .refresh:
            payments.poller.resume(at: now)
            return askAboutPayments()
        case .ordersTab:
            payment = nil
            buy = nil
            return show(tab: .orders)
        default: return []
        }
    }

    // MARK: Finding out

    /// Orders whose payment is awaited, the one in view first.
    private var awaitingPayment: [Order] {
        let waiting = orders.orders.filter {
            // A payment that was refused is waited for only while somebody looks at it.
            $0.status == .unpaid && shops[$0.id.channel].accountID != nil && !payments.unknown.contains($0.id)
                && ($0.declined == nil || $0.id == payment?.order) && isWorthAsking($0)
        }
        return waiting.filter { $0.id == payment?.order } + waiting.filter { $0.id != payment?.order }
    }

    /// A page that says no end is asked about for a day; one that does is a little longer than it takes payments.
    private func isWorthAsking(_ order: Order) -> Bool {
        guard let page = order.paymentPage else { return false }
        let end = page.expiresAt.map { $0 + .seconds(600) } ?? order.placedAt + .seconds(86_400)
        return serverTime(of: order.id.channel) < end || order.id == payment?.order
    }

    /// When an order is asked about next; nil while none waits or none can be asked about.
    package var paymentDueAt: Timestamp? {
        guard let due = payments.poller.dueAt, !awaitingPayment.isEmpty else { return nil }
        return due
    }

    /// When the page in view stops taking payments, by the local clock.
    package var paymentEndsAt: Timestamp? {
        guard let end = payment?.expiresAt, orderBeingPaid?.status == .unpaid else { return nil }
        let local = end - clock.offset
        return local > now ? local : nil
    }

    /// Begins to ask, where an order waits and nobody asks yet.
    mutating func watchPayments() {
        guard asksByItself || payment != nil, payments.poller.nextAt == nil, !payments.poller.isInFlight,
            !awaitingPayment.isEmpty
        else { return }
        payments.poller.start(at: now + PaymentWatch.interval(after: .zero))
    }

    mutating func askAboutPayments() -> [Effect] {
        guard payments.poller.isDue(at: now) else { return [] }
        let waiting = awaitingPayment
        let place = waiting.firstIndex { $0.id == payments.lastAsked }.map { $0 + 1 } ?? 0
        guard let order = place < waiting.count ? waiting[place] : waiting.first else { return [] }
        payments.lastAsked = order.id
        payments.poller.sent(at: now)
        return [.ask(.order(order.id))]
    }

    /// What came of asking about one order: the next question, and what is new.
    private mutating func takePaymentNews(
        of id: OrderID, _ result: Result<ShopAnswer, ShopFailure>, _ circumstances: Circumstances
    ) -> [Effect] {
        let since = max(order(id)?.placedAt ?? now, payment?.order == id ? payment?.openedAt ?? now : .distantPast)
        let interval = PaymentWatch.interval(after: now - since)
        payments.failure = if case .failure(let failure) = result { failure } else { nil }
        switch result {
        case .success(.order(let order)):
            payments.poller.answered(circumstances, interval: interval)
            guard let index = orders.orders.firstIndex(where: { $0.id == id }), order.id == id,
                orders.orders[index] != order
            else { return [] }
            orders.orders[index] = order
            return [.store(.orders([order], of: order.id.channel, fetchedAt: now))]
        case .failure(.notFound), .failure(.refused):
            payments.unknown.insert(id)
            payments.poller.answered(circumstances, interval: interval)
        case .failure(let failure): payments.poller.failed(circumstances, interval: .seconds(30), failure)
        case .success: payments.poller.answered(circumstances, interval: interval)
        }
        return []
    }

    /// News of orders by whatever question: one that was unpaid and is not any more is told.
    mutating func takeOrderNews(
        _ query: ShopQuery, of channel: Channel, _ result: Result<ShopAnswer, ShopFailure>,
        _ circumstances: Circumstances
    ) -> [Effect] {
        let known = orders.orders
        let result = remembered(result)
        correctRefusals(by: result)
        let effects =
            switch query {
            case .orders(let cursor): takeOrders(result, of: channel, cursor: cursor, circumstances)
            // Whoever asked first is answered first.
            case .order(let id) where payments.poller.isInFlight && payments.lastAsked == id:
                takePaymentNews(of: id, result, circumstances)
            case .order: takeWatched(result, of: channel, circumstances)
            case .returnOrder(let id, _, _): takeReturn(id, result)
            default: takeCancellation(result)
            }
        for before in known {
            guard let after = order(before.id), after != before else { continue }
            orders.renew(after)
            guard before.status == .unpaid, after.status != .unpaid else {
                tellChange(from: before, to: after)
                continue
            }
            // The view says it itself, and who cancelled it by a key has been told.
            guard payment?.order != after.id, query != .cancelOrder(after.id) else { continue }
            tell(after)
        }
        if awaitingPayment.isEmpty { payments.poller.stop() } else { watchPayments() }
        goOnWatching()
        return effects
    }

    private mutating func tell(_ order: Order) {
        let title = order.lines.first?.title ?? SafeText(order.id.rawValue)
        if order.status == .gone {
            tell("No longer on the shop's page: " + title + ". It was bought, or it has expired.", .warning)
        } else if order.status == .cancelled {
            tell("Cancelled, because it was not paid: " + title + ".", .warning)
        } else if order.awaitsTransfer {
            tell("The shop waits for your money: " + title + ". Orders says where to send it.", .warning)
        } else {
            tell("Paid: " + title + ".", .success)
        }
    }
}
