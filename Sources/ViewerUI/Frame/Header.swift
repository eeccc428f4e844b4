import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawHeader(_ state: AppState, in area: Rect) {
        if area.height > 1 { rule(row: area.height - 1, in: area) }
        let status = connectionText(state, short: area.width < 130)
        let statusAt = putRight(status.text, status.role, right: area.width - 1, row: 0, in: area)
        var x = 1
        if area.width >= 90 { x = put("Vitrine", .header, x: x, row: 0, in: area) + 3 }
        for (index, tab) in Tab.allCases.enumerated() {
            let isActive = state.tab == tab
            let label = label(of: tab, number: index + 1, state, short: area.width < 76 && !isActive)
            guard x + label.width < statusAt - 1 else { break }
            let end = put(label, isActive ? .headerActive : .header, x: x, row: 0, in: area)
            clickable(.tab(tab), Rect(x: area.x + x, y: area.y, width: end - x, height: 1))
            x = end + (area.width >= 90 ? 3 : 2)
        }
    }

    private func label(of tab: Tab, number: Int, _ state: AppState, short: Bool) -> SafeText {
        let live = state.schedule.shows.filter { $0.state == .live }
        let count: Int =
            switch tab {
            case .live: live.count
            case .following: live.count { show in show.hosts.contains { state.follows.contains($0.id) } }
            case .schedule, .orders: 0
            }
        let name = short ? "" : " " + tab.title
        return SafeText("\(number)") + name + (count > 0 ? " " + Phrase.superscript(count) : "")
    }

    private func connectionText(_ state: AppState, short: Bool) -> (text: SafeText, role: Role) {
        let clock = " · " + Phrase.time(LocalTime(state.now))
        switch state.connection.status {
        case .connecting: return ("○ connecting" + clock, .dim)
        case .live:
            guard let since = state.unansweredSince else { return ("● live" + clock, .live) }
            return ("◌ no answer since " + Phrase.time(LocalTime(since)), .warning)
        case .offline(let since, let reason):
            let since = "○ offline since " + Phrase.time(LocalTime(since))
            return (short ? since : since + " · " + reason + clock, .warning)
        case .troubled(let since, let reason):
            let since = "◐ trouble since " + Phrase.time(LocalTime(since))
            return (short ? since : since + " · " + reason + clock, .warning)
        }
    }
}

extension Tab {
    package var title: SafeText {
        switch self {
        case .schedule: "Schedule"
        case .live: "Live"
        case .following: "Following"
        case .orders: "Orders"
        }
    }
}
