import Domain
import Text

/// The one line that is being written, and what for.
package struct Prompt: Hashable, Sendable {
    package enum Purpose: Hashable, Sendable {
        case chat, search, command
        /// A line of what a shop has to know of who buys.
        case contact(ContactDetails.Field)
    }

    package let purpose: Purpose
    package private(set) var line: [Character]
    /// 0…line.count.
    package private(set) var cursor: Int
    /// Characters beyond this are not taken.
    package let limit: Int
    /// Why the line is here again.
    package var note: SafeText?
    /// What Tab goes through; nil until it is pressed, and after any other key.
    package private(set) var completion: Completion?
    /// Which earlier line stands here, 1 being the newest; 0 is the one that is being written.
    private var recalled = 0
    private var written: [Character] = []
    /// What was deleted last, and can be put back.
    private var killed: [Character] = []

    package init(_ purpose: Purpose, text: SafeText = "", limit: Int) {
        self.purpose = purpose
        self.limit = limit
        line = Array(text.string.prefix(limit))
        cursor = line.count
    }

    package var text: SafeText { SafeText(keepingSpaces: String(line)) }
    package var textBeforeCursor: SafeText { SafeText(keepingSpaces: String(line[..<cursor])) }

    package mutating func insert(_ text: String) {
        // A combining mark joins the character before it, so the line is put together anew, and made safe as a whole.
        let whole = SafeText(keepingSpaces: String(line[..<cursor]) + text)
        let head = Array(whole.string.prefix(limit - (line.count - cursor)))
        line = head + line[cursor...]
        cursor = head.count
        completion = nil
    }

    /// Puts an earlier line in the place of this one, or goes back towards it.
    package mutating func recall(older: Bool, from history: [SafeText]) {
        let target = recalled + (older ? 1 : -1)
        guard (0...history.count).contains(target) else { return }
        if recalled == 0 { written = line }
        recalled = target
        line = target == 0 ? written : Array(history[history.count - target].string.prefix(limit))
        cursor = line.count
        completion = nil
    }

    /// Puts the next candidate in the place of the word at the cursor; after the last comes what was written.
    /// - Parameter found: what the word may become, for the first time.
    package mutating func complete(_ found: Completion, forward: Bool) {
        var current = completion ?? found
        current.step(forward: forward)
        let head = Array(line[..<min(current.start, cursor)]) + Array(current.word)
        guard head.count + line.count - cursor <= limit else { return }
        line = head + line[cursor...]
        cursor = head.count
        // A word with nothing else to choose is decided: the next Tab is for what follows it.
        completion = current.candidates.count > 1 ? current : nil
    }

    /// - Returns: whether the intent is one of line editing.
    package mutating func edit(_ intent: UserIntent) -> Bool {
        completion = nil
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
            kill(startOfWord..<cursor)
        case .deleteWordForward: kill(cursor..<endOfWord)
        case .deleteToEnd: kill(cursor..<line.count)
        case .deleteLine: kill(0..<line.count)
        case .yank: insert(String(killed))
        default: return false
        }
        return true
    }

    private mutating func kill(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        killed = Array(line[range])
        line.removeSubrange(range)
        cursor = range.lowerBound
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
