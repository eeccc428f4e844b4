import Domain
import Text

extension AppState {
    /// Which keys have a meaning now.
    package var context: KeyContext {
        if prompt != nil { return .prompt }
        if isHelpOpen { return .help }
        if payment != nil { return .payment }
        if buy != nil { return .buy }
        if case .watch = page { return .watch }
        if case .product = page { return .product }
        if case .order = page { return .order }
        return .list
    }

    /// The keys' meaning on the page that the buy pane stands over.
    package var contextBehindPane: KeyContext {
        var behind = self
        behind.buy = nil
        return behind.context
    }

    mutating func act(on intent: UserIntent, _ circumstances: Circumstances) -> [Effect] {
        if intent != .cancelOrder { orders.cancelArmed = nil }
        switch (context, intent) {
        case (_, .quit): return quit()
        case (.prompt, _): return actOnPrompt(intent, circumstances)
        case (.help, .back), (.help, .help):
            isHelpOpen = false
            return []
        case (.help, _):
            switch intent {
            case .down, .pageDown: helpPage = min(helpPage + 1, 99)
            case .up, .pageUp: helpPage = max(helpPage - 1, 0)
            default: helpPage = 0
            }
            return []
        case (_, .help):
            isHelpOpen = true
            helpPage = 0
            return []
        case (_, .copyLink): return [.copyLink]
        case (.payment, _): return actOnPayment(intent)
        case (_, .pay):
            if let order = orderToPay { openPayment(of: order) }
            return []
        case (.buy, _): return actOnBuying(intent, circumstances)
        case (_, .scheduleTab): return show(tab: .schedule)
        case (_, .liveTab): return show(tab: .live)
        case (_, .followingTab): return show(tab: .following)
        case (_, .ordersTab): return show(tab: .orders)
        case (_, .wishListTab): return show(tab: .wishList)
        case (_, .refresh): return refresh(circumstances)
        case (_, .command):
            prompt = Prompt(.command, limit: 200)
            return []
        case (_, .nextTheme):
            changeTheme()
            return []
        case (_, .follow): return toggleFollow()
        case (_, .hostPage): return openHostPage()
        case (_, .wish): return toggleWish()
        case (_, .remind): return toggleReminder(circumstances)
        case (_, .leave): return goBack() ?? quit()
        case (_, .back):
            if let effects = goBack() { return effects }
            // A slow line may bring an arrow key's Esc long before the rest of it: Esc must not end the program.
            tell("Esc goes back; q quits.")
            return []
        case (.watch, _): return actOnWatching(intent, circumstances)
        case (.product, _): return actOnProduct(intent)
        case (.order, _): return actOnOrder(intent, circumstances)
        default: return actOnList(intent, circumstances)
        }
    }

    mutating func show(tab newTab: Tab) -> [Effect] {
        tab = newTab
        pages = []
        leaveWatching()
        hostPage = nil
        productPage = nil
        orderPage = nil
        switch newTab {
        case .schedule, .live: keepScheduleSelection()
        case .following:
            if follows.selected == nil { follows.selected = followRows.first?.id }
        case .orders:
            if !orderRows.contains(orders.selected ?? "") { orders.selected = orderRows.first }
        case .wishList:
            let rows = wishRows.map(\.product)
            if !rows.contains(wishes.selected ?? "") { wishes.selected = rows.first }
        }
        return askForTab()
    }

    /// What the open tab shows beside the schedule, as the shop has it now.
    mutating func askForTab() -> [Effect] {
        guard page == nil else { return [] }
        switch tab {
        case .following: return channels.filter { canTellFollows($0) }.map { .ask(.follows, of: $0) }
        case .orders: return lookAtOrders()
        case .wishList: return askForWishes()
        case .schedule, .live: return []
        }
    }

    private mutating func changeTheme() {
        guard let next = themes.firstIndex(of: theme).map({ themes[($0 + 1) % themes.count] }) ?? themes.first else {
            return
        }
        choose(theme: next)
    }

    mutating func choose(theme name: String) {
        theme = name
        tell(SafeText("Theme \(name); theme = \"\(name)\" in config.toml keeps it."))
    }

    private mutating func quit() -> [Effect] {
        isQuitting = true
        return [.quit]
    }

