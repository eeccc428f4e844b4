import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    /// The chat, drawn from its lowest message upwards: only what is visible is wrapped.
    mutating func drawChat(_ watch: WatchState, _ state: AppState, in area: Rect) {
        var area = area
        clickable(.chat, area)
        let hasFocus = watch.pane == .chat && state.buy == nil
        if let pinned = watch.timeline?.played.pinned, area.height >= 6 {
            area = area.inset(top: drawPinned(pinned, in: area))
        }
        if watch.chat.anchor != nil, area.height > 1 {
            let (rest, marker) = area.split(bottom: 1)
            let unread = watch.chat.unread
            put(unread > 0 ? "↓ " + Phrase.count(unread) + " new" : "↓ to the newest", .badge, x: 1, row: 0, in: marker)
            area = rest
        }
        guard let bottom = watch.chat.bottomIndex else {
            put(silence(watch, state), .dim, x: 1, row: max(0, area.height - 1), in: area)
            if hasFocus { rest(row: max(0, area.height - 1), in: area) }
            return
        }
        let layout = ChatLayout(width: area.width)
        let visible = VisibleChat(watch.chat, bottom: bottom, layout, height: area.height)
        chatWindow = visible.window
        // Where nothing is chosen the cursor stands on the newest message in sight.
        if hasFocus { rest(row: area.height - (visible.rows.last?.lines.count ?? 1), in: area) }
        var row = visible.firstRow
        for (entry, lines) in visible.rows {
            drawEntry(entry, lines, layout, state, row: row, in: area)
            row += lines.count
            links += Link.all(in: entry.message.text).map(\.address)
        }
    }

    private mutating func rest(row: Int, in area: Rect) {
        let row = max(0, row)
        if row < area.height { grid.cursor = Point(x: area.x, y: area.y + row) }
    }

    private func silence(_ watch: WatchState, _ state: AppState) -> SafeText {
        if state.capabilities.isDisjoint(with: [.chat, .chatToRead]) { return "This shop has no chat." }
        if watch.timeline == nil { return "Joining…" }
        if !watch.chat.entries.isEmpty { return "All that was said is muted." }
        return watch.state == .scheduled ? "The chat opens with the show." : "No messages yet."
    }

    private mutating func drawEntry(
        _ entry: ChatEntry, _ lines: [SafeText], _ layout: ChatLayout, _ state: AppState, row: Int, in area: Rect
    ) {
        let message = entry.message
        let isOwn = state.isOwn(message)
        let mentions = state.mentions(in: message)
        let needle = state.search.needle(in: .chat)
        if entry.ordinal == state.watch?.chat.match {
            put("›", .accent, x: 0, row: row, in: area)
            if row >= 0, row < area.height { grid.cursor = Point(x: area.x, y: area.y + row) }
        } else if !mentions.isEmpty {
            put("@", .accent, x: 0, row: row, in: area)
        }
        if layout.hasTime { put(Phrase.time(LocalTime(message.at)), .chatTime, x: 1, row: row, in: area) }
        // Names hold neither mark, and are never drawn in its cell: without colours it alone says who is who.
        let (mark, title, name, role): (SafeText, SafeText, SafeText, Role) =
            switch message.role {
            case _ where isOwn: ("▸", "", "you", .chatOwn)
            case .viewer: ("", "", message.author, .chatName)
            case .host: ("▌", "", message.author, .chatHost)
            case .moderator: ("▌", "mod ", message.author, .chatModerator)
            }
        let isFound = !needle.isEmpty && needle.matches(name)
        put(mark, role, x: layout.markX, row: row, in: area)
        let nameAt = put(title, role, x: layout.nameX, row: row, in: area)
        put(name, isFound ? .match : role, x: nameAt, row: row, in: area, width: layout.textX - 1 - nameAt)
        let textRole: Role = entry.isPending ? .dim : message.role == .host ? .strong : .text
        var marks = TextMarks(of: message.text)
        for link in Link.all(in: message.text) { marks.add(link) }
        for range in mentions { marks.add(.mention, range) }
        for range in needle.ranges(in: message.text) { marks.add(.match, range) }
        for (offset, line) in lines.enumerated() {
            put(marks.parts(of: line), textRole, x: layout.textX, row: row + offset, in: area)
        }
    }

    private mutating func put(
        _ parts: [(text: SafeText, mark: TextMarks.Mark)], _ plain: Role, x: Int, row: Int, in area: Rect
    ) {
        var column = x
        for part in parts {
            column = put(
                part.text, part.mark.role ?? plain, x: column, row: row, in: area, leadingTo: part.mark.address)
        }
    }

    /// What is pinned, above all; returns the rows taken.
    private mutating func drawPinned(_ message: ChatMessage, in area: Rect) -> Int {
        let x = put(" pinned ", .badge, x: 1, row: 0, in: area) + 1
        let lines = message.text.wrapped(width: area.width - x - 1, maxLines: area.height >= 10 ? 2 : 1)
        var marks = TextMarks(of: message.text)
        for link in Link.all(in: message.text) { marks.add(link) }
        for (row, line) in lines.enumerated() { put(marks.parts(of: line), .text, x: x, row: row, in: area) }
        links += Link.all(in: message.text).map(\.address)
        return max(1, lines.count)
    }
}
