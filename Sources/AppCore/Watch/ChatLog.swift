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
}

/// The newest messages of a show, and where in them the reader is.
package struct ChatLog: Sendable {
    /// More than this is let go, oldest first.
    package static let capacity = 5000
    private static let repeatsCapacity = 64

    package private(set) var entries: Deque<ChatEntry> = []
    private var nextOrdinal = 0
    private var pendingCount = 0

    /// The ordinal of the lowest entry shown; nil follows the tail.
    package private(set) var anchor: Int?
    /// Messages that came since the reader left the tail.
    package private(set) var unread = 0

    package init() {}

    package mutating func append(_ message: ChatMessage, isPending: Bool = false) {
        // The shop's answer to what was written may come after the message itself.
        if isPending, entries.contains(where: { $0.message.id == message.id }) { return }
        let isKnown = !isPending && pendingCount > 0 && dropPending(message.id)
        if isPending { pendingCount += 1 }
        if anchor != nil, !isKnown { unread += 1 }
        if let last = entries.indices.last, !isPending, entries[last].message.role == .viewer, message.role == .viewer,
            !entries[last].isPending, entries[last].message.text == message.text
        {
            entries[last].count += 1
            if entries[last].repeats.count == Self.repeatsCapacity { entries[last].repeats.removeFirst() }
            entries[last].repeats.append(message.id)
            return
        }
        entries.append(ChatEntry(ordinal: nextOrdinal, message: message, count: 1, isPending: isPending))
        nextOrdinal += 1
        if entries.count > Self.capacity {
            if entries.removeFirst().isPending { pendingCount -= 1 }
            if let anchor, let first = entries.first, anchor < first.ordinal { self.anchor = first.ordinal }
        }
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
        follow()
    }

    package mutating func follow() {
        anchor = nil
        unread = 0
    }

    /// Moves the lowest entry shown by `delta` entries; past the newest it follows the tail again.
    package mutating func scroll(by delta: Int) {
        guard !entries.isEmpty else { return }
        let current = anchor.flatMap(index(ofOrdinal:)) ?? entries.count - 1
        let target = max(0, min(entries.count, current + delta))
        if target >= entries.count - 1, delta > 0 {
            follow()
        } else {
            anchor = entries[min(target, entries.count - 1)].ordinal
        }
    }

    package mutating func scrollToTop() {
        anchor = entries.first?.ordinal
    }

    /// The index of the lowest entry to show.
    package var bottomIndex: Int? {
        guard !entries.isEmpty else { return nil }
        return anchor.flatMap(index(ofOrdinal:)) ?? entries.count - 1
    }

    /// The entry with this ordinal, or the nearest one before it, should it be gone.
    private func index(ofOrdinal ordinal: Int) -> Int? {
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
