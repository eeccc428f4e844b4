import Domain
import Text

/// What just happened, newest first, in one row. Where the row has no room for all, the next items take the place of the
/// ones shown, all at once: text that is read stands still, and no row is ever made of two.
package struct Ticker: Hashable, Sendable {
    package enum Kind: Sendable { case onAir, priceDrop, restock, almostGone, soldOut, offer }

    package struct Item: Hashable, Sendable {
        package var kind: Kind
        package var text: SafeText
        /// In cells.
        package let width: Int
    }

    package static let capacity = 12
    /// Between two items.
    package static let separator: SafeText = "  ·  "
    /// How long a row stands before the next takes its place.
    package static let rest = Duration.seconds(5)

    package private(set) var items: [Item] = []
    /// The item that the row begins with.
    package private(set) var first = 0
    /// When the next row takes its place; nil while it stands still.
    package private(set) var nextRowAt: Timestamp?

    package init() {}

    package mutating func add(_ kind: Kind, _ text: SafeText) {
        let item = Item(kind: kind, text: text, width: text.width)
        items.removeAll { $0 == item }
        items.insert(item, at: 0)
        if items.count > Self.capacity { items.removeLast() }
        (first, nextRowAt) = (0, nil)
    }

    /// The items of the row that begins with `first`: those that fit whole, one at least.
    package func row(from first: Int, width: Int) -> ArraySlice<Item> {
        var end = first
        var used = 0
        while end < items.count {
            used += items[end].width + (end > first ? Self.separator.width : 0)
            guard end == first || used <= width else { break }
            end += 1
        }
        return items[min(first, end)..<end]
    }

    /// The item that the next row begins with.
    package func next(width: Int) -> Int {
        let end = row(from: first, width: width).endIndex
        return end < items.count ? end : 0
    }

    /// Lets time pass in a row of `width` cells.
    mutating func move(at now: Timestamp, width: Int, isAllowed: Bool) {
        guard isAllowed, next(width: width) != first else { return nextRowAt = nil }
        guard let due = nextRowAt else { return nextRowAt = now + Self.rest }
        guard due <= now else { return }
        first = next(width: width)
        nextRowAt = now + Self.rest
    }
}
