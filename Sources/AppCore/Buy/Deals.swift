import Domain
import Text

/// A deal that runs in a live show. It holds wherever the product is bought, if the quote names the show.
package struct Deal: Hashable, Sendable {
    package let show: ShowID
    package let offer: Offer

    package init(show: ShowID, offer: Offer) {
        self.show = show
        self.offer = offer
    }

    /// The best of several: the most off, and of two that are alike the one of the show that is named already.
    package static func best(of deals: [Deal], preferring show: ShowID? = nil) -> Deal? {
        deals.max { a, b in
            (a.offer.percentOff, a.show == show ? 1 : 0, a.offer.endsAt, b.show)
                < (b.offer.percentOff, b.show == show ? 1 : 0, b.offer.endsAt, a.show)
        }
    }
}

extension Offer {
    /// Tells whether something can be had by it.
    package func isRunning(at serverNow: Timestamp) -> Bool { endsAt > serverNow && remaining != 0 }
}

extension Sequence<Show> {
    /// The live ones, those with the most viewers first.
    package var mostWatchedLive: [Show] {
        filter { $0.state == .live }.sorted { ($0.viewers ?? 0, $1.id) > ($1.viewers ?? 0, $0.id) }
    }
}

extension ShopQuery {
    /// The question for the shows that are live now.
    package static var liveShows: ShopQuery { .shows(ShowFilter(state: .live), cursor: nil) }
}

/// The offers of live shows that are not being watched, as their heads tell them while something is about to be bought.
package struct RunningDeals: Sendable {
    /// Shows that are asked at a shop, those with the most viewers first.
    package static let mostShows = 12
    /// Pause between two questions for them.
    package static let interval = Duration.seconds(20)

    private var offers: [ShowID: [Offer]] = [:]
    private var awaited: [Channel: Set<ShowID>] = [:]
    private var askedShows: [Channel: [Show]] = [:]
    private var askingForShows: Set<Channel> = []
    private var pollers = PerChannel(Poller())
    /// When all of a shop's shows had answered, or failed to, the last time.
    private var settledAt: [Channel: Timestamp] = [:]

    package init() {}

    func deals(on product: ProductID, serverNow: Timestamp) -> [Deal] {
        offers.flatMap { show, offers in
            offers.filter { $0.product == product && $0.isRunning(at: serverNow) }.map { Deal(show: show, offer: $0) }
        }
    }

    func isAsking(_ channel: Channel) -> Bool {
        askingForShows.contains(channel) || awaited[channel]?.isEmpty == false
    }

    /// The live shows of a channel that were asked for; nil where the schedule tells them.
    func shows(of channel: Channel) -> [ShowID]? { askedShows[channel]?.map(\.id) }
    /// The title of a show that was asked for; nil where it was not.
    package func title(of show: ShowID) -> SafeText? { askedShows[show.channel]?.first { $0.id == show }?.title }
    func isAskingForShows(of channel: Channel) -> Bool { askingForShows.contains(channel) }

    mutating func askForShows(of channel: Channel) {
        askingForShows.insert(channel)
        askedShows[channel] = []
    }

    mutating func takeShows(_ shows: [Show], of channel: Channel) {
        askingForShows.remove(channel)
        askedShows[channel] = shows
        pollers[channel].stop()
    }

    func isKnown(of channel: Channel, at now: Timestamp) -> Bool {
        settledAt[channel].map { now - $0 <= Self.interval * 2 } ?? false
    }

    /// When a shop's shows are asked next: at once where they never were.
    func dueAt(_ channel: Channel, now: Timestamp) -> Timestamp? {
        pollers[channel].isActive ? pollers[channel].dueAt : now
    }

    mutating func ask(_ shows: [ShowID], of channel: Channel, at now: Timestamp) {
        pollers[channel].sent(at: now)
        awaited[channel] = Set(shows)
        offers = offers.filter { $0.key.channel != channel || shows.contains($0.key) }
    }

    /// - Parameter told: nil where the show could not be asked; what it said before is true no longer.
    mutating func take(_ told: [Offer]?, of show: ShowID, _ circumstances: Circumstances) {
        let channel = show.channel
        guard awaited[channel]?.remove(show) != nil else { return }
        offers[show] = told?.isEmpty == false ? told : nil
        guard awaited[channel]?.isEmpty == true else { return }
        settledAt[channel] = circumstances.now
        pollers[channel].answered(circumstances, interval: Self.interval)
    }
}

