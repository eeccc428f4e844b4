import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawSchedule(_ state: AppState, _ keymap: Keymap, in area: Rect) {
        let sections = state.scheduleSections()
        let found = state.foundProducts
        let isLooking = state.schedule.found?.isLooking == true
        guard !sections.isEmpty || !found.isEmpty || isLooking else {
            drawEmpty(emptySchedule(state, keymap), in: area)
            return
        }
        var rows: [ListRow] = []
        for section in sections {
            if !rows.isEmpty { rows.append(.blank) }
            rows.append(.heading(heading(of: section, now: LocalTime(state.now))))
            rows += section.shows.map { .show($0, isDated: section.heading == .earlier) }
        }
        if let goods = state.schedule.found {
            if !rows.isEmpty { rows.append(.blank) }
            rows += self.rows(of: found, goods, state)
        }
        drawRows(rows, selected: state.schedule.chosen.map { .init($0) }, state, in: area)
    }

    /// What the shops have of what is searched for.
    private func rows(of found: [Product], _ goods: FoundGoods, _ state: AppState) -> [ListRow] {
        let prices = MoneyColumn(of: found)
        var rows: [ListRow] = [.heading(("PRODUCTS", found.isEmpty ? "" : Phrase.count(found.count)))]
        rows += found.map { .product($0, prices: prices) }
        for (channel, failure) in goods.failures.sorted(by: { $0.key < $1.key }) {
            rows.append(.note(state.named(channel) + " could not be asked: " + failure.explanation))
        }
        if goods.isLooking {
            rows.append(.note("Looking…"))
        } else if rows.count == 1 {
            rows.append(.note("No product matches."))
        }
        return rows
    }

    private func heading(of section: ScheduleSection, now: LocalTime) -> (strong: SafeText, rest: SafeText) {
        switch section.heading {
        case .live: ("LIVE NOW", "")
        case .earlier: ("EARLIER", "replays")
        case .day(let day):
            if day.isSameDay(as: now) { ("TODAY", Phrase.day(day)) } else { (Phrase.day(day), "") }
        }
    }

    private func emptySchedule(_ state: AppState, _ keymap: Keymap) -> [SafeText] {
        if state.search.isOn(in: .shows) { return noMatch(state.search[.shows], state, keymap) }
        let sources = state.channels.map { ($0, state.schedule[$0]) }
        if sources.allSatisfy({ $1.fetchedAt == nil }) {
            let failures = sources.compactMap { channel, source in source.failure.map { (channel, $0) } }
            guard failures.count == sources.count else { return ["Loading the shows…"] }
            return failures.map { channel, failure in
                (state.hasSeveralChannels ? state.named(channel) + ": " : "The shows could not be loaded: ")
                    + failure.explanation
            } + [keymap.name(of: .refresh, in: .list) + " tries again now; otherwise it tries by itself."]
        }
        if state.tab == .live {
            return ["No show is live just now.", keymap.name(of: .scheduleTab, in: .list) + " shows what is coming."]
        }
        let unfollowed = state.unfollowed
        guard unfollowed.isEmpty else {
            let way =
                unfollowed.count == 1 && state.follows.hosts.count == 1
                ? keymap.name(of: .hostPage, in: .list) + " looks around in the shop."
                : keymap.name(of: .followingTab, in: .list) + " lists the shops to look around in."
            return ["No shows are planned.", way]
        }
        return ["No shows are planned.", keymap.name(of: .refresh, in: .list) + " asks the shop again."]
    }
}

extension AppState {
    /// The cells that the longest name of a channel takes.
    fileprivate var channelNameWidth: Int { channels.map { named($0).width }.max() ?? 0 }
}

/// A row of a list of shows and hosts.
enum ListRow {
    case blank
    case heading((strong: SafeText, rest: SafeText))
    /// Dated where the heading above does not say the day.
    case show(Show, isDated: Bool)
    case host(Host)
    case product(Product, prices: MoneyColumn)
    /// What stands where rows would.
    case note(SafeText)

    /// What a selection holds on to.
    enum ID: Hashable {
        case show(ShowID)
        case host(HostID)
        case product(ProductID)

        init(_ item: ShowOrProduct) {
            self =
                switch item {
                case .show(let id): .show(id)
                case .product(let id): .product(id)
                }
        }
    }

    var id: ID? {
        switch self {
        case .show(let show, _): .show(show.id)
        case .host(let host): .host(host.id)
        case .product(let product, _): .product(product.id)
        case .blank, .heading, .note: nil
        }
    }
}

extension Canvas {
    /// Draws as many rows as fit, so that the selected one is among them, near the middle of a long list.
    mutating func drawRows(_ rows: [ListRow], selected: ListRow.ID?, _ state: AppState, in area: Rect) {
        let selectedIndex = rows.firstIndex { $0.id != nil && $0.id == selected }
        let first = firstVisible(selected: selectedIndex ?? 0, count: rows.count, height: area.height)
        for (row, item) in rows.dropFirst(first).prefix(area.height).enumerated() {
            switch item {
            case .blank: break
            case .heading(let heading):
                let x = put(heading.strong, .strong, x: 1, row: row, in: area)
                put(heading.rest, .dim, x: x + 2, row: row, in: area)
            case .show(let show, let isDated):
                drawShow(show, state, isDated: isDated, row: row, in: area)
                clickable(.show(show.id), area.row(row))
            case .host(let host):
                drawHost(host, state, row: row, in: area)
                clickable(.host(host.id), area.row(row))
            case .product(let product, let prices):
                drawProduct(product, prices, state, row: row, in: area)
                clickable(.product(product.id), area.row(row))
            case .note(let words): put(words, .dim, x: 3, row: row, in: area, width: area.width - 4)
            }
            if first + row == selectedIndex { select(row: row, in: area) }
        }
    }

