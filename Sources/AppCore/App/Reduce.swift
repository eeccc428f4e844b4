import Domain
import Text

/// The whole of the program's behaviour: what an action makes of the state, and what it asks of the world outside.
package func reduce(_ state: inout AppState, _ action: Action, _ circumstances: Circumstances) -> [Effect] {
    state.now = circumstances.now
    let effects = state.handle(action, circumstances) + state.keepSeenPrices()
    state.moveTicker()
    state.planConnection()
    guard state.buy?.needsQuote == true else { return effects }
    state.buy?.needsQuote = false
    return effects + state.requote()
}

extension AppState {
    fileprivate mutating func handle(_ action: Action, _ circumstances: Circumstances) -> [Effect] {
        switch action {
        case .started(let stored): return start(with: stored, circumstances)
        case .user(let intent): return act(on: intent, circumstances)
        case .typed(let text):
            prompt?.insert(text)
            searchFollowsPrompt()
            return []
        case .answered(let query, let result): return take(result, of: query, circumstances)
        case .serverTime(let time):
            clock.observe(clock: time, at: now)
            return []
        case .accountKnown(let id, let name):
            if !name.isEmpty || id != accountID { accountName = name.isEmpty ? nil : name }
            accountID = id
            return []
        case .accountFound(let id, let name, let formerly):
            accountName = name.isEmpty ? nil : name
            formerAccounts = Set(formerly)
            guard accountID != id else { return [] }
            accountID = id
            return [.ask(.follows), .ask(.orders(cursor: nil))]
        case .signedOut(let isSignedOut):
            connection.isSignedOut = isSignedOut
            return []
        case .intentRecorded(let intent): return goOn(with: intent)
        case .intentNotRecorded(let intent, let reason): return giveUp(intent, reason: reason, circumstances)
        case .turn(let intent, let turn): return takeTurn(turn, of: intent, circumstances)
        case .refusalKept(let key, nil): return tellRefusal(of: key)
        case .refusalKept(let key, let problem?): return takeBackRefusal(of: key, problem, circumstances)
        case .storeFailed(let reason):
            tell("Could not be kept on disk: " + reason, .problem)
            return []
        case .settingsRead(let themes, let theme, let reduceMotion, let mutes, let budget, let problem):
            (self.themes, self.theme, self.reduceMotion) = (themes, theme, reduceMotion)
            self.mutes.configure(mutes)
            self.budget = budget
            applyMutes()
            if let problem { tell(problem, .problem) }
            return []
        case .pricesRead(let histories):
            takeHistory(histories)
            return []
        case .focusChanged(let isFocused):
            self.isFocused = isFocused
            return []
        case .outputBackedUp(let isBackedUp):
            isOutputBackedUp = isBackedUp
            return []
        case .timePassed: return passTime(circumstances)
        case .resized(let columns, let rows):
            self.columns = columns
            self.rows = rows
            return []
        case .resumed:
            schedule.poller.resume(at: now)
            watch?.head.resume(at: now)
            productPage?.poller.resume(at: now)
            payments.poller.resume(at: now)
            if areOrdersInSight { orders.watcher.resume(at: now) }
            return requote() + passTime(circumstances)
        case .clicked(let target): return click(target, circumstances)
        case .scrolled(let target, let rows): return scroll(target, by: rows, circumstances)
        case .chatShown(let window):
            watch?.chat.window = window
            return []
        case .contactRead(let details):
            openContactForm(details)
            return []
        case .contactKept(let problem): return takeContact(problem)
        case .linkCopied(let address):
            tell(address.map { "Copied " + $0 } ?? "There is no link to copy in sight.")
            return []
        }
    }

