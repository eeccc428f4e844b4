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
        let rows: [ListRow] = [.heading(("HOSTS YOU FOLLOW", ""))] + state.follows.hosts.map { .host($0) }
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
            put("no show planned", .dim, x: x, row: row, in: area)
        }
    }

    mutating func drawHostPage(_ page: HostPageState, _ state: AppState, in area: Rect) {
        let host = page.host
        let followers: SafeText = host.followers.map { Phrase.count($0) + " followers" } ?? ""
        let followersAt = putRight(followers, .dim, right: area.width - 1, row: 0, in: area)
        let follow: SafeText = state.follows.contains(host.id) ? area.width >= 60 ? "  ♥ following" : " ♥" : ""
        let marks: SafeText = host.isVerified ? " ✓" : ""
        let nameWidth = followersAt - 3 - follow.width - marks.width
        let x = put(host.name, .strong, x: 1, row: 0, in: area, width: max(8, nameWidth))
        put(marks + follow, .accent, x: x, row: 0, in: area, width: followersAt - 1 - x)
        let bio = host.bio.wrapped(width: min(90, area.width - 2), maxLines: max(1, area.height / 4))
        for (index, line) in bio.enumerated() { put(line, .text, x: 1, row: 1 + index, in: area) }
        let list = area.inset(top: 2 + bio.count)
        let shows = state.showsOfHost(host.id)
        guard !shows.isEmpty else {
            drawEmpty(["No shows of this host are known."], in: list)
            return
        }
        let coming = shows.filter { $0.state != .ended }
        let past = shows.filter { $0.state == .ended }
        var rows: [ListRow] = []
        if !coming.isEmpty { rows += [.heading(("COMING UP", ""))] + coming.map { .show($0, isDated: true) } }
        if !past.isEmpty {
            rows += rows.isEmpty ? [] : [.blank]
            rows += [.heading(("EARLIER", "replays"))] + past.map { .show($0, isDated: true) }
        }
        drawRows(rows, selected: (page.selected ?? shows.first?.id).map { .show($0) }, state, in: list)
    }
}
