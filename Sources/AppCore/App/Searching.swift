import Domain
import Text

extension AppState {
    /// Place that a search would look through now.
    package var searchPlace: SearchPlace? {
        guard case .watch = page else { return front.searchPlace }
        return switch watch?.pane {
        case .lineUp: .lineUp
        case .moments: nil
        case .chat, nil: .chat
        }
    }

    /// The search whose findings are on the screen.
    package var searchInSight: (place: SearchPlace, text: SafeText)? {
        searchPlace.flatMap { search.isOn(in: $0) ? ($0, search[$0]) : nil }
    }

    package var orderEntries: [OrderEntry] { orders.entries(search) }
    var orderRows: [String] { orders.rows(search) }

    /// The products of the line-up: all, or those that are searched for.
    package var lineUpRows: [Product] {
        let needle = search.needle(in: .lineUp)
        return watch?.lineUp.filter { needle.matches($0.title, $0.brand) } ?? []
    }

    /// Tells whether there is anything that a search could find, or hides already.
    package var hasWhatToSearch: Bool {
        guard let place = searchPlace else { return false }
        if search.isOn(in: place) { return true }
        return switch place {
        case .lineUp: watch?.lineUp.isEmpty == false
        case .chat: watch?.chat.entries.isEmpty == false
        default: front.hasWhatToSearch(surroundings)
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
        case .lineUp:
            let rows = lineUpRows
            if !rows.contains(where: { $0.id == watch?.selectedProduct }) {
                watch?.select(rows.first?.id, at: now)
            }
        case .chat:
            watch?.chat.returnToOrigin()
            watch?.chat.find(Needle(text), older: true)
        default: _ = onFront(.searchChanged)
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