    fileprivate mutating func start(with stored: StoredState, _ circumstances: Circumstances) -> [Effect] {
        schedule.shows = stored.shows
        schedule.fetchedAt = stored.showsFetchedAt
        schedule.selected = scheduleRows().first?.id
        follows.hosts = stored.follows
        orders.orders = stored.orders
        orders.unresolved = stored.intents.filter { !$0.isResolved }
        orders.spentElsewhere = stored.spentElsewhere
        orders.refused = stored.intents.filter { if case .refused = $0.state { true } else { false } }
            .sorted { $0.createdAt > $1.createdAt }
        orders.selected = orders.rowIDs.first
        wishes.wishes = stored.wishes
        wishes.selected = stored.wishes.first?.product
        reminders = stored.reminders
        schedule.poller.start(at: now)
        if !orders.unresolved.isEmpty { orders.resolver.start(at: now) }
        watchPayments()
        let account: [Effect] = accountID == nil ? [] : [.ask(.follows), .ask(.orders(cursor: nil))]
        return [.ask(.service)] + account + passTime(circumstances)
    }

    /// What is due by now.
    fileprivate mutating func passTime(_ circumstances: Circumstances) -> [Effect] {
        var effects: [Effect] = []
        if let until = notice?.until, until <= now { notice = nil }
        if schedule.poller.isDue(at: now) {
            schedule.poller.sent(at: now)
            schedule.collected = []
            effects.append(.ask(.shows(scheduleWindow, cursor: nil)))
        }
        effects += watchOn(circumstances)
        effects += askForProduct()
        effects += resolvePurchases()
        effects += askAboutPayments()
        effects += watchOrders()
        if case .ready(let quote) = buy?.quote, buy?.stage == .choosing, quote.expiresAt <= serverNow {
            effects += requote()
        }
        return effects
    }

    /// A week back, for replays, and a fortnight ahead, in whole hours so that caches see the same question.
    private var scheduleWindow: ShowFilter {
        let hour = Timestamp(milliseconds: serverNow.milliseconds - serverNow.milliseconds % 3_600_000)
        return ShowFilter(from: hour - .seconds(7 * 86400), to: hour + .seconds(14 * 86400))
    }

    fileprivate mutating func take(
        _ result: Result<ShopAnswer, ShopFailure>, of query: ShopQuery, _ circumstances: Circumstances
    ) -> [Effect] {
        var effects: [Effect] = []
        switch result {
        case .success:
            if connection.succeeded(at: now) { effects += comeBack() }
        case .failure(let failure):
            // What everybody may read tells how the server is; what is one's own says itself what is wrong with it.
            if !query.isPrivate { connection.failed(failure, at: now) }
        }
        switch query {
        case .service: takeService(result)
        case .shows(let filter, let cursor): effects += takeShows(result, filter: filter, cursor: cursor, circumstances)
        case .show(let id): takeShow(id, result, circumstances)
        case .head(let id): effects += takeHead(id, result, circumstances)
        case .segment(let id, let number): effects += takeSegment(id, number, result, circumstances)
        case .follows, .follow, .unfollow: effects += takeFollows(query, result)
        case .host: takeHost(result)
        case .productsOfHost(let id, let cursor): effects += takeProducts(of: id, cursor: cursor, result)
        case .product(let id): effects += takeProduct(id, result, circumstances)
        case .reviews(let id, let cursor): effects += takeReviews(id, cursor: cursor, result)
        case .moments(let id): takeMoments(id, result)
        case .postMessage(let id, let text): effects += takeMessage(id, text: text, result)
        case .paymentMethods, .quote: effects += takeBuying(query, result)
        case .placeOrder(let intent): effects += takeOrder(of: intent, result, circumstances)
        case .traceOrder(let intent): effects += takeResolution(intent.key, result, circumstances)
        case .orders, .cancelOrder, .order, .returnOrder: effects += takeOrderNews(query, result, circumstances)
        case .hosts, .products, .addresses, .openGuestAccount: break
        }
        return effects
    }

    private mutating func takeService(_ result: Result<ShopAnswer, ShopFailure>) {
        guard case .success(.service(let info)) = result else { return }
        isServiceKnown = true
        capabilities = info.capabilities
        chatCharacters = info.chatCharacters
        if let serverTime = info.serverTime { clock.observe(notBefore: serverTime, at: now) }
    }
}
