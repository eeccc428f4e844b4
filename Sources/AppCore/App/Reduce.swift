import Domain
import Text

/// The whole of the program's behaviour: what an action makes of the state, and what it asks of the world outside.
package func reduce(_ state: inout AppState, _ action: Action, _ circumstances: Circumstances) -> [Effect] {
    state.now = circumstances.now
    state.wall = circumstances.wall
    state.entropy = circumstances.entropy
    let effects = state.handle(action, circumstances) + state.keepSeenPrices()
    state.moveSelection()
    state.planRestock()
    state.moveTicker()
    state.planConnections()
    guard state.buy?.needsQuote == true else { return effects }
    state.buy?.needsQuote = false
    return effects + state.requote()
}

extension AppState {
    fileprivate mutating func handle(_ action: Action, _ circumstances: Circumstances) -> [Effect] {
        switch action {
        case .started(let stored, let others): return start(with: [stored] + others, circumstances)
        case .loaded(let stored, let budget, let mutes):
            asksByItself = false
            self.budget = budget
            self.mutes.configure(mutes)
            load(stored)
            return []
        case .user(let intent): return act(on: intent, circumstances)
        case .asked(let query, let channel): return [.ask(query, of: channel)]
        case .request(let request): return carryOut(request, circumstances)
        case .feed(let action): return act(on: action, circumstances)
        case .typed(let text):
            prompt?.insert(text)
            searchFollowsPrompt()
            return []
        case .answered(let query, let channel, let result): return take(result, of: query, channel, circumstances)
        case .serverTime(let time, let channel, .shop):
            shops[channel].clock.observe(clock: time, at: now)
            return []
        case .serverTime(let time, let channel, .liveSource):
            shops[channel].liveClock?.observe(clock: time, at: now)
            return []
        case .accountKnown(let id, let name, let channel):
            if !name.isEmpty || id != shops[channel].accountID {
                shops[channel].accountName = name.isEmpty ? nil : name
            }
            shops[channel].accountID = id
            return []
        case .accountFound(let id, let name, let formerly, let channel):
            return findAccount(id, name, formerly: formerly, of: channel)
        case .signedOut(let isSignedOut, let channel):
            shops[channel].connection.isSignedOut = isSignedOut
            return []
        case .intentRecorded(let intent): return goOn(with: intent)
        case .intentNotRecorded(let intent, let reason, let isBeyondBudget):
            return giveUp(intent, reason: reason, isBeyondBudget: isBeyondBudget, circumstances)
        case .turn(let intent, let turn): return takeTurn(turn, of: intent, circumstances)
        case .refusalKept(let key, nil): return tellRefusal(of: key)
        case .refusalKept(let key, let problem?): return takeBackRefusal(of: key, problem, circumstances)
        case .storeFailed(let reason): return tellStoreProblem(reason)
        case .notKept(let command, let reason):
            return onFeatures(.takeBack(command)) + tellStoreProblem(reason)
        case .storeSettled(let mark):
            storeMark = max(storeMark, mark)
            return []
        case .settingsRead(let themes, let theme, let reduceMotion, let mutes, let budget, let problem):
            (self.themes, self.theme, self.reduceMotion) = (themes, theme, reduceMotion)
            self.mutes.configure(mutes)
            self.budget = budget
            applyMutes()
            if let problem { tell(problem, .problem) }
            return []
        case .pricesRead(let histories):
            productPage?.take(histories)
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
            let effects = onFeatures(.resume) + onPages(.resume)
            watch?.head.resume(at: now)
            payments.poller.resume(at: now)
            resumeWatchingOrders()
            return effects + requote() + passTime(circumstances)
        case .clicked(let target): return click(target, circumstances)
        case .scrolled(let target, let rows): return scroll(target, by: rows, circumstances)
        case .choiceShown(let choice):
            watch?.shownChoice = choice
            return []
        case .chatShown(let window):
            watch?.chat.window = window
            return []
        case .totalShown:
            if buy?.stage == .choosing { buy?.figuresAt = now }
            return []
        case .contactRead(let details):
            openContactForm(details)
            return []
        case .contactKept(let problem): return takeContact(problem)
        case .signIn(let reply, let attempt, let channel):
            return carryOut(signIns.handle(.replied(reply, attempt: attempt), at: channel, surroundings))
        case .linkCopied(let address):
            tell(address.map { "Copied " + $0 } ?? "There is no link to copy in sight.")
            return []
        }
    }

    /// Takes in whose account the channel has.
    mutating func findAccount(_ id: String, _ name: SafeText, formerly: [String], of channel: Channel) -> [Effect] {
        shops[channel].accountName = name.isEmpty ? nil : name
        shops[channel].formerAccounts = Set(formerly)
        guard shops[channel].accountID != id else { return [] }
        shops[channel].accountID = id
        guard asksByItself else { return [] }
        return [.ask(.follows, of: channel), .ask(.orders(cursor: nil), of: channel)]
    }

