import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    /// The tabs at the left; what is left of the row says how it stands with the server. The tabs depend on the width
    /// alone, so that nothing jumps when the network goes.
    mutating func drawHeader(_ state: AppState, in area: Rect) {
        if area.height > 1 { rule(row: area.height - 1, in: area) }
        let isWide = area.width >= 90
        var x = 1
        if isWide { x = put("Vitrine", .header, x: x, row: 0, in: area) + 3 }
        for (index, tab) in Tab.allCases.enumerated() {
            let isActive = state.tab == tab
            let label = label(of: tab, number: index + 1, state, isNamed: isActive || area.width >= 68)
            let end = put(label, isActive ? .headerActive : .header, x: x, row: 0, in: area)
            clickable(.tab(tab), Rect(x: area.x + x, y: area.y, width: end - x, height: 1))
            x = end + (isWide ? 3 : 2)
        }
        let (wordings, role) = connectionWordings(state)
        putRight(Phrase.fullest(wordings, room: area.width - 1 - x), role, right: area.width - 1, row: 0, in: area)
    }

    /// From the fullest to the shortest. A list of all channels does not call itself offline for one of them: the row
    /// above the keys says which it is.
    private func connectionWordings(_ state: AppState) -> ([SafeText], Role) {
        let clock = Phrase.time(LocalTime(state.now))
        let words = ConnectionWords(state.shops[state.connectionInSight].connection, at: state.now)
        let away = state.isOfAllChannels ? state.channels.count { state.shops[$0].connection.isAway } : 0
        guard away > 0, away < state.channelCount else { return (words.header(clock: clock), words.role) }
        let short = SafeText("◐ \(away) of \(state.channelCount) away")
        return ([short + " · " + clock, short, "◐"], words.role)
    }

    private func label(of tab: Tab, number: Int, _ state: AppState, isNamed: Bool) -> SafeText {
        let live = state.schedule.shows.filter { $0.state == .live }
        let count: Int =
            switch tab {
            case .live: live.count
            case .following: live.count { show in show.hosts.contains { state.isFollowed($0.id) } }
            case .schedule, .orders, .wishList: 0
            }
        let name = isNamed ? " " + tab.title : ""
        return SafeText("\(number)") + name + (count > 0 ? " " + Phrase.superscript(count) : "")
    }
}

extension Tab {
    package var title: SafeText {
        switch self {
        case .schedule: "Schedule"
        case .live: "Live"
        case .following: "Following"
        case .orders: "Orders"
        case .wishList: "Wish list"
        }
    }
}

extension AppState {
    /// How old what is shown is; nil while it is as the server has it.
    var age: SafeText? {
        if let since = pages.last?.staleSince { return Phrase.age(now - since) }
        let connection = shops[connectionInSight].connection
        guard !connection.isLive || connection.unansweredSince(at: now) != nil,
            let from = connection.upToDateAt ?? schedule[connectionInSight].fetchedAt
        else { return nil }
        return Phrase.age(now - from)
    }
}
