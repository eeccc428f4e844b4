import Domain
import Text

extension AppState {
    /// The order of the open page, as it is known now.
    package var orderOnPage: Order? {
        guard case .order(let id)? = page else { return nil }
        return orders.orders.first { $0.id == id }
    }

    mutating func openOrderPage() -> [Effect] {
        guard case .order(let order)? = orders.selectedEntry else { return [] }
        var opened = OrderPageState(order.id)
        opened.place = order.places.first
        pages.append(opened)
        return lookAtOrders()
    }

    mutating func actOnOrder(_ intent: UserIntent, _ circumstances: Circumstances) -> [Effect] {
        guard let order = orderOnPage, var page = orderPage else { return [] }
        if page.returning == nil {
            if intent == .cancelOrder { return cancelSelectedOrder() }
            if intent == .buy { return reorder(order) }
        }
        let outcomes = page.act(on: intent, order, surroundings)
        orderPage = page
        return carryOut(outcomes)
    }

    mutating func takeReturn(_ id: OrderID, _ result: Result<ShopAnswer, ShopFailure>) -> [Effect] {
        if orderPage?.id == id { orderPage?.returning = nil }
        switch result {
        case .success(.order(let order)):
            note(order)
            tell("The shop has been asked to take it back.", .success)
            orders.watcher[id.channel].start(at: now)
            return [.store(.orders([order], of: id.channel, fetchedAt: now))]
        case .success: return []
        case .failure(let failure):
            tell("Not asked: " + failure.explanation, .problem)
            // The answer may have been lost after the shop heard it: what it has now says so.
            orders.watcher[id.channel].start(at: now)
            return []
        }
    }

    // MARK: Buying it again

    /// Opens nothing yet: what it is and what it costs may have changed since, and the shop says so first.
    private mutating func reorder(_ order: Order) -> [Effect] {
        guard capabilities.contains(.orders) else {
            tell("This shop takes no orders here.", .warning)
            return []
        }
        let chosen: Int? = if case .item(let index)? = orderPage?.place { index } else { nil }
        guard let line = order.lines.indices.contains(chosen ?? 0) ? order.lines[chosen ?? 0] : nil,
            let product = line.product
        else {
            tell("The shop does not say what this was, so it cannot be found again.", .warning)
            return []
        }
        guard orderPage?.reordering == nil else { return [] }
        orderPage?.reordering = line
        return [.ask(.product(product))] + askForDeals()
    }

    /// The pane opens on what was bought, as many as then, with a quote of now; it never buys by itself.
    mutating func takeReordered(_ id: ProductID, _ result: Result<ShopAnswer, ShopFailure>) -> [Effect] {
        guard let line = orderPage?.reordering, line.product == id else { return [] }
        orderPage?.reordering = nil
        guard case .order? = page, context == .order else { return [] }
        switch result {
        case .success(.product(let product)):
            guard let variant = product.variant(line.sku) else {
                tell("The shop no longer sells " + line.title + ".", .warning)
                return []
            }
            var pane = BuyState(product: product, variant: variant, show: nil, now: now)
            pane.quantity = variant.quantities.nearest(to: line.quantity, ofThoseLeft: variant.stock)
            return open(pane)
        case .success: return []
        case .failure(let failure):
            tell(failure == .notFound ? "The shop no longer sells it." : "Not now: " + failure.explanation, .warning)
            return []
        }
    }

    // MARK: Watching

    /// The longest pause between two tries while the shop cannot be asked.
    private static let longestPause = Duration.seconds(60)

    package var areOrdersInSight: Bool {
        if case .order = page { return true }
        return page == nil && tab == .orders
    }

    /// What orders do by themselves, while they are on the screen and the shop has more to do with them.
    mutating func watchOrders() -> [Effect] {
        watchedChannels.compactMap { channel in
            guard orders.watcher[channel].isDue(at: now) else { return nil }
            orders.watcher[channel].sent(at: now)
            if case .order(let id) = page { return .ask(.order(id)) }
            return .ask(.orders(cursor: nil), of: channel)
        }
    }

    /// When orders are asked for next.
    var ordersDueAt: Timestamp? { watchedChannels.compactMap { orders.watcher[$0].dueAt }.min() }

    /// Asks now for what is on the screen.
    mutating func lookAtOrders() -> [Effect] {
        startWatchingOrders()
        return watchOrders()
    }

    mutating func startWatchingOrders() { for channel in watchedChannels { orders.watcher[channel].start(at: now) } }

    mutating func resumeWatchingOrders() { for channel in watchedChannels { orders.watcher[channel].resume(at: now) } }

    /// The channels of the orders in sight that can be asked.
    private var watchedChannels: [Channel] {
        guard areOrdersInSight else { return [] }
        let shown: [Channel] = if case .order(let id)? = page { [id.channel] } else { channels }
        return shown.filter { shops[$0].accountID != nil }
    }

    mutating func takeWatched(
        _ result: Result<ShopAnswer, ShopFailure>, of channel: Channel, _ circumstances: Circumstances
    ) -> [Effect] {
        switch result {
        case .success(.order(let order)):
            let isNews = orders.orders.first { $0.id == order.id } != order
            note(order)
            orders.failures[channel] = nil
            settleWatch(nil, of: channel, circumstances)
            return isNews ? [.store(.orders([order], of: channel, fetchedAt: now))] : []
        case .success:
            settleWatch(nil, of: channel, circumstances)
            return []
        case .failure(let failure):
            orders.failures[channel] = failure
            settleWatch(failure, of: channel, circumstances)
            return []
        }
    }

    /// What another question has brought under way is watched, too.
    mutating func goOnWatching() {
        for channel in watchedChannels {
            let watcher = orders.watcher[channel]
            guard watcher.nextAt == nil, !watcher.isInFlight, let interval = watchInterval(of: channel) else {
                continue
            }
            orders.watcher[channel].start(at: now + interval)
        }
    }

    /// The time to the next question about what is in sight of a channel; nil where no answer can bring news.
    private func watchInterval(of channel: Channel) -> Duration? {
        let reopens = shops[channel].capabilities.contains(.reopensOrders)
        let inSight = orderOnPage.map { [$0] } ?? orders.orders.filter { $0.id.channel == channel }
        return inSight.compactMap { $0.watchInterval(reopens: reopens, now: serverTime(of: channel)) }.min()
    }

    mutating func settleWatch(_ failure: ShopFailure?, of channel: Channel, _ circumstances: Circumstances) {
        if let failure {
            orders.watcher[channel].failed(
                circumstances, interval: min(watchInterval(of: channel) ?? .seconds(15), Self.longestPause), failure)
        } else if let interval = watchInterval(of: channel) {
            orders.watcher[channel].answered(circumstances, interval: interval)
        } else {
            orders.watcher[channel].stopAfterAnswer()
        }
    }

    /// What the shop says of one order takes the place of what was known.
    mutating func note(_ order: Order) {
        if let index = orders.orders.firstIndex(where: { $0.id == order.id }) {
            orders.orders[index] = order
        } else {
            orders.orders = (orders.orders + [order]).sorted(by: Order.isNewer)
        }
    }
}
