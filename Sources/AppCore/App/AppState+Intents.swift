import Domain
import Text

extension AppState {
    /// Which keys have a meaning now.
    package var context: KeyContext {
        if prompt != nil { return .prompt }
        if isHelpOpen { return .help }
        if payment != nil { return .payment }
        if buy != nil { return .buy }
        return pages.last.map { type(of: $0).keyContext } ?? .list
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
        case (_, .follow):
            guard let host = hostInFocus else { return [] }
            return carryOut(follows.handle(.toggle(host), surroundings))
        case (_, .hostPage): return openHostPage()
        case (_, .wish):
            guard let product = productInFocus else { return [] }
            return carryOut(wishes.handle(.toggle(product), surroundings))
        case (_, .remind):
            guard let show = showInFocus else { return [] }
            return carryOut(reminding.handle(.toggle(show), surroundings))
        case (_, .leave): return goBack() ?? quit()
        case (_, .back):
            if let effects = goBack() { return effects }
            // A slow line may bring an arrow key's Esc long before the rest of it: Esc must not end the program.
            tell("Esc goes back; q quits.")
            return []
        case (.watch, _): return actOnWatching(intent, circumstances)
        case (.order, _): return actOnOrder(intent, circumstances)
        case (.list, .search):
            openSearch()
            return []
        case (.list, _) where page == nil && tab == .orders: return actOnOrders(intent)
        default: return onFront(.act(intent))
        }
    }

    mutating func show(tab newTab: Tab) -> [Effect] {
        tab = newTab
        pages = []
        leaveWatching()
        return onFront(.keepSelection) + askForTab()
    }

    /// Asks for all that the open tab shows, as the shop has it now.
    mutating func askForTab() -> [Effect] {
        guard page == nil else { return [] }
        return tab == .orders ? lookAtOrders() : onFront(.appear)
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
        if let effects = goBackWithinPage() { return effects }
        guard let left = pages.popLast() else { return tab == .schedule ? nil : show(tab: .schedule) }
        switch left.name {
        case .watch: leaveWatching()
        case .order: return lookAtOrders()
        default: break
        }
        return []
    }

    private mutating func actOnOrders(_ intent: UserIntent) -> [Effect] {
        switch intent {
        case .cancelOrder: return cancelSelectedOrder()
        case .open: return openOrderPage()
        default: return onFront(.act(intent))
        }
    }

    mutating func click(_ target: Target, _ circumstances: Circumstances) -> [Effect] {
        guard [.list, .watch, .product, .order].contains(context) else { return [] }
        switch target {
        case .tab(let tab): return show(tab: tab)
        case .order(let id):
            if orders.selected == id { return openOrderPage() }
            orders.selected = id
        case .product(let id) where isWatching: return click(product: id)
        case .moment(let time):
            if watch?.chosenMoment(at: playheadPosition)?.at == time { return openMoment(circumstances) }
            watch?.selectedMoment = time
        case .chat: watch?.pane = .chat
        case .lineUp: focusLineUp()
        case .show, .host, .product, .intent, .list: return onFront(.click(target))
        }
        return []
    }

    private var isWatching: Bool { if case .watch = page { true } else { false } }

    /// The first click chooses a row, the second opens it.
    private mutating func click(product id: ProductID) -> [Effect] {
        if productInFocus?.id == id { return openProductPage() }
        watch?.pane = .lineUp
        watch?.select(id, at: now)
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
