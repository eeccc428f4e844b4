import Text

/// The one line that is being written, and what for.
package struct Prompt: Hashable, Sendable {
    package enum Purpose: Hashable, Sendable { case chat, search }

    package let purpose: Purpose
    package private(set) var line: [Character]
    /// 0…line.count.
    package private(set) var cursor: Int
    /// Characters beyond this are not taken.
    package let limit: Int

    package init(_ purpose: Purpose, text: SafeText = "", limit: Int) {
        self.purpose = purpose
        self.limit = limit
        line = Array(text.string.prefix(limit))
        cursor = line.count
    }

    package var text: SafeText { SafeText(String(line)) }
    package var textBeforeCursor: SafeText { SafeText(String(line[..<cursor])) }

    package mutating func insert(_ text: String) {
        // A combining mark joins the character before it, so the line is put together anew, and made safe as a whole.
        let head = Array(SafeText(String(line[..<cursor]) + text).string.prefix(limit - (line.count - cursor)))
        line = head + line[cursor...]
        cursor = head.count
    }

    /// - Returns: whether the intent is one of line editing.
    package mutating func edit(_ intent: UserIntent) -> Bool {
        switch intent {
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(line.count, cursor + 1)
        case .wordLeft: cursor = startOfWord
        case .wordRight: cursor = endOfWord
        case .top: cursor = 0
        case .bottom: cursor = line.count
        case .deleteBackward:
            guard cursor > 0 else { return true }
            line.remove(at: cursor - 1)
            cursor -= 1
        case .deleteForward:
            if cursor < line.count { line.remove(at: cursor) }
        case .deleteWord:
            let start = startOfWord
            line.removeSubrange(start..<cursor)
            cursor = start
        case .deleteLine:
            line = []
            cursor = 0
        default: return false
        }
        return true
    }

    private var startOfWord: Int {
        var index = cursor
        while index > 0, line[index - 1].isWhitespace { index -= 1 }
        while index > 0, !line[index - 1].isWhitespace { index -= 1 }
        return index
    }

    private var endOfWord: Int {
        var index = cursor
        while index < line.count, line[index].isWhitespace { index += 1 }
        while index < line.count, !line[index].isWhitespace { index += 1 }
        return index
    }
}
