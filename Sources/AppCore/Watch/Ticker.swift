import Domain
import Text

/// What just happened, newest first, in one row. Where the row has no room for all, the next items are written over the
/// ones shown, a few cells at a time: text that is read stands still, and a step is a few bytes, where a row that slides
/// would be sent whole each time.
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
    /// How long a row stands before the next is written over it.
    package static let rest = Duration.seconds(5)
    package static let stepInterval = Duration.milliseconds(250)
    package static let cellsPerStep = 2

    package private(set) var items: [Item] = []
    /// The item that the row begins with.
    package private(set) var first = 0
    /// How many cells of the next row have been written over this one; 0 at rest.
    package private(set) var written = 0
    /// When something moves next; nil while it stands still.
    package private(set) var nextStepAt: Timestamp?

    package init() {}

    package mutating func add(_ kind: Kind, _ text: SafeText) {
        let item = Item(kind: kind, text: text, width: text.width)
        items.removeAll { $0 == item }
        items.insert(item, at: 0)
        if items.count > Self.capacity { items.removeLast() }
        (first, written, nextStepAt) = (0, 0, nil)
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
        guard isAllowed, next(width: width) != first else { return stand(width: width) }
        guard let due = nextStepAt else { return nextStepAt = now + Self.rest }
        guard due <= now else { return }
        written += Self.cellsPerStep
        if written < max(length(from: first, width: width), length(from: next(width: width), width: width)) {
            nextStepAt = now + Self.stepInterval
        } else {
            stand(width: width)
            nextStepAt = now + Self.rest
        }
    }

    /// A row that is half another's is finished.
    private mutating func stand(width: Int) {
        if written > 0 { first = next(width: width) }
        (written, nextStepAt) = (0, nil)
    }

    private func length(from first: Int, width: Int) -> Int {
        let row = row(from: first, width: width)
        return min(width, row.reduce(0) { $0 + $1.width } + Self.separator.width * max(0, row.count - 1))
    }
}

extension AppState {
    /// The cells of the row that the ticker has.
    package var tickerWidth: Int { max(1, columns - 2) }

    /// Whether something may move by itself: not what nobody sees, wants, or has the line for.
    private var isTickerFree: Bool {
        guard case .watch = page else { return false }
        return buy == nil && prompt == nil && notice == nil && !isHelpOpen && !reduceMotion && isFocused
            && !isOutputBackedUp
    }

    mutating func moveTicker() {
        let (width, isFree) = (tickerWidth, isTickerFree)
        watch?.ticker.move(at: now, width: width, isAllowed: isFree)
    }
}
