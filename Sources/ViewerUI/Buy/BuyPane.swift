import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawBuyPane(_ buy: BuyState, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        // Tall enough for everything, and no taller: the eye should not have to look for the way out.
        let area = area.split(top: 21).top
        heading("BUY", row: 0, in: area)
        switch buy.stage {
        case .choosing, .buying: drawOrderForm(buy, state, keymap, in: area.inset(top: 1))
        case .placed(let order): drawPlaced(order, keymap, in: area.inset(top: 1))
        case .unknown(let key): drawUnknown(key, keymap, in: area.inset(top: 1))
        }
    }

    private mutating func drawOrderForm(_ buy: BuyState, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        let skuAt = putRight(SafeText(buy.sku.rawValue), .dim, right: area.width, row: 0, in: area)
        put(buy.product.title, .cardTitle, x: 0, row: 0, in: area, width: max(0, skuAt - 2))
        let isRoomy = area.height >= 17
        var row = isRoomy ? 2 : 1
        for (index, name) in buy.product.optionNames.prefix(2).enumerated() {
            let value = buy.variant.flatMap { $0.options.indices.contains(index) ? $0.options[index] : nil } ?? ""
            drawField(name, value, isFocused: buy.field == .option(index), row: row, in: area)
            row += 1
        }
        drawField("Quantity", SafeText("\(buy.quantity)"), isFocused: buy.field == .quantity, row: row, in: area)
        if let stock = buy.variant?.stock {
            putRight(
                stock == 0 ? "sold out" : Phrase.count(stock) + " left", stock == 0 ? .soldOut : .dim,
                right: area.width, row: row, in: area)
        }
        row += isRoomy ? 2 : 1
        // The confirm line keeps its place, whatever the figures above it do.
        var figures = area.split(bottom: 1).rest.inset(top: row)
        if buy.refusal != nil || buy.totalBefore != nil { figures = drawNews(buy, in: figures) }
        drawFigures(buy, state, isRoomy: isRoomy, in: figures)
        drawConfirm(buy, state, keymap, row: area.height - 1, in: area)
    }

    mutating func drawField(_ name: SafeText, _ value: SafeText, isFocused: Bool, row: Int, in area: Rect) {
        put(name, .dim, x: 0, row: row, in: area, width: 12)
        if isFocused {
            put("‹ " + value + " ›", .selection, x: 13, row: row, in: area)
            if row < area.height { grid.cursor = Point(x: area.x + 13, y: area.y + row) }
        } else {
            put("  " + value, .text, x: 13, row: row, in: area)
        }
    }

    /// Why it was refused, or what changed, in the shop's words; returns what is left of the place.
    private mutating func drawNews(_ buy: BuyState, in area: Rect) -> Rect {
        var row = 0
        if let refusal = buy.refusal {
            for line in refusal.wrapped(width: area.width, maxLines: 2) {
                put(line, .error, x: 0, row: row, in: area)
                row += 1
            }
        }
        if let before = buy.totalBefore, case .ready(let quote) = buy.quote, quote.total != before {
            put(
                "Total changed: " + Phrase.money(before) + " → " + Phrase.money(quote.total), .warning, x: 0, row: row,
                in: area)
            row += 1
        }
        return area.inset(top: row)
    }

    private mutating func drawConfirm(_ buy: BuyState, _ state: AppState, _ keymap: Keymap, row: Int, in area: Rect) {
        if case .buying = buy.stage {
            put("Buying… the order is written down and on its way.", .accent, x: 0, row: row, in: area)
            return
        }
        let back = keymap.name(of: .back, in: .buy) + " not now"
        let enter = keymap.name(of: .confirm, in: .buy)
        switch buy.quote {
        case .ready(let quote):
            let isReady = buy.confirmable(now: state.now, serverNow: state.serverNow) != nil
            let words = SafeText("buy \(buy.quantity) for ") + Phrase.money(quote.total)
            let end = put(" " + enter + " " + words + " ", isReady ? .badge : .dim, x: 0, row: row, in: area)
            if end + back.width + 2 <= area.width { putRight(back, .dim, right: area.width, row: row, in: area) }
        case .loading: putRight(back, .dim, right: area.width, row: row, in: area)
        case .failed:
            put(enter + " ask again", .accent, x: 0, row: row, in: area)
            putRight(back, .dim, right: area.width, row: row, in: area)
        }
    }
}
