import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    /// The chat, drawn from its lowest message upwards: only what is visible is wrapped.
    mutating func drawChat(_ watch: WatchState, _ state: AppState, in area: Rect) {
        var area = area
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
            return
        }
        let layout = ChatLayout(width: area.width)
        var rows: [(entry: ChatEntry, lines: [SafeText])] = []
        var used = 0
        for index in stride(from: bottom, through: 0, by: -1) where used < area.height {
            rows.append(layout.entry(watch.chat.entries[index], height: area.height))
            used += rows[rows.count - 1].lines.count
        }
        rows.reverse()
        // Where the oldest messages do not fill the place, newer ones follow: no blank stands above what can be read.
        let isTop = used < area.height && bottom + 1 < watch.chat.entries.count
        for index in (bottom + 1)..<max(bottom + 1, watch.chat.entries.count) where used < area.height {
            rows.append(layout.entry(watch.chat.entries[index], height: area.height))
            used += rows[rows.count - 1].lines.count
        }
        var row = isTop && used > area.height ? 0 : area.height - used
        for (entry, lines) in rows {
            let isOwn = entry.message.authorID != nil && entry.message.authorID == state.accountID
            drawEntry(entry, lines, layout, isOwn: isOwn, row: row, in: area)
            row += lines.count
        }
    }

    private func silence(_ watch: WatchState, _ state: AppState) -> SafeText {
        if !state.capabilities.contains(.chat) { return "This shop has no chat." }
        if watch.timeline == nil { return "Joining…" }
        return watch.state == .scheduled ? "The chat opens with the show." : "No messages yet."
    }

    private mutating func drawEntry(
        _ entry: ChatEntry, _ lines: [SafeText], _ layout: ChatLayout, isOwn: Bool, row: Int, in area: Rect
    ) {
        let message = entry.message
        if layout.timeWidth > 0 { put(Phrase.time(LocalTime(message.at)), .chatTime, x: 1, row: row, in: area) }
        let x = 1 + layout.timeWidth
        let (mark, name, role): (SafeText, SafeText, Role) =
            switch message.role {
            case _ where isOwn: ("", "you", .chatOwn)
            case .viewer: ("", message.author, .chatName)
            case .host: ("▌", message.author, .chatHost)
            case .moderator: ("▌mod ", message.author, .chatModerator)
            }
        put(mark + name, role, x: x, row: row, in: area, width: layout.nameWidth - 1)
        let textRole: Role = entry.isPending ? .dim : message.role == .host ? .strong : .text
        for (offset, line) in lines.enumerated() {
            put(line, textRole, x: x + layout.nameWidth, row: row + offset, in: area)
        }
    }

    /// What is pinned, above all; returns the rows taken.
    private mutating func drawPinned(_ message: ChatMessage, in area: Rect) -> Int {
        let x = put(" pinned ", .badge, x: 1, row: 0, in: area) + 1
        let lines = message.text.wrapped(width: area.width - x - 1, maxLines: area.height >= 10 ? 2 : 1)
        for (row, line) in lines.enumerated() { put(line, .text, x: x, row: row, in: area) }
        return max(1, lines.count)
    }
}

/// The chat's columns for a width: time, name, text.
struct ChatLayout {
    let timeWidth: Int
    let nameWidth: Int
    let textWidth: Int

    init(width: Int) {
        timeWidth = width >= 48 ? 6 : 0
        nameWidth = max(8, min(14, width * 3 / 10))
        textWidth = max(4, width - 1 - timeWidth - nameWidth)
    }

    /// A message in the lines it takes, at least one and at most `height`.
    func entry(_ entry: ChatEntry, height: Int) -> (entry: ChatEntry, lines: [SafeText]) {
        let text = entry.count > 1 ? entry.message.text + SafeText(" ×\(entry.count)") : entry.message.text
        let lines = text.wrapped(width: textWidth, maxLines: max(1, height))
        return (entry, lines.isEmpty ? [.empty] : lines)
    }
}
