import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawFollowing(_ state: AppState, _ keymap: Keymap, in area: Rect) {
        guard !state.follows.hosts.isEmpty else {
            let key = keymap.name(of: .follow, in: .list)
            drawEmpty(
                [
                    "You follow nobody yet.",
                    key + " on a show follows its host. Their shows have a ♥ in the schedule.",
                ],
                in: area)
            return
        }
        let hosts = state.followRows
        guard !hosts.isEmpty else {
            drawEmpty(noMatch(state.search[.follows], state, keymap), in: area)
            return
        }
        let title: SafeText = state.unfollowed.isEmpty ? "HOSTS YOU FOLLOW" : "HOSTS AND SHOPS"
        let rows: [ListRow] = [.heading((title, ""))] + hosts.map { .host($0) }
        drawRows(rows, selected: state.follows.selected.map { .host($0) }, state, in: area)
    }

    /// `Ana Lopez ✓   live now: Late-night lamps`
    mutating func drawHost(_ host: Host, _ state: AppState, row: Int, in area: Rect) {
        let nameWidth = min(26, area.width / 3)
        let end = put(host.name, .strong, x: 2, row: row, in: area, width: nameWidth - 2)
        if host.isVerified { put(" ✓", .accent, x: end, row: row, in: area) }
        let next = state.showsOfHost(host.id).first { $0.state == .live || $0.state == .scheduled }
        // The titles stand below each other where there is room for the longest of what is before them.
        let x = nameWidth + 3
        let titleAt = area.width >= 70 ? x + 20 : 0
        switch next?.state {
        case .live:
            let after = max(titleAt, put("● live  ", .live, x: x, row: row, in: area))
            put(next?.title ?? "", .text, x: after, row: row, in: area, width: area.width - after - 1)
        case .scheduled:
            let start = LocalTime(next?.startsAt ?? .distantPast)
            let when = Phrase.shortDay(start) + " " + Phrase.time(start) + "  "
            let after = max(titleAt, put(when, .dim, x: x, row: row, in: area))
            put(next?.title ?? "", .text, x: after, row: row, in: area, width: area.width - after - 1)
        default:
            let hasShows = state.shops[host.id.channel].capabilities.contains(.shows)
            put(hasShows ? "no show planned" : "products to look through", .dim, x: x, row: row, in: area)
        }
    }
}
