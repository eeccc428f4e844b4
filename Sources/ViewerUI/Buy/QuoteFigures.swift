import AppCore
import Domain
import Settings
import TerminalKit
import Text

/// What the figures of the pane are made of, each beside what it was where that has changed.
struct QuoteFigures {
    struct Line {
        var label: SafeText
        /// nil for a charge that is none.
        var amount: Money?
        /// What it was, where it has changed; an amount of nil where there was none.
        var before: (amount: Money?, Void)?
        var role = Role.text
        /// What stands in the place of an amount that is not known.
        var words: SafeText?
    }

    /// These add up to the total, or have changed.
    private(set) var needed: [Line] = []
    /// These are nothing, or part of the lines above.
    private(set) var explaining: [Line] = []
    let state: BuyState.QuoteState
    let totalBefore: Money?

    init(_ state: BuyState.QuoteState, before: Quote?) {
        self.state = state
        guard case .ready(let quote) = state else {
            // Room for what a total is made of as a rule, so that nothing moves when it comes.
            needed = Array(repeating: Line(label: "", amount: nil), count: 3)
            explaining = Array(repeating: Line(label: "", amount: nil), count: 2)
            totalBefore = nil
            return
        }
        totalBefore = before.flatMap { $0.total == quote.total ? nil : $0.total }
        let parts = quote.parts
        let earlier = before?.parts
        for part in parts {
            var line = Line(label: part.label, amount: part.amount, role: part.isExplaining ? .dim : .text)
            if let earlier {
                let before = earlier.first { $0.kind == part.kind }?.amount
                if before != part.amount { line.before = (before, ()) }
            }
            if part.isExplaining, line.before == nil { explaining.append(line) } else { needed.append(line) }
        }
        if quote.isGoodsOnly {
            needed.append(Line(label: "Shipping, taxes", amount: nil, role: .dim, words: "on the shop's page"))
        }
        for part in earlier ?? [] where part.amount != nil && !parts.contains(where: { $0.kind == part.kind }) {
            needed.append(Line(label: part.label, amount: nil, before: (part.amount, ())))
        }
    }
}

/// One of the things that a quote is made of.
private struct QuotePart {
    enum Kind: Hashable { case item(SKU), discount(SafeText), shipping, tax, duties, rest }

    var kind: Kind
    var label: SafeText
    /// nil for none.
    var amount: Money?
    /// Whether the total is the same without it.
    var isExplaining = false

    static func charge(_ kind: Kind, _ charge: Charge, isIncluded: Bool = false) -> QuotePart {
        let isNone = charge.amount.amount == 0
        return QuotePart(
            kind: kind, label: isIncluded ? charge.label + ", included" : charge.label,
            amount: isNone ? nil : charge.amount, isExplaining: isNone || isIncluded)
    }
}

extension Quote {
    fileprivate var parts: [QuotePart] {
        let items = lines.map { line in
            QuotePart(
                kind: .item(line.sku), label: SafeText("\(line.quantity) × ") + Phrase.amount(line.unitPrice),
                amount: line.unitPrice.multiplied(by: line.quantity))
        }
        let goods = items + discounts.map { .charge(.discount($0.label), $0) }
        guard !isGoodsOnly else {
            return goods + (tax.amount.amount == 0 ? [] : [.charge(.tax, tax, isIncluded: taxIncluded)])
        }
        return goods
            + [.charge(.shipping, shipping), .charge(.tax, tax, isIncluded: taxIncluded), .charge(.duties, duties)]
            + (unexplained.map { [QuotePart(kind: .rest, label: Phrase.unexplained($0), amount: $0)] } ?? [])
    }
}

extension Canvas {
    /// The lines of figures and the total under them, or what stands in their place; returns the row after.
    /// - Parameter remedy: what can be done where there is no total, and the page of the shop's for it.
    mutating func drawFigures(
        _ figures: QuoteFigures, shown: Int, isRuled: Bool, remedy: (words: SafeText?, page: SafeText?) = (nil, nil),
        row: Int, in area: Rect
    ) -> Int {
        let totalRow = row + shown + (isRuled ? 1 : 0)
        guard case .ready(let quote) = figures.state else {
            let place = Rect(x: area.x, y: area.y + row, width: area.width, height: totalRow - row + 1)
            let (words, role): (SafeText, Role) =
                if case .failed(let why) = figures.state { (why, .error) } else {
                    ("Asking for the full price…", .dim)
                }
            var lines = words.wrapped(width: place.width, maxLines: max(1, place.height)).map {
                (text: $0, role: role, address: nil as SafeText?)
            }
            lines += remedy.words?.wrapped(width: place.width).map { ($0, .text, nil) } ?? []
            if let page = remedy.page {
                lines += page.wrapped(width: place.width).map { ($0, .link, page) }
                links.append(page)
            }
            for (row, line) in lines.prefix(max(1, place.height)).enumerated() {
                put(line.text, line.role, x: 0, row: row, in: place, leadingTo: line.address)
            }
            return totalRow + 1
        }
        let lines = (figures.needed + figures.explaining).prefix(shown)
        let now = MoneyColumn(lines.compactMap(\.amount) + [quote.total])
        let before = MoneyColumn(lines.compactMap { $0.before?.amount } + [figures.totalBefore].compactMap { $0 })
        for (offset, line) in lines.enumerated() {
            let role = line.before == nil ? line.role : .warning
            var at = putRight(
                line.amount.map(now.amount) ?? line.words ?? "none", role, right: area.width, row: row + offset,
                in: area)
            if let earlier = line.before {
                let words = (earlier.amount.map(before.amount) ?? "none") + " → "
                at = putRight(words, .dim, right: area.width - now.width, row: row + offset, in: area)
            }
            put(line.label, .dim, x: 0, row: row + offset, in: area, width: max(0, at - 1))
        }
        if isRuled { rule(row: totalRow - 1, in: area) }
        let total = now.text(quote.total)
        put(quote.isGoodsOnly ? "So far" : "Total", .strong, x: 0, row: totalRow, in: area)
        let at = putRight(total, .price, right: area.width, row: totalRow, in: area)
        if let earlier = figures.totalBefore {
            putRight(before.amount(earlier) + " → ", .dim, right: at, row: totalRow, in: area)
        }
        if totalRow < area.height, total.width + 6 <= area.width { (shownTotal, shownQuote) = (quote.total, quote.id) }
        return totalRow + 1
    }
}
