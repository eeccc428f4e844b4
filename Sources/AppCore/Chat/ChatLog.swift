import DequeModule
import Domain
import Text

/// A line of the chat; the same text said again and again is one line with a count.
package struct ChatEntry: Hashable, Sendable {
    /// Rises by one from entry to entry and never changes: what a scroll position holds on to.
    package var ordinal: Int
    package var message: ChatMessage
    package var count: Int
    /// The other messages that are shown by this line, the newest ones: any of them may be unpublished.
    package var repeats: [MessageID] = []
    /// Written here and not yet seen in the timeline.
    package var isPending: Bool
    /// Kept, but not shown.
    package var isMuted = false
    /// How many of its messages came since the reader left the tail.
    var unread = 0
}

/// What of a chat was on the screen: a reader scrolls from what is seen, and how much that is only drawing knows.
package struct ChatWindow: Hashable, Sendable {
    /// The ordinal of the lowest entry shown.
    package var bottom: Int
    /// How many entries were shown.
    package var count: Int
    /// There is nothing above.
    package var isAtTop: Bool

    package init(bottom: Int, count: Int, isAtTop: Bool) {
        self.bottom = bottom
        self.count = count
        self.isAtTop = isAtTop
    }
}

/// The newest messages of a show, and where in them the reader is.
package struct ChatLog: Sendable {
    /// More than this is let go, oldest first.
    package static let capacity = 5000
    private static let repeatsCapacity = 64

    package private(set) var entries: Deque<ChatEntry> = []
    private var nextOrdinal = 0
    private var pendingCount = 0

    /// The ordinal of the lowest entry to show; nil follows the tail.
    package internal(set) var anchor: Int?
    /// Messages that came since the reader left the tail.
    package private(set) var unread = 0
    /// What is on the screen; nil once the reader has moved on from it.
    package internal(set) var window: ChatWindow?
    /// The ordinal of the entry that a search is at.
    package internal(set) var match: Int?
    /// Where the reader was when the search began, with what was on the screen then.
    var origin: (anchor: Int?, window: ChatWindow?)?

    package init() {}

    /// - Parameter isMuted: the reader does not want to see it.
    package mutating func append(_ message: ChatMessage, isPending: Bool = false, isMuted: Bool = false) {
        // The shop's answer to what was written may come after the message itself.
        if isPending, entries.contains(where: { $0.message.id == message.id }) { return }
        let isKnown = !isPending && pendingCount > 0 && dropPending(message.id)
        if isPending { pendingCount += 1 }
        let news = anchor != nil && !isKnown ? 1 : 0
        if !isMuted { unread += news }
        if let last = entries.indices.last, !isPending, entries[last].message.role == .viewer, message.role == .viewer,
            !entries[last].isPending, entries[last].isMuted == isMuted, entries[last].message.text == message.text
        {
            entries[last].count += 1
            entries[last].unread += news
            if entries[last].repeats.count == Self.repeatsCapacity { entries[last].repeats.removeFirst() }
            entries[last].repeats.append(message.id)
            return
        }
        entries.append(
            ChatEntry(
                ordinal: nextOrdinal, message: message, count: 1, isPending: isPending, isMuted: isMuted, unread: news))
        nextOrdinal += 1
        if entries.count > Self.capacity {
            if entries.removeFirst().isPending { pendingCount -= 1 }
            if let anchor, let first = entries.first, anchor < first.ordinal { self.anchor = first.ordinal }
        }
    }

    /// Looks at every entry anew: other words and people are muted now.
    package mutating func mute(_ isMuted: (ChatMessage) -> Bool) {
        for index in entries.indices { entries[index].isMuted = isMuted(entries[index].message) }
        unread = entries.reduce(0) { $0 + ($1.isMuted ? 0 : $1.unread) }
    }

    /// Takes an unpublished message away; a line that stands for several loses one.
    /// - Returns: whether it was there.
    @discardableResult
    package mutating func remove(_ id: MessageID) -> Bool {
        guard let index = entries.lastIndex(where: { $0.message.id == id || $0.repeats.contains(id) }) else {
            return false
        }
        if entries[index].count > 1 {
            entries[index].count -= 1
            if entries[index].message.id != id {
                entries[index].repeats.removeAll { $0 == id }
            } else if !entries[index].repeats.isEmpty {
                entries[index].message.id = entries[index].repeats.removeFirst()
            }
        } else if entries.remove(at: index).isPending {
            pendingCount -= 1
        }
        return true
    }

    package mutating func clear() {
        entries.removeAll(keepingCapacity: true)
        pendingCount = 0
        match = nil
        origin = nil
        follow()
    }

    package mutating func follow() {
        anchor = nil
        unread = 0
        for index in entries.indices where entries[index].unread > 0 { entries[index].unread = 0 }
        window = nil
    }

    /// The index of the lowest entry to show: the anchor's, or the nearest to it that is not muted.
    package var bottomIndex: Int? {
        let start = anchor.flatMap(index(ofOrdinal:)) ?? entries.count - 1
        return shownIndex(from: start, by: -1) ?? shownIndex(from: start, by: 1)
    }

    /// The first index from one on, up or down, whose entry is shown.
    func shownIndex(from start: Int, by step: Int) -> Int? {
        var index = start
        while entries.indices.contains(index) {
            if !entries[index].isMuted { return index }
            index += step
        }
        return nil
    }

    /// The index of the entry with this ordinal, or of the nearest one before it, should it be gone.
    func index(ofOrdinal ordinal: Int) -> Int? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].ordinal <= ordinal { low = middle + 1 } else { high = middle }
        }
        return entries.isEmpty ? nil : max(0, low - 1)
    }

    /// The timeline has what was written here: its own entry takes the place of the pending one.
    private mutating func dropPending(_ id: MessageID) -> Bool {
        guard let index = entries.lastIndex(where: { $0.isPending && $0.message.id == id }) else { return false }
        entries.remove(at: index)
        pendingCount -= 1
        return true
    }
}
