import Domain
import Text

// A pane for something that is named by its SKU: what it is, the shop's first total tells, and the deals on it are asked for then.

extension AppState {
    /// The pane shows a total that will not change by itself, or why there is none.
    package var isTotalSettled: Bool {
        guard let pane = buy else { return true }
        switch pane.quote {
        case .loading: return false
        case .failed: return true
        case .ready(let quote):
            return !pane.needsQuote && pane.dealsAwaitedUntil == nil && quote.expiresAt > serverNow
                && (pane.areMethodsKnown || pane.methodsFailure != nil)
        }
    }

    /// Time that the deals are waited for before a total is told without them.
    private static let namedDealsPatience = Duration.seconds(5)

    /// Asks what something costs that no page has been opened on.
    mutating func openPane(for request: PriceRequest) -> [Effect] {
        buy = BuyState(request, now: now)
        return requote()
    }

    /// Takes other deliveries, and asks for the total with them.
    mutating func choose(_ deliveries: DeliveryChoice) -> [Effect] {
        guard buy?.stage == .choosing else { return [] }
        buy?.choose(deliveries)
        return requote()
    }

    /// Asks for what a total does not say: how it can be paid, and the deals on what it is of.
    mutating func completeNamedPane(_ quote: Quote) -> [Effect] {
        guard let pane = buy, pane.isNamed, pane.stage == .choosing, case .ready = pane.quote else { return [] }
        var effects: [Effect] = []
        if quote.paymentMethods == nil, !pane.hasAskedForMethods {
            buy?.hasAskedForMethods = true
            effects.append(.ask(.paymentMethods, of: pane.sku.channel))
        }
        if let line = quote.lines.first { buy?.learnProduct(line.product ?? pane.product.id, title: line.title) }
        let channel = pane.sku.channel
        if !pane.hasAskedForDeals, shops[channel].capabilities.isSuperset(of: [.shows, .orders]) {
            buy?.hasAskedForDeals = true
            buy?.dealsAwaitedUntil = now + Self.namedDealsPatience
            deals.askForShows(of: channel)
            effects.append(.ask(.liveShows, of: channel))
        }
        return effects
    }

    /// Takes the live shows of a channel, and asks each of them what deals run in it.
    mutating func takeLiveShows(
        _ result: Result<ShopAnswer, ShopFailure>, of channel: Channel
    ) -> [Effect] {
        guard deals.isAskingForShows(of: channel) else { return [] }
        let shows: [Show] = if case .success(.shows(let shows, _)) = result { shows } else { [] }
        deals.takeShows(shows.mostWatchedLive, of: channel)
        applyDeal()
        return askForDeals() + endWaitForDeals()
    }

    /// Goes back to the total without a deal, where the shop does not give one with it.
    /// - Returns: nil where no deal is to blame.
    mutating func giveUpDeal() -> [Effect]? {
        guard let pane = buy, pane.isNamed, let show = pane.show, show != pane.namedShow else { return nil }
        buy?.refusedDeals.insert(show)
        buy?.show = pane.namedShow
        return requote()
    }
}
