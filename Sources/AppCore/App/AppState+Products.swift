import Domain
import Text

extension AppState {
    mutating func notePrices(of products: some Sequence<Product>) {
        for variant in products.lazy.flatMap(\.variants) { seenPrices.see(variant.sku, at: variant.price) }
    }

    /// Keeps what was seen, in the store and on the page that draws it.
    mutating func keepSeenPrices() -> [Effect] {
        let facts = seenPrices.takeUnkept()
        guard !facts.isEmpty else { return [] }
        let now = now
        productPage?.add(facts, at: now)
        return [.store(.prices(facts, at: now))]
    }

    /// The product that the cursor or the page is about, with the newest prices that are known.
    package var productInFocus: Product? {
        switch page {
        case .product: productOnPage
        case .watch: watch?.productInFocus(at: playheadPosition)
        default: front.productInFocus(surroundings)
        }
    }

    /// The product of the open page. A live show knows its prices first; a replay knows those of its time only.
    package var productOnPage: Product? {
        guard let product = productPage?.product else { return nil }
        guard let watch, !watch.playhead.isReplay else { return product }
        return watch.current(product)
    }

    mutating func openProductPage() -> [Effect] {
        guard let product = productInFocus, page != .product(product.id) else { return [] }
        return open(ProductPageState(product))
    }

    /// The show that the cursor or the page is about.
    package var showInFocus: Show? {
        if case .watch = page { return watch.flatMap { $0.detail?.show ?? $0.summary } }
        return front.showInFocus(surroundings)
    }

    /// The host that the cursor or the page is about.
    package var hostInFocus: Host? {
        if case .watch = page { return watch?.hosts.first }
        return front.hostInFocus(surroundings)
    }

    mutating func openHostPage() -> [Effect] {
        guard hostPage == nil, let host = hostInFocus else { return [] }
        return open(HostPageState(host: host))
    }

    // MARK: What drawing and tests ask for

    package var hostPageLists: (coming: [Show], products: [Product], past: [Show]) {
        hostPage?.lists(surroundings) ?? ([], [], [])
    }
    package var hostPageRows: [ShowOrProduct] { hostPage?.rows(surroundings) ?? [] }

    /// A host's shows: those to come first, the next one foremost, then those that were.
    package func showsOfHost(_ id: HostID) -> [Show] {
        let page = hostPage
        return surroundings.shows(of: id, beside: page?.host.id == id ? page?.shows ?? [] : [])
    }

    package func scheduleSections() -> [ScheduleSection] { schedule.sections(surroundings) }
    package func scheduleRows() -> [Show] { scheduleSections().flatMap(\.shows) }
    package var foundProducts: [Product] { schedule.foundProducts(surroundings) }
    package func show(_ id: ShowID) -> Show? {
        schedule.shows.first { $0.id == id } ?? hostPage?.shows.first { $0.id == id }
    }

    package var reminders: [Reminder] { reminding.reminders }
    package func isReminded(of id: ShowID) -> Bool { reminding.contains(id) }

    package var wishRows: [Wish] { wishes.rows(search) }
    package var followRows: [Host] { follows.rows(search) }

    /// Somebody follows a host, at a shop that knows of it.
    package func isFollowed(_ host: HostID) -> Bool {
        follows.contains(host) && shops[host.channel].capabilities.contains(.follows)
    }

    /// The shops and streams that nobody can follow.
    package var unfollowed: [Host] { follows.hosts.filter { !isFollowed($0.id) } }

    /// The shop that is all there is, where there are no shows.
    var onlyShop: Host? {
        schedule.shows.isEmpty && unfollowed.count == 1 && follows.hosts.count == 1 ? unfollowed.first : nil
    }

    func knownHost(_ id: HostID) -> Host? {
        follows.hosts.first { $0.id == id } ?? schedule.shows.lazy.flatMap(\.hosts).first { $0.id == id }
            ?? watch?.hosts.first { $0.id == id } ?? (hostPage?.host.id == id ? hostPage?.host : nil)
    }
}
