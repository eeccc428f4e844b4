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
            drawPinned(pinned, in: area.row(0))
            area = area.inset(top: 1)
        }
        if watch.chat.anchor != nil, area.height > 1 {
            let (rest, marker) = area.split(bottom: 1)
            let unread = watch.chat.unread
            put(unread > 0 ? "↓ " + Phrase.count(unread) + " new" : "↓ to the newest", .badge, x: 1, row: 0, in: marker)
            area = rest
        }
        guard let bottom = watch.chat.bottomIndex else {
            let words: SafeText =
                watch.timeline == nil
                ? "Joining…" : watch.state == .scheduled ? "The chat opens with the show." : "No messages yet."
            put(words, .dim, x: 1, row: max(0, area.height - 1), in: area)
            return
        }
        let layout = ChatLayout(width: area.width)
        var row = area.height
        var index = bottom
        while row > 0, index >= 0 {
            let entry = watch.chat.entries[index]
            let text = entry.count > 1 ? entry.message.text + SafeText(" ×\(entry.count)") : entry.message.text
            let lines = text.wrapped(width: layout.textWidth, maxLines: max(1, area.height))
            row -= max(1, lines.count)
            drawEntry(
                entry, lines, layout, isOwn: entry.message.authorID != nil && entry.message.authorID == state.accountID,
                row: row, in: area)
            index -= 1
        }
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

    private mutating func drawPinned(_ message: ChatMessage, in area: Rect) {
        let x = put("pinned ", .badge, x: 1, row: 0, in: area)
        put(message.text, .text, x: x + 1, row: 0, in: area, width: area.width - x - 1)
    }
}

/// The chat's columns for a width: time, name, text.
struct ChatLayout {
    let timeWidth: Int
    let nameWidth: Int
    let textWidth: Int

    init(width: Int) {
        timeWidth = width >= 48 ? 6 : 0
        nameWidth = max(8, min(14, width / 4))
        textWidth = max(4, width - 1 - timeWidth - nameWidth)
    }
}