    /// - Returns: nil where there is nothing to go back to.
    private mutating func goBack() -> [Effect]? {
        if case .watch = page, watch?.pane == .moments { return toggleMoments() }
        if searchInSight != nil {
            endSearch(isGivenUp: false)
            return []
        }
        if leaveReturn() { return [] }
        switch pages.popLast() {
        case .watch: leaveWatching()
        case .host: hostPage = nil
        case .product: productPage = nil
        case .order:
            orderPage = nil
            return lookAtOrders()
        case nil: return tab == .schedule ? nil : show(tab: .schedule)
        }
        return []
    }

    private mutating func actOnList(_ intent: UserIntent, _ circumstances: Circumstances) -> [Effect] {
        if intent == .search {
            openSearch()
            return []
        }
        if hostPage != nil { return actOnHostPage(intent, page: listPage, circumstances) }
        switch tab {
        case .schedule, .live:
            switch (intent, schedule.chosen) {
            case (.open, .show(let id)): return open(id, circumstances)
            case (.open, .product): return openProductPage()
            default: schedule.chosen = scheduleTargets.moved(from: schedule.chosen, by: intent, page: listPage)
            }
        case .following:
            if intent == .open { return openHostPage() }
            follows.selected = followRows.map(\.id).moved(from: follows.selected, by: intent, page: listPage)
        case .orders:
            if intent == .cancelOrder { return cancelSelectedOrder() }
            if intent == .open { return openOrderPage() }
            orders.selected = orderRows.moved(from: orders.selected, by: intent, page: listPage)
        case .wishList:
            if intent == .open { return openProductPage() }
            wishes.selected = wishRows.map(\.product).moved(from: wishes.selected, by: intent, page: listPage)
        }
        return []
    }

    /// How many rows a page key moves by.
    private var listPage: Int { max(1, rows - 6) }

    mutating func click(_ target: Target, _ circumstances: Circumstances) -> [Effect] {
        guard [.list, .watch, .product, .order].contains(context) else { return [] }
        switch target {
        case .tab(let tab): return show(tab: tab)
        case .show(let id):
            if schedule.selected == id || hostPage != nil { return open(id, circumstances) }
            schedule.selected = id
        case .host(let id):
            if follows.selected == id { return openHostPage() }
            follows.selected = id
        case .order(let id):
            if orders.selected == id { return openOrderPage() }
            orders.selected = id
        case .product(let id): return click(product: id)
        case .moment(let time):
            if watch?.chosenMoment(at: playheadPosition)?.at == time { return openMoment(circumstances) }
            watch?.selectedMoment = time
        case .chat: watch?.pane = .chat
        case .lineUp: focusLineUp()
        case .intent, .list: break
        }
        return []
    }

    /// The first click chooses a row, the second opens it.
    private mutating func click(product id: ProductID) -> [Effect] {
        if productInFocus?.id == id { return openProductPage() }
        switch page {
        case .watch:
            watch?.pane = .lineUp
            watch?.select(id, at: now)
        case .host: hostPage?.selected = .product(id)
        case nil where tab == .wishList: wishes.selected = id
        case nil: schedule.chosen = .product(id)
        case .product, .order: break
        }
        return []
    }

    /// The wheel moves what is under it: the chat by rows, lists by the row that is selected.
    mutating func scroll(_ target: Target, by rows: Int, _ circumstances: Circumstances) -> [Effect] {
        let intent: UserIntent = rows < 0 ? .up : .down
        switch (context, target) {
        case (.watch, .chat), (.buy, .chat), (.prompt, .chat): watch?.chat.scroll(by: rows)
        case (.watch, .product), (.watch, .lineUp):
            let (ids, selected) = (lineUpRows.map(\.id), watch?.selectedProduct)
            watch?.select(ids.moved(from: selected, by: intent, page: 1), at: now)
            watch?.pane = .lineUp
        case (.list, .list), (.list, .show), (.list, .host), (.list, .order), (.help, .list), (.order, .list):
            return act(on: intent, circumstances)
        default: break
        }
        return []
    }
}

extension Array where Element: Equatable {
    /// The row that a moving key leads to; the same row for other keys, the first where there was none.
    func moved(from current: Element?, by intent: UserIntent, page: Int) -> Element? {
        guard !isEmpty else { return nil }
        guard let index = current.flatMap(firstIndex(of:)) else { return first }
        let target: Int =
            switch intent {
            case .up: index - 1
            case .down: index + 1
            case .pageUp: index - page
            case .pageDown: index + page
            case .top: 0
            case .bottom: count - 1
            default: index
            }
        return self[Swift.max(0, Swift.min(count - 1, target))]
    }
}
