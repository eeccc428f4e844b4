import AppCore
import Domain
import Settings
import TerminalKit
import Text

/// A line of a quote: what for, and how much.
private struct FigureLine {
    var label: SafeText
    var amount: SafeText
    /// Part of the lines above already.
    var isIncluded = false
}

extension Canvas {
    /// What the order would cost in full, and how it would be paid.
    mutating func drawFigures(_ buy: BuyState, _ state: AppState, isRoomy: Bool, in area: Rect) {
        switch buy.quote {
        case .loading:
            put("Asking the shop for the full price…", .dim, x: 0, row: 0, in: area)
        case .failed(let why):
            for (row, line) in why.wrapped(width: area.width, maxLines: 3).enumerated() {
                put(line, .error, x: 0, row: row, in: area)
            }
        case .ready(let quote):
            let row = drawLines(of: quote, isRoomy: isRoomy, in: area)
            drawPayment(buy, row: row, in: area)
        }
    }

    /// The quote line by line with its total; returns the row for what follows. The total and the way to pay are shown
    /// whatever happens: it is lines above them that give way where there are few rows.
    private mutating func drawLines(of quote: Quote, isRoomy: Bool, in area: Rect) -> Int {
        let lines = figureLines(of: quote)
        let reserved = isRoomy ? 5 : area.height >= 7 ? 3 : 2
        let shown = max(0, min(lines.count, area.height - reserved))
        for (row, line) in lines.prefix(shown).enumerated() {
            let at = putRight(line.amount, line.isIncluded ? .dim : .text, right: area.width, row: row, in: area)
            put(line.label, .dim, x: 0, row: row, in: area, width: max(0, at - 1))
        }
        var row = shown
        if isRoomy {
            rule(row: row, in: area)
            row += 1
        }
        put("Total", .strong, x: 0, row: row, in: area)
        putRight(Phrase.money(quote.total), .price, right: area.width, row: row, in: area)
        return row + (isRoomy ? 2 : 1)
    }

    private mutating func drawPayment(_ buy: BuyState, row: Int, in area: Rect) {
        drawField("Pay with", buy.payment?.label ?? "…", isFocused: buy.field == .payment, row: row, in: area)
        guard let address = buy.address else { return }
        put("To", .dim, x: 0, row: row + 1, in: area)
        put(address.label, .text, x: 15, row: row + 1, in: area)
    }

    private func figureLines(of quote: Quote) -> [FigureLine] {
        var lines = quote.lines.map { line in
            FigureLine(
                label: SafeText("\(line.quantity) × ") + Phrase.amount(line.unitPrice),
                amount: line.unitPrice.multiplied(by: line.quantity).map(Phrase.amount) ?? "")
        }
        lines += quote.discounts.map { FigureLine(label: $0.label, amount: Phrase.amount($0.amount)) }
        lines.append(FigureLine(label: quote.shipping.label, amount: Phrase.amount(quote.shipping.amount)))
        lines.append(
            FigureLine(
                label: quote.taxIncluded ? quote.tax.label + ", included" : quote.tax.label,
                amount: Phrase.amount(quote.tax.amount), isIncluded: quote.taxIncluded))
        let duties: SafeText = quote.duties.amount.amount == 0 ? "none" : Phrase.amount(quote.duties.amount)
        lines.append(FigureLine(label: quote.duties.label, amount: duties))
        return lines
    }
}
