import Domain
import Text

/// What a search looks through.
package enum SearchPlace: Hashable, Sendable { case shows, follows, hostPage, wishes, orders, lineUp, chat }

/// What is searched for, place by place; nothing where no search is on.
package struct Search: Sendable {
    private var texts: [SearchPlace: SafeText] = [:]

    package init() {}

    package subscript(place: SearchPlace) -> SafeText {
        get { texts[place] ?? "" }
        set { texts[place] = newValue.isEmpty ? nil : newValue }
    }

    package func needle(in place: SearchPlace) -> Needle { Needle(self[place]) }
    package func isOn(in place: SearchPlace) -> Bool { texts[place] != nil }
}

extension AppState {
    /// How long nobody types before shops are asked for what they find.
    static let searchPause = Duration.milliseconds(400)

    /// What a search would look through now.
    package var searchPlace: SearchPlace? {
        switch page {
        case .watch:
            return switch watch?.pane {
            case .lineUp: .lineUp
            case .moments: nil
            case .chat, nil: .chat
            }
        case .host: return .hostPage
        case .product, .order: return nil
        case nil: break
        }
        return switch tab {
        case .schedule, .live: .shows
        case .orders: .orders
        case .following: .follows
        case .wishList: .wishes
        }
    }

    /// The search whose findings are on the screen.
    package var searchInSight: (place: SearchPlace, text: SafeText)? {
        searchPlace.flatMap { search.isOn(in: $0) ? ($0, search[$0]) : nil }
    }

    /// The rows of the orders page: all, or those that are searched for.
    package var orderEntries: [OrderEntry] {
        let needle = search.needle(in: .orders)
        return orders.entries.filter { entry in
            switch entry {
            case .purchase(let intent): needle.matches(intent.title, SafeText(intent.sku.rawValue))
            case .order(let order):
                needle.matches(SafeText(order.id.rawValue))
                    || order.lines.contains { needle.matches($0.title, SafeText($0.sku.rawValue)) }
            }
        }
    }

    var orderRows: [String] { orderEntries.map(\.id) }

    /// The hosts who are followed: all, or those that are searched for.
    package var followRows: [Host] {
        let needle = search.needle(in: .follows)
        return follows.hosts.filter { needle.matches($0.name, $0.bio) }
    }

    /// The wish list's rows: all, or those that are searched for.
    package var wishRows: [Wish] {
        let needle = search.needle(in: .wishes)
        return wishes.wishes.filter { needle.matches($0.title, $0.brand) }
    }

    /// The products of the line-up: all, or those that are searched for.
    package var lineUpRows: [Product] {
        let needle = search.needle(in: .lineUp)
        return watch?.lineUp.filter { needle.matches($0.title, $0.brand) } ?? []
    }

    /// Whether there is anything that a search could find, or hides already.
    package var hasWhatToSearch: Bool {
        guard let place = searchPlace else { return false }
        if search.isOn(in: place) { return true }
        return switch place {
        case .shows: true
        case .follows: !follows.hosts.isEmpty
        case .hostPage: hostPage?.products?.isEmpty == false || !hostPageRows.isEmpty
        case .wishes: !wishes.wishes.isEmpty
        case .orders: !orders.rowIDs.isEmpty
        case .lineUp: watch?.lineUp.isEmpty == false
        case .chat: watch?.chat.entries.isEmpty == false
        }
    }

    mutating func openSearch() {
        guard let place = searchPlace, hasWhatToSearch else { return tell("There is nothing to search here.") }
        if place == .chat { watch?.chat.beginSearch() }
        prompt = Prompt(.search, text: place == .chat ? "" : search[place], limit: 80)
    }

    /// Looks for something else: lists show what matches, the chat goes to the newest match before the reader's place.
    mutating func setSearch(_ text: SafeText) {
        guard let place = searchPlace else { return }
        search[place] = text
        switch place {
        case .shows:
            searchEverywhere(text)
            keepScheduleSelection()
        case .follows:
            let rows = followRows.map(\.id)
            if follows.selected.map(rows.contains) != true { follows.selected = rows.first }
        case .hostPage:
            searchGoods(text)
            let rows = hostPageRows
            if hostPage?.selected.map(rows.contains) != true { hostPage?.selected = rows.first }
        case .wishes:
            let rows = wishRows.map(\.product)
            if wishes.selected.map(rows.contains) != true { wishes.selected = rows.first }
        case .orders:
            let rows = orderRows
            if !rows.contains(orders.selected ?? "") { orders.selected = rows.first }
        case .lineUp:
            let rows = lineUpRows
            if !rows.contains(where: { $0.id == watch?.selectedProduct }) {
                watch?.select(rows.first?.id, at: now)
            }
        case .chat:
            watch?.chat.returnToOrigin()
            watch?.chat.find(Needle(text), older: true)
        }
    }

    /// - Parameter isGivenUp: before it was decided on; the chat then goes back to where the reader was.
    mutating func endSearch(isGivenUp: Bool) {
        guard let place = searchPlace else { return }
        if place == .chat {
            if isGivenUp { watch?.chat.returnToOrigin() }
            watch?.chat.endSearch()
            search[place] = ""
        } else {
            setSearch("")
        }
    }

    /// The next match, further back in the chat, or the one after it.
    mutating func goToMatch(older: Bool) {
        guard searchPlace == .chat, search.isOn(in: .chat) else {
            tell("Nothing is searched for in the chat.")
            return
        }
        if watch?.chat.find(search.needle(in: .chat), older: older) == false {
            tell(older ? "No match further back." : "No newer match.")
        }
    }
}
