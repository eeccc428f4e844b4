import Domain
import Text

extension AppState {
    /// More than anybody looks through by one-row steps.
    private static let mostProducts = 200
    private static let mostShows = 500

    /// A host's shows: those to come first, the next one foremost, then those that were.
    package func showsOfHost(_ id: HostID) -> [Show] {
        var shows = schedule.shows.filter { show in show.hosts.contains { $0.id == id } }
        if let hostPage, hostPage.host.id == id {
            let known = Set(shows.map(\.id))
            shows += hostPage.shows.filter { !known.contains($0.id) }
        }
        let coming = shows.filter { $0.state == .live || $0.state == .scheduled }.sorted { $0.startsAt < $1.startsAt }
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
        return (
            shows.filter { $0.state != .ended },
            (hostPage.products ?? []).filter { needle.matches($0.title, $0.brand) },
            shows.filter { $0.state == .ended }
        )
    }

    /// The rows of the host's page in their order.
    package var hostPageRows: [HostPageState.Row] {
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
        return [
            .ask(.host(host.id)), .ask(.shows(ShowFilter(host: host.id), cursor: nil)),
            .ask(.productsOfHost(host.id, cursor: nil)),
        ]
    }

    mutating func actOnHostPage(_ intent: UserIntent, page: Int, _ circumstances: Circumstances) -> [Effect] {
        let rows = hostPageRows
        guard intent == .open else {
            let selected = hostPage?.selected
            hostPage?.selected = rows.moved(from: selected, by: intent, page: page)
            return []
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
        of host: HostID, cursor: String?, _ result: Result<ShopAnswer, ShopFailure>
    ) -> [Effect] {
        guard let page = hostPage, page.host.id == host else { return [] }
        switch result {
        case .success(.products(let products, let next)):
            let known = (cursor == nil ? [] : page.products ?? []) + products
            hostPage?.products = known
            hostPage?.productsFailure = nil
            selectSomethingOfHost()
            notePrices(of: products)
            guard let next, next != cursor, !products.isEmpty, known.count < Self.mostProducts else { return [] }
            return [.ask(.productsOfHost(host, cursor: next))]
        case .success: return []
        case .failure(let failure):
            hostPage?.productsFailure = failure
            return []
        }
    }
}