    /// Takes in what the local store knew, and begins nothing.
    fileprivate mutating func load(_ stored: [StoredState]) {
        for (channel, stored) in zip(channels, stored) { schedule[channel] = ScheduleSource(stored) }
        schedule.selected = scheduleRows().first?.id
        follows.hosts = stored.flatMap(\.follows)
        orders.orders = stored.flatMap(\.orders).sorted(by: Order.isNewer)
        orders.resume(stored.flatMap(\.intents))
        orders.spentElsewhere = stored.first?.spentElsewhere ?? []
        orders.selected = orders.rowIDs.first
        wishes.wishes = stored.flatMap(\.wishes).sorted { $0.at > $1.at }
        wishes.selected = wishes.wishes.first?.product
        reminding.reminders = stored.flatMap(\.reminders)
    }

    fileprivate mutating func start(with stored: [StoredState], _ circumstances: Circumstances) -> [Effect] {
        load(stored)
        schedule.start(surroundings)
        for channel in Set(orders.unresolved.map(\.channel)) { orders.resolver[channel].start(at: now) }
        watchPayments()
        for channel in channels { shops[channel].service.start(at: now) }
        let accounts: [Effect] = channels.filter { shops[$0].accountID != nil }.flatMap { channel -> [Effect] in
            [.ask(.follows, of: channel), .ask(.orders(cursor: nil), of: channel)]
        }
        return accounts + passTime(circumstances)
    }

    /// What is due by now.
    fileprivate mutating func passTime(_ circumstances: Circumstances) -> [Effect] {
        var effects: [Effect] = []
        if let until = notice?.until, until <= now { notice = nil }
        effects += askForServices()
        effects += onFeatures(.passTime)
        effects += watchOn(circumstances)
        effects += onPages(.passTime)
        effects += askForDeals()
        effects += endWaitForDeals()
        effects += askForRestock()
        effects += resolvePurchases()
        effects += askAboutPayments()
        effects += watchOrders()
        if case .ready(let quote) = buy?.quote, buy?.stage == .choosing, quote.expiresAt <= serverNow {
            effects += requote()
        }
        return effects
    }

    fileprivate mutating func take(
        _ result: Result<ShopAnswer, ShopFailure>, of query: ShopQuery, _ channel: Channel,
        _ circumstances: Circumstances
    ) -> [Effect] {
        var effects: [Effect] = []
        var result = result
        var kept: StaleAnswer?
        if case .success(.kept(let answer, let at, let failure)) = result {
            result = .success(answer)
            kept = StaleAnswer(at: at, failure: failure)
            shops[channel].connection.failed(query.kind(), failure, at: now)
        }
        switch result {
        case .success where kept != nil: break
        case .success(let answer):
            let kind = query.kind(answeredBy: answer)
            if shops[channel].connection.succeeded(kind, at: now) { effects += comeBack(channel) }
        case .failure(let failure):
            // What everybody may read tells how the server is; what is one's own says itself what is wrong with it.
            // What a link leads to is asked of a shop beside the source that is watched.
            if case .productAt = query { break }
            // Nor is a show that is asked for its deals alone.
            if case .head(let id) = query, watch?.show != id { break }
            if !query.isPrivate { shops[channel].connection.failed(query.kind(), failure, at: now) }
        }
        let answer = Answer(query, of: channel, result, stale: kept)
        effects += onFeatures(.handle(answer))
        switch query {
        case .service: effects += takeService(result, of: channel, circumstances)
        case .shows(ShowFilter(state: .live), cursor: nil): effects += takeLiveShows(result, of: channel)
        case .show(let id): takeShow(id, result, circumstances)
        case .head(let id): effects += takeHead(id, result, circumstances)
        case .segment(let id, let number): effects += takeSegment(id, number, result, circumstances)
        case .follow(let id), .unfollow(let id):
            effects += carryOut(follows.handle(.confirmed(answer, known: knownHost(id)), surroundings))
        case .product(let id):
            // What was kept is to look at; what is bought again wants to know how it is now.
            effects += takeReordered(id, answer.fresh)
            refreshPane(id, answer.fresh, circumstances)
        case .productAt(let address): takeLinked(address, of: channel, result, circumstances)
        case .moments(let id): takeMoments(id, result)
        case .postMessage(let id, let text): effects += takeMessage(id, text: text, result)
        case .paymentMethods, .quote: effects += takeBuying(query, result)
        case .placeOrder(let intent): effects += takeOrder(of: intent, result, circumstances)
        case .traceOrder(let intent): effects += takeResolution(intent, result, circumstances)
        case .orders, .cancelOrder, .order, .returnOrder:
            effects += takeOrderNews(query, of: channel, result, circumstances)
        case .shows, .follows, .host, .productsOfHost, .products, .reviews, .hosts, .addresses, .openGuestAccount: break
        }
        return effects + onPages(.handle(answer))
    }
}
