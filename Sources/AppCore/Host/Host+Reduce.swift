import Domain
import Text

extension AppState {
    private static let mostShows = 500
    /// The next page is asked for when so many products or fewer are left below the cursor.
    private static let productsAhead = 20

    /// A host's shows: those to come first, the next one foremost, then those that were.
    package func showsOfHost(_ id: HostID) -> [Show] {
        var shows = schedule.shows.filter { show in show.hosts.contains { $0.id == id } }
        if let hostPage, hostPage.host.id == id {
            let known = Set(shows.map(\.id))
            shows += hostPage.shows.filter { !known.contains($0.id) }
        }
        let coming = shows.filter { $0.state == .live || isStillToCome($0) }.sorted { $0.startsAt < $1.startsAt }
        let past = shows.filter { $0.state == .ended }.sorted { $0.startsAt > $1.startsAt }
        return coming + past
    }

    /// What the host's page lists: all of it, or what is searched for.
    package var hostPageLists: (coming: [Show], products: [Product], past: [Show]) {
        guard let hostPage else { return ([], [], []) }
        let needle = search.needle(in: .hostPage)
        let shows = showsOfHost(hostPage.host.id).filter { show in
            needle.matches(show.title) || show.tags.contains { needle.matches($0) }
        }
        var products = (hostPage.products ?? []).filter { needle.matches($0.title, $0.brand) }
        if let found = hostPage.found {
            // What the shop finds by its own words may not have them in the title.
            let known = Set(products.map(\.id))
            products += found.goods.items.filter { !known.contains($0.id) }
        }
        return (shows.filter { $0.state != .ended }, products, shows.filter { $0.state == .ended })
    }

    /// The rows of the host's page in their order.
    package var hostPageRows: [ShowOrProduct] {
        let lists = hostPageLists
        return lists.coming.map { .show($0.id) } + lists.products.map { .product($0.id) }
            + lists.past.map { .show($0.id) }
    }

    mutating func openHostPage() -> [Effect] {
        guard hostPage == nil, let host = hostInFocus else { return [] }
        return openHostPage(of: host)
    }

    mutating func openHostPage(of host: Host) -> [Effect] {
        pages.removeAll { if case .host = $0 { true } else { false } }
        hostPage = HostPageState(host: host)
        search[.hostPage] = ""
        let first = hostPageRows.first
        hostPage?.selected = first
        pages.append(.host(host.id))
        return [.ask(.host(host.id)), .ask(.shows(ShowFilter(host: host.id), cursor: nil))] + askForGoods()
    }

    /// Asks for what the reader comes near to, and for what is searched for.
    mutating func askForGoods() -> [Effect] {
        guard let page = hostPage else { return [] }
        if var found = page.found {
            if let due = found.dueAt {
                guard due <= now else { return [] }
                found.dueAt = nil
            } else if found.goods.isThere, !isNearTheEnd {
                return []
            }
            let question = found.goods.takeQuestion()
            hostPage?.found = found
            return question.map { [.ask(.productsOfHost(page.host.id, search: found.text, cursor: $0.cursor))] } ?? []
        }
        guard !search.isOn(in: .hostPage), !page.goods.isThere || isNearTheEnd else { return [] }
        let question = hostPage?.goods.takeQuestion()
        return question.map { [.ask(.productsOfHost(page.host.id, search: nil, cursor: $0.cursor))] } ?? []
    }

    /// The rows that are left below the cursor.
    private var isNearTheEnd: Bool {
        let rows = hostPageRows
        let place = hostPage?.selected.flatMap { rows.firstIndex(of: $0) } ?? 0
        return rows.count - place <= max(Self.productsAhead, self.rows)
    }

    /// What is listed is searched at once; where there is more than that, the shop is asked when the typing pauses.
    mutating func searchGoods(_ text: SafeText) {
        guard let page = hostPage else { return }
        let words = text.string.split(separator: " ").joined(separator: " ")
        guard page.found?.text != words else { return }
        guard !words.isEmpty, page.goods.hasMore else {
            hostPage?.found = nil
            return
        }
        hostPage?.found = .init(text: words, dueAt: now + Self.searchPause)
    }

    mutating func tryGoodsAgain() {
        hostPage?.goods.tryAgain()
        hostPage?.found?.goods.tryAgain()
    }

    var goodsDueAt: Timestamp? { hostPage?.found?.dueAt }

    mutating func actOnHostPage(_ intent: UserIntent, page: Int, _ circumstances: Circumstances) -> [Effect] {
        let rows = hostPageRows
        guard intent == .open else {
            let selected = hostPage?.selected
            hostPage?.selected = rows.moved(from: selected, by: intent, page: page)
            return askForGoods()
        }
        let selected = hostPage?.selected ?? rows.first
        hostPage?.selected = selected
        switch selected {
        case .show(let id): return open(id, circumstances)
        case .product: return openProductPage()
        case nil: return []
        }
    }

    private mutating func selectSomethingOfHost() {
        guard let page = hostPage, page.selected == nil else { return }
        let first = hostPageRows.first
        hostPage?.selected = first
    }

    mutating func takeHost(_ result: Result<ShopAnswer, ShopFailure>) {
        if case .success(.host(let host)) = result, hostPage?.host.id == host.id { hostPage?.host = host }
    }

    /// All shows of the page's host; a failure leaves those of the schedule.
    mutating func takeShows(
        of host: HostID, _ filter: ShowFilter, cursor: String?, _ result: Result<ShopAnswer, ShopFailure>
    ) -> [Effect] {
        guard let page = hostPage, page.host.id == host, case .success(.shows(let shows, let next)) = result else {
            return []
        }
        hostPage?.shows = (cursor == nil ? [] : page.shows) + shows
        selectSomethingOfHost()
        guard let next, next != cursor, !shows.isEmpty, page.shows.count < Self.mostShows else { return [] }
        return [.ask(.shows(filter, cursor: next))]
    }

    mutating func takeProducts(
        of host: HostID, search: String?, cursor: String?, _ result: Result<ShopAnswer, ShopFailure>,
        _ kept: StaleAnswer?
    ) -> [Effect] {
        guard let page = hostPage, page.host.id == host else { return [] }
        if search == nil {
            hostPage?.goods.take(result, cursor: cursor, keptAt: kept?.at)
        } else if page.found?.text == search {
            hostPage?.found?.goods.take(result, cursor: cursor, keptAt: kept?.at)
        }
        if case .success(.products(let products, _)) = result, kept == nil { notePrices(of: products) }
        selectSomethingOfHost()
        return askForGoods()
    }
}
