import AppCore
import Domain
import Text

/// The chat's columns for a width: time, mark, name, text.
struct ChatLayout {
    let hasTime: Bool
    /// Of the cell that says whose message it is: no name and no text ever reaches it.
    let markX: Int
    let nameWidth: Int
    let textWidth: Int

    var nameX: Int { markX + 1 }
    var textX: Int { nameX + nameWidth }

    init(width: Int) {
        hasTime = width >= 48
        markX = hasTime ? 6 : 1
        // Beside the time there is a cell between for the mark; elsewhere the names give it one of theirs.
        nameWidth = max(8, min(14, width * 3 / 10)) - (hasTime ? 0 : 1)
        textWidth = max(4, width - markX - 1 - nameWidth)
    }

    /// A message in the lines it takes, at least one and at most `height`.
    func entry(_ entry: ChatEntry, height: Int) -> (entry: ChatEntry, lines: [SafeText]) {
        let text = entry.count > 1 ? entry.message.text + SafeText(" ×\(entry.count)") : entry.message.text
        let lines = text.wrapped(width: textWidth, maxLines: max(1, height))
        return (entry, lines.isEmpty ? [.empty] : lines)
    }
}

/// The entries that fit a height, from the lowest one upwards: only what is visible is wrapped.
struct VisibleChat {
    private(set) var rows: [(entry: ChatEntry, lines: [SafeText])] = []
    /// Where the first one begins: above the place where only its end is seen.
    let firstRow: Int
    let window: ChatWindow

    init(_ chat: ChatLog, bottom: Int, _ layout: ChatLayout, height: Int) {
        var used = 0
        for index in stride(from: bottom, through: 0, by: -1) where used < height && !chat.entries[index].isMuted {
            rows.append(layout.entry(chat.entries[index], height: height))
            used += rows[rows.count - 1].lines.count
        }
        rows.reverse()
        // Where the oldest messages do not fill the place, newer ones follow: no blank stands above what can be read.
        let hasNothingAbove = used < height
        for index in (bottom + 1)..<max(bottom + 1, chat.entries.count)
        where used < height && !chat.entries[index].isMuted {
            rows.append(layout.entry(chat.entries[index], height: height))
            used += rows[rows.count - 1].lines.count
        }
        let isCutBelow = hasNothingAbove && used > height
        firstRow = isCutBelow ? 0 : height - used
        // An entry that is cut is still to come.
        let whole = isCutBelow && rows.count > 1 ? rows.dropLast() : rows[...]
        let first = chat.entries.first { !$0.isMuted }
        window = ChatWindow(
            bottom: whole.last?.entry.ordinal ?? chat.entries[bottom].ordinal, count: whole.count,
            isAtTop: firstRow >= 0 && rows.first?.entry.ordinal == first?.ordinal)
    }
}
