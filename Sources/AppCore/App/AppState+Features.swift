import Domain
import Text

// The features, put together: what each of them does is in its folder, and App only asks all of them.

extension AppState {
    /// The features, in the order in which they act. A new one is its folder, its place in the state, and a line here.
    private static let features: [FeatureLine] = [
        FeatureLine(\.schedule), FeatureLine(\.wishes), FeatureLine(\.follows), FeatureLine(\.reminding),
        FeatureLine(\.signIns),
    ]

    /// The moment of the action that is being handled.
    var circumstances: Circumstances { Circumstances(now: now, wall: wall, entropy: entropy) }

    /// All that a feature may know beside its own state.
    package var surroundings: FeatureContext {
        FeatureContext(
            circumstances, columns: columns, rows: rows, tab: tab, shops: shops, channelCount: channelCount,
            asksByItself: asksByItself, search: search, scheduled: schedule.shows,
            otherShows: pages.isEmpty ? [] : pages.flatMap(\.shows), hostBehind: hostBehind)
    }

    private var hostBehind: Host? {
        page == nil ? onlyShop : watch?.hosts.first ?? hostPage?.host
    }

    // MARK: All of them

    /// Times at which a feature or an open page does something by itself next.
    var featureDeadlines: [Timestamp?] {
        let context = surroundings
        return Self.features.map { $0.nextDeadline(self, context) } + pages.map { $0.nextDeadline(context) }
    }

    /// Pollers of features and open pages that ask a channel by themselves.
    func featurePollers(of channel: Channel) -> [QuestionKind: Poller] {
        var pollers: [QuestionKind: Poller] = [:]
        for line in Self.features { pollers.merge(line.pollers(self, channel)) { $1 } }
        for page in pages { pollers.merge(page.pollers(of: channel)) { $1 } }
        return pollers
    }

    mutating func onFeatures(_ step: FeatureStep) -> [Effect] {
        var effects: [Effect] = []
        for line in Self.features { effects += carryOut(line.take(&self, step, surroundings)) }
        return effects
    }

    /// On open pages, the one in front first.
    mutating func onPages(_ step: FeatureStep) -> [Effect] {
        var effects: [Effect] = []
        for page in pages.compactMap(\.name).reversed() {
            guard let place = pages.lastIndex(where: { $0.name == page }) else { continue }
            let context = surroundings
            effects += carryOut(pages[place].take(step, context))
        }
        return effects
    }

    // MARK: Pages

    /// The page in front: the one that was opened last, else the tab's.
    package var front: any PageFeature {
        if let page = pages.last { return page }
        return switch tab {
        case .schedule, .live: schedule
        case .following: follows
        case .orders: orders
        case .wishList: wishes
        }
    }

    mutating func onFront(_ step: PageStep) -> [Effect] {
        let context = surroundings
        if !pages.isEmpty { return carryOut(pages[pages.count - 1].take(step, context)) }
        return switch tab {
        case .schedule, .live: carryOut(schedule.take(step, context))
        case .following: carryOut(follows.take(step, context))
        case .orders: carryOut(orders.take(step, context))
        case .wishList: carryOut(wishes.take(step, context))
        }
    }

    /// Goes back within the page that is open in front; nil where that is to be left.
    mutating func goBackWithinPage() -> [Effect]? {
        guard !pages.isEmpty else { return nil }
        let context = surroundings
        guard let outcomes = pages[pages.count - 1].goBack(context) else { return nil }
        return carryOut(outcomes)
    }

    /// Puts a page over what is there, in the place of an open one of its kind.
    mutating func open<Opened: PageFeature>(_ page: Opened) -> [Effect] {
        pages.removeAll { $0 is Opened }
        if let place = page.searchPlace { search[place] = "" }
        pages.append(page)
        return onFront(.appear)
    }

    /// The open page of a kind.
    func openPage<Opened: PageFeature>(_ kind: Opened.Type) -> Opened? {
        for page in pages.reversed() { if let found = page as? Opened { return found } }
        return nil
    }

    mutating func setOpenPage<Opened: PageFeature>(_ page: Opened?) {
        guard let place = pages.lastIndex(where: { $0 is Opened }) else { return }
        if let page { pages[place] = page } else { pages.remove(at: place) }
    }

    package var hostPage: HostPageState? {
        get { openPage(HostPageState.self) }
        set { setOpenPage(newValue) }
    }
    package var orderPage: OrderPageState? {
        get { openPage(OrderPageState.self) }
        set { setOpenPage(newValue) }
    }
    package var productPage: ProductPageState? {
        get { openPage(ProductPageState.self) }
        set { setOpenPage(newValue) }
    }

    // MARK: What comes of it

    /// Hands on what features have to say, in its order, and collects the work for the world outside.
    mutating func carryOut(_ outcomes: [Outcome]) -> [Effect] {
        var effects: [Effect] = []
        for outcome in outcomes {
            switch outcome {
            case .effect(let effect): effects.append(effect)
            case .message(let message): effects += handle(message)
            }
        }
        return effects
    }

    private mutating func handle(_ message: FeatureMessage) -> [Effect] {
        switch message {
        case .tell(let text, let tone): tell(text, tone)
        case .notice(let notice): self.notice = notice
        case .open(let page): return open(page)
        case .openShow(let id): return open(id, circumstances)
        case .openProduct(let product): return page == .product(product.id) ? [] : open(ProductPageState(product))
        case .openHost(let host): return open(HostPageState(host: host))
        case .buyInFocus: return buyInFocus()
        case .askForDeals: return askForDeals()
        case .seen(let products): notePrices(of: products)
        case .hurrySchedule(let channel, let time): schedule.hurry(channel, to: time)
        case .scheduleCame(let channel): return handleSchedule(of: channel)
        case .signedIn(let account, let channel):
            shops[channel].connection.isSignedOut = false
            return findAccount(account.id, account.name, formerly: account.formerly, of: channel)
        case .signedOut(let channel):
            shops[channel].connection.isSignedOut = false
            shops[channel].accountID = nil
            shops[channel].accountName = nil
            shops[channel].formerAccounts = []
        }
        return []
    }

    private mutating func handleSchedule(of channel: Channel) -> [Effect] {
        let context = surroundings
        schedule.keepSelection(context)
        if let id = watch?.show, let summary = context.show(id) { watch?.summary = summary }
        return carryOut(reminding.handle(.scheduleCame, context))
    }
}
