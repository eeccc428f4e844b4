import Domain

/// What somebody typed when asked whether to buy for a total, or to cancel or send back what was bought for it.
package enum TypedAnswer: Hashable, Sendable {
    package enum Question: Sendable { case buying, cancelling, sendingBack }

    /// `yes 124.00`, or for buying `buy for 124.00`, with exactly the total; its currency may stand before or after it.
    case confirms
    /// Said in that form, with another amount or with none.
    case otherAmount
    /// Anything else, which is a no.
    case other

    package init(_ line: String, to question: Question = .buying, total: Money) {
        var words = line.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
        if question == .buying, words.starts(with: ["buy", "for"]) {
            words.removeFirst(2)
        } else if words.first == "yes" {
            words.removeFirst()
        } else {
            self = .other
            return
        }
        let currency = total.currency.lowercased()
        if words.count == 2, let place = words.firstIndex(of: currency) { words.remove(at: place) }
        let named = words.count == 1 ? words.first : nil
        let amount = named.flatMap { Money(decimal: $0, exponent: total.exponent, currency: total.currency) }
        self = amount == total ? .confirms : .otherAmount
    }
}
