import AppCore
import Domain
import Settings
import TerminalKit
import Text

/// What the figures of the pane are made of.
struct QuoteFigures {
    struct Line {
        var label: SafeText
        /// nil for a charge that is none.
        var amount: Money?
        var role = Role.text
    }

    /// These add up to the total.
    private(set) var needed: [Line] = []
    /// These are nothing, or part of the lines above.
    private(set) var explaining: [Line] = []
    let state: BuyState.QuoteState

    init(_ state: BuyState.QuoteState) {
        self.state = state
        guard case .ready(let quote) = state else {
            // Room for what a total is made of as a rule, so that nothing moves when it comes.
            needed = Array(repeating: Line(label: "", amount: nil), count: 3)
            explaining = Array(repeating: Line(label: "", amount: nil), count: 2)
            return
        }
        for line in quote.lines {
            let label = SafeText("\(line.quantity) × ") + Phrase.amount(line.unitPrice)
            needed.append(Line(label: label, amount: line.unitPrice.multiplied(by: line.quantity)))
        }
        needed += quote.discounts.map { Line(label: $0.label, amount: $0.amount) }
        add(quote.shipping)
        if quote.taxIncluded {
            explaining.append(Line(label: quote.tax.label + ", included", amount: quote.tax.amount, role: .dim))
        } else {
            add(quote.tax)
        }
        add(quote.duties)
    }

    private mutating func add(_ charge: Charge) {
        if charge.amount.amount == 0 {
            explaining.append(Line(label: charge.label, amount: nil, role: .dim))
        } else {
            needed.append(Line(label: charge.label, amount: charge.amount))
        }
    }
}

extension Canvas {
    /// The lines of figures and the total under them, or what stands in their place; returns the row after.
    mutating func drawFigures(_ figures: QuoteFigures, shown: Int, isRuled: Bool, row: Int, in area: Rect) -> Int {
        let totalRow = row + shown + (isRuled ? 1 : 0)
        guard case .ready(let quote) = figures.state else {
            let place = Rect(x: area.x, y: area.y + row, width: area.width, height: totalRow - row + 1)
            let (words, role): (SafeText, Role) =
                if case .failed(let why) = figures.state { (why, .error) } else {
                    ("Asking for the full price…", .dim)
                }
            for (row, line) in words.wrapped(width: place.width, maxLines: max(1, place.height)).enumerated() {
                put(line, role, x: 0, row: row, in: place)
            }
            return totalRow + 1
        }
        let lines = (figures.needed + figures.explaining).prefix(shown)
        let column = MoneyColumn(lines.compactMap(\.amount) + [quote.total])
        for (offset, line) in lines.enumerated() {
            let amount = line.amount.map(column.amount) ?? "none"
            let at = putRight(amount, line.role, right: area.width, row: row + offset, in: area)
            put(line.label, .dim, x: 0, row: row + offset, in: area, width: max(0, at - 1))
        }
        if isRuled { rule(row: totalRow - 1, in: area) }
        let total = column.text(quote.total)
        put("Total", .strong, x: 0, row: totalRow, in: area)
        putRight(total, .price, right: area.width, row: totalRow, in: area)
        if totalRow < area.height, total.width + 6 <= area.width { shownTotal = quote.total }
        return totalRow + 1
    }
}