extension AppState {
    /// Time that a pane waits for the deals before it asks for a total without them.
    private static let dealsPatience = Duration.seconds(2)

    /// The best deal that runs on a product, in whatever show.
    package func deal(on product: ProductID) -> Deal? {
        let serverNow = showTime(of: product.channel)
        var deals = deals.deals(on: product, serverNow: serverNow)
        if let watch, !watch.playhead.isReplay, let offer = watch.offer(on: product, serverNow: serverNow) {
            deals.append(Deal(show: watch.show, offer: offer))
        }
        let refused = buy?.refusedDeals ?? []
        return Deal.best(
            of: deals.filter { !refused.contains($0.show) }, preferring: buy?.show ?? watch?.show)
    }

    /// The shops where something is about to be bought, and the shows there that are live and not watched.
    private var shopsWithDeals: [(channel: Channel, shows: [ShowID])] {
        var wanted: [Channel] = []
        if let buy, buy.stage == .choosing { wanted.append(buy.product.id.channel) }
        if let productPage { wanted.append(productPage.product.id.channel) }
        if let product = orderPage?.reordering?.product { wanted.append(product.channel) }
        return channels.filter(wanted.contains).compactMap { channel in
            guard shops[channel].capabilities.contains(.orders) else { return nil }
            let watched = watch?.playhead.isReplay == false ? watch?.show : nil
            // What the local store kept of the schedule is no news of what is live.
            if !asksByItself, deals.shows(of: channel) == nil { return nil }
            let live =
                deals.shows(of: channel)
                ?? schedule.shows.filter { $0.id.channel == channel }.mostWatchedLive.map(\.id)
            // The show that is watched tells its own deals.
            let asked = live.filter { $0 != watched }.prefix(RunningDeals.mostShows)
            return asked.isEmpty ? nil : (channel, Array(asked))
        }
    }

    var dealsDueAt: Timestamp? { shopsWithDeals.compactMap { deals.dueAt($0.channel, now: now) }.min() }

    /// Asks the live shows what deals run in them, as long as something is about to be bought.
    mutating func askForDeals() -> [Effect] {
        shopsWithDeals.flatMap { channel, shows -> [Effect] in
            guard let due = deals.dueAt(channel, now: now), due <= now else { return [] }
            deals.ask(shows, of: channel, at: now)
            return shows.map { .ask(.head($0)) }
        }
    }

    /// Takes the head of a show for its deals alone.
    mutating func takeDeals(
        of show: ShowID, _ result: Result<ShopAnswer, ShopFailure>, _ circumstances: Circumstances
    ) -> [Effect] {
        switch result {
        case .success(.head(let head)): deals.take(head.snapshot.offers, of: show, circumstances)
        case .success: deals.take([], of: show, circumstances)
        case .failure: deals.take(nil, of: show, circumstances)
        }
        applyDeal()
        return endWaitForDeals()
    }

    /// Names the show of the best deal to the quote, so that the deal is in the total wherever the pane was opened.
    mutating func applyDeal() {
        guard let pane = buy, pane.stage == .choosing, let deal = deal(on: pane.product.id), deal.show != pane.show
        else { return }
        buy?.show = deal.show
        guard pane.dealsAwaitedUntil == nil else { return }
        if case .failed = pane.quote { return }
        buy?.quote = .loading
        buy?.figuresAt = now
        buy?.needsQuote = true
    }

    /// Tells whether the pane should know the deals before it asks for a total: over a live show its own deals are known.
    mutating func waitForDeals() -> Bool {
        guard let pane = buy, watch == nil || watch?.playhead.isReplay == true else { return false }
        let channel = pane.product.id.channel
        guard deals.isAsking(channel), !deals.isKnown(of: channel, at: now) else { return false }
        buy?.dealsAwaitedUntil = now + Self.dealsPatience
        return true
    }

    /// Asks for the total once the deals are known, or do not come.
    mutating func endWaitForDeals() -> [Effect] {
        guard let pane = buy, let until = pane.dealsAwaitedUntil,
            until <= now || !deals.isAsking(pane.product.id.channel)
        else { return [] }
        buy?.dealsAwaitedUntil = nil
        // The total that is there already is the one to know.
        if pane.isNamed, case .ready = pane.quote, pane.quotedShow == pane.show { return [] }
        return requote()
    }
}
