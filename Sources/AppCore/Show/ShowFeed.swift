import DequeModule
import Domain

/// A show's events in order and without gaps, for a front end that tells them one after the other. They stay until it says
/// that it has told them; while too many are left, nothing more is asked for.
package struct ShowFeed: Sendable {
    package enum Entry: Hashable, Sendable {
        case event(TimelineEvent)
        /// A link has put a product on air, with the price and the stock of that moment.
        case onAir(Product, TimelineEvent)
        /// A link was taken back, and what it had put on air has left it.
        case offAir([ProductID], TimelineEvent)

        /// As an event of the show: a product on air by a link is a highlight.
        package var event: TimelineEvent {
            switch self {
            case .event(let event), .onAir(_, let event), .offAir(_, let event): event
            }
        }
    }

    /// So many may be left; a reply that brings more is read whole.
    package static let capacity = 2000

    private var entries: Deque<Entry> = []
    /// The ordinal of the oldest entry that is left, counted from 0.
    private var first = 0
    /// The newest that the server said of the show as it is now; nil until all before it is there.
    package internal(set) var snapshot: ShowSnapshot?
    /// The show is over, and all of it is there.
    package internal(set) var isComplete = false
    /// The messages of the last answer with their times, where each tells the chat anew.
    private var retold: [MessageID: Timestamp] = [:]

    init() {}

    /// The ordinal of the next entry to come.
    package var end: Int { first + entries.count }

    /// The entries from an ordinal on, as far as they are left.
    package func entries(from ordinal: Int) -> [Entry] {
        Array(entries.dropFirst(max(0, min(ordinal - first, entries.count))))
    }

    var isFull: Bool { entries.count >= Self.capacity }

    mutating func append(_ entry: Entry) { entries.append(entry) }

    /// Forgets the entries before an ordinal.
    mutating func forget(upTo ordinal: Int) {
        let count = max(0, min(ordinal - first, entries.count))
        entries.removeFirst(count)
        first += count
    }

    /// Takes in the newest stretch of a chat that is told anew.
    /// - Returns: the messages that are gone from it.
    mutating func takeUnpublished(_ stretch: RetoldStretch) -> [MessageID] {
        defer { if stretch.isThere { retold = stretch.messages } }
        return retold.filter { stretch.lacks($0.key, at: $0.value) }.keys.sorted()
    }
}
