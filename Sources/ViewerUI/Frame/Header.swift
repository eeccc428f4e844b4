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
        let (wordings, role) = connectionWords(state)
        putRight(Phrase.fullest(wordings, room: area.width - 1 - x), role, right: area.width - 1, row: 0, in: area)
    }

    private func label(of tab: Tab, number: Int, _ state: AppState, isNamed: Bool) -> SafeText {
        let live = state.schedule.shows.filter { $0.state == .live }
        let count: Int =
            switch tab {
            case .live: live.count
            case .following: live.count { show in show.hosts.contains { state.follows.contains($0.id) } }
            case .schedule, .orders, .wishList: 0
            }
        let name = isNamed ? " " + tab.title : ""
        return SafeText("\(number)") + name + (count > 0 ? " " + Phrase.superscript(count) : "")
    }

    /// From the fullest to what the narrowest screen has room for.
    private func connectionWords(_ state: AppState) -> ([SafeText], Role) {
        let clock = Phrase.time(LocalTime(state.now))
        switch state.connection.status {
        case .connecting: return (["○ connecting · " + clock, "○ connecting", "○"], .dim)
        case .live:
            if let since = state.unansweredSince {
                return (away("◌ no answer", since, "the server is slow", clock), .warning)
            }
            if state.isSignedOut {
                let words: [SafeText] = ["◐ signed out · say ‘vitrine login’ · " + clock, "◐ signed out · " + clock]
                return (words + ["◐ signed out", "◐"], .warning)
            }
            return (["● live · " + clock, "● " + clock, "●"], .ok)
        case .offline(let since, let reason): return (away("○ offline", since, reason, clock), .warning)
        case .troubled(let since, let reason): return (away("◐ trouble", since, reason, clock), .warning)
        }
    }

    private func away(_ word: SafeText, _ since: Timestamp, _ reason: SafeText, _ clock: SafeText) -> [SafeText] {
        let time = Phrase.time(LocalTime(since))
        let short = word + " since " + time
        return [short + " · " + reason + " · " + clock, short + " · " + clock, short, word + " " + time, word]
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
    /// How old what is shown is; nil while the server answers.
    var age: SafeText? {
        guard !connection.isLive, connection.status != .connecting,
            let from = connection.lastAnswerAt ?? schedule.fetchedAt
        else { return nil }
        return Phrase.age(now - from)
    }
}