    /// The first row to draw of a list that is longer than its place.
    func firstVisible(selected: Int, count: Int, height: Int) -> Int {
        // The first heading stays in sight as long as it can.
        selected < height - 1 ? 0 : max(0, min(count - height, selected - height / 2))
    }

    /// `● live  Late-night lamps   Ana Lopez ✓ ♥   home   1 284   42 min`; on narrow screens the title keeps its room.
    private mutating func drawShow(_ show: Show, _ state: AppState, isDated: Bool, row: Int, in area: Rect) {
        switch show.state {
        case .live:
            put("● live", .live, x: 2, row: row, in: area)
        case .scheduled:
            put(Phrase.time(LocalTime(show.startsAt)), .text, x: 3, row: row, in: area)
        case .ended:
            put("replay", .dim, x: 2, row: row, in: area)
        case .cancelled:
            // Under the heading of its day its time says which it was.
            let time = isDated ? "off" : Phrase.time(LocalTime(show.startsAt))
            put(time, isDated ? .warning : .dim, x: 3, row: row, in: area)
        }
        let whenRole: Role = show.state == .cancelled && !isDated ? .warning : .dim
        let whenAt = putRight(when(show, state, isDated: isDated), whenRole, right: area.width - 1, row: row, in: area)
        var right = min(whenAt, area.width - 12)
        let reminderAt = right - 3
        let isReminded = state.isReminded(of: show.id)
        if area.width >= 76 {
            let viewers: SafeText = show.state == .live ? Phrase.count(show.viewers) : ""
            let isOld = !state.shops[show.id.channel].connection.isLive
            putRight(viewers, isOld ? .stale : .text, right: right - 2, row: row, in: area)
            right -= 9
            // Among several, whose show it is says more than what it is about.
            let about = state.hasSeveralChannels ? channel(of: show, state) : show.tags.first ?? ""
            let width = state.hasSeveralChannels ? max(10, min(area.width / 7, state.channelNameWidth)) : 10
            put(about, .dim, x: right - width - 1, row: row, in: area, width: width)
            right -= width + 2
        } else if isReminded {
            right -= 4
        }
        // In the viewers' column, which a show that is to come leaves empty.
        if isReminded { put("⏰", .accent, x: reminderAt, row: row, in: area) }
        let role: Role = show.state == .live ? .strong : show.state == .scheduled ? .text : .dim
        guard area.width >= 56 else {
            let isFollowed = show.hosts.contains { state.isFollowed($0.id) }
            let end = put(show.title, role, x: 10, row: row, in: area, width: right - 10 - (isFollowed ? 3 : 1))
            if isFollowed { put(" ♥", .accent, x: end, row: row, in: area) }
            return
        }
        let hostWidth = min(36, max(8, (right - 10) * 2 / 5))
        let hostAt = right - hostWidth
        drawHostName(show.hosts, state, x: hostAt, row: row, width: hostWidth - 1, in: area)
        put(show.title, role, x: 10, row: row, in: area, width: hostAt - 11)
    }

    /// Nothing where the host is called as the channel is.
    private func channel(of show: Show, _ state: AppState) -> SafeText {
        let name = state.named(show.id.channel)
        return show.hosts.first?.name == name ? "" : name
    }

    /// A show's hosts in one column: the names, ✓ where verified and ♥ where followed.
    private mutating func drawHostName(_ hosts: [Host], _ state: AppState, x: Int, row: Int, width: Int, in area: Rect)
    {
        let isVerified = hosts.first?.isVerified ?? false
        let isFollowed = hosts.contains { state.isFollowed($0.id) }
        let marks = (isVerified ? 2 : 0) + (isFollowed ? 2 : 0)
        var name = hosts.first?.name ?? ""
        for other in hosts.dropFirst() { name += " & " + other.name }
        var end = put(name, .text, x: x, row: row, in: area, width: max(1, width - marks))
        if isVerified { end = put(" ✓", .accent, x: end, row: row, in: area) }
        if isFollowed { put(" ♥", .accent, x: end, row: row, in: area) }
    }

    private func when(_ show: Show, _ state: AppState, isDated: Bool) -> SafeText {
        switch show.state {
        case .live: return Phrase.span(state.serverMinute(of: show.id.channel) - show.startsAt)
        case .scheduled:
            let wait = show.startsAt - state.serverMinute(of: show.id.channel)
            if wait < .seconds(60) { return "now" }
            if wait < .seconds(86400) { return "in " + Phrase.span(wait) }
            return isDated ? Phrase.shortDay(LocalTime(show.startsAt)) : ""
        case .ended: return isDated ? Phrase.shortDay(LocalTime(show.startsAt)) : ""
        case .cancelled: return "called off"
        }
    }

    /// What a list says that is searched in vain.
    func noMatch(_ text: SafeText, _ state: AppState, _ keymap: Keymap) -> [SafeText] {
        let back = state.prompt == nil ? keymap.name(of: .leave, in: .list) : keymap.name(of: .back, in: .prompt)
        return ["Nothing matches “" + text + "”.", back + " shows all again."]
    }

    /// A few lines in the middle of an empty place: what is the matter, and what to do.
    mutating func drawEmpty(_ lines: [SafeText], in area: Rect) {
        let wrapped = lines.flatMap { $0.wrapped(width: max(1, area.width - 4)) }
        let top = max(0, area.height / 3 - wrapped.count / 2)
        for (index, line) in wrapped.enumerated() {
            put(line, index == 0 ? .text : .dim, x: max(1, (area.width - line.width) / 2), row: top + index, in: area)
        }
    }
}
