import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawBuyPane(_ buy: BuyState, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        // Tall enough for everything, and no taller: the eye should not have to look for the way out.
        let more = buy.shipments.filter(\.isChoice).count + max(0, buy.product.optionNames.count - 2)
        let area = area.split(top: 22 + more).top
        switch state.buyStage {
        case .choosing, .buying, nil: drawOrderForm(buy, state, keymap, in: area)
        case .placed(let order): drawPlaced(order, state, keymap, in: area)
        case .unknown(let key):
            let purchase = state.orders.purchases[key]
            drawUnknown(purchase?.isUnresolved == true ? purchase?.intent : nil, keymap, in: area)
        }
    }

    private mutating func drawOrderForm(_ buy: BuyState, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        let figures = QuoteFigures(buy.quote, before: buy.before)
        let verdict = state.budgetVerdict
        let news = news(of: buy, verdict, state, width: area.width)
        let keys = keys(of: buy, verdict, state, keymap)
        let sku = SKUPlace(buy, width: area.width)
        let layout = BuyLayout(
            height: area.height, sku: (sku.rows.count, sku.needsRows),
            fields: buy.product.optionNames.count + 1, news: news.count,
            figures: (figures.needed.count, figures.explaining.count),
            confirm: rows(of: keys, width: area.width), deliveries: buy.shipments.filter(\.isChoice).count,
            hasAddress: buy.address != nil || buy.methods.isEmpty,
            hasBudget: verdict?.standing != nil)

        var row = 0
        if layout.isHeadingShown {
            heading(state.hasSeveralChannels ? "BUY · " + state.named(state.focus) : "BUY", row: 0, in: area)
            row = 1
        }
        drawItem(buy, isHeaded: layout.isHeadingShown, hasSKU: !layout.isSKUApart, row: row, in: area)
        for (offset, line) in sku.rows.enumerated() where layout.isSKUApart {
            put(line, .dim, x: 0, row: row + 1 + offset, in: area)
        }
        row += 1 + (layout.isSKUApart ? sku.rows.count : 0) + (layout.blanks >= 3 ? 1 : 0)
        row = drawFields(buy, isEachInItsRow: layout.isEachFieldInItsRow, row: row, in: area)
        if layout.blanks >= 2 { row += 1 }
        for line in news {
            put(line.text, line.role, x: 0, row: row, in: area)
            row += 1
        }
        row = drawFigures(
            figures, shown: layout.figures, isRuled: layout.isRuleShown, remedy: instead(of: buy, state), row: row,
            in: area)
        if layout.blanks >= 1 { row += 1 }
        row = drawDeliveries(buy, rows: layout.deliveryRows, row: row, in: area)
        if layout.isPaymentShown {
            let (label, role): (SafeText, Role) =
                buy.payment.map { ($0.label, .text) } ?? (buy.methods.isEmpty ? ("…", .dim) : ("choose", .warning))
            drawField("Pay with", label, role, isFocused: buy.field == .payment, row: row, in: area)
            row += 1
        }
        if layout.isAddressShown, let address = buy.address {
            drawField("To", address.label, .text, isFocused: false, row: row, in: area)
            row += 1
        }
        if layout.isBudgetShown, let standing = verdict?.standing {
            put(Phrase.withinBudget(standing, room: area.width), .dim, x: 0, row: row, in: area)
        }
        flow(keys, row: area.height - layout.confirmRows, maxRows: layout.confirmRows, in: area)
    }

    /// What is bought, with the SKU that the order will carry: it is never cut.
    private mutating func drawItem(_ buy: BuyState, isHeaded: Bool, hasSKU: Bool, row: Int, in area: Rect) {
        let start = isHeaded ? 0 : put(SKUPlace.heading, .accent, x: 0, row: row, in: area)
        let sku = SafeText(buy.sku.rawValue)
        let end = hasSKU ? putRight(sku, .dim, right: area.width, row: row, in: area) - 2 : area.width
        put(buy.product.title, .cardTitle, x: start, row: row, in: area, width: max(0, end - start))
    }

    /// The options and the quantity, each in its row or all in one; returns the row for what follows.
    private mutating func drawFields(_ buy: BuyState, isEachInItsRow: Bool, row: Int, in area: Rect) -> Int {
        let stock: (text: SafeText, role: Role)? =
            buy.variant?.stock.map { stock in
                let before = buy.stockBefore.map { Phrase.count($0) + " → " } ?? ""
                return stock == 0
                    ? ("sold out", .soldOut) : (before + Phrase.count(stock) + " left", stock <= 5 ? .stockLow : .dim)
            } ?? (buy.variant?.isOnBackorder == true ? ("on backorder", .dim) : nil)
        let rule: (text: SafeText, role: Role)? = buy.variant?.quantities.words.map { words in
            (stock.map { words + " · " + $0.text } ?? words, stock?.role ?? .dim)
        }
        var fields: [(name: SafeText, value: SafeText, field: BuyState.Field)] = []
        for (index, name) in buy.product.optionNames.enumerated() {
            let value = buy.variant.flatMap { $0.options.indices.contains(index) ? $0.options[index] : nil } ?? ""
            fields.append((name, value, .option(index)))
        }
        fields.append(("Quantity", SafeText("\(buy.quantity)"), .quantity))
        let last = isEachInItsRow ? row + fields.count - 1 : row
        // How many is never cut: what is left of them gives way, then the options.
        let quantityWidth = (isEachInItsRow ? 11 : "Quantity ".utf8.count) + String(buy.quantity).utf8.count + 4
        // In which numbers it is sold, and what is left; the latter alone where there is no room for both.
        let note = [rule, stock].lazy.compactMap { $0 }.first { quantityWidth + 1 + $0.text.width <= area.width }
        let stockAt = note.map { putRight($0.text, $0.role, right: area.width, row: last, in: area) } ?? area.width
        guard !isEachInItsRow else {
            for (index, field) in fields.enumerated() {
                let place = Rect(
                    x: area.x, y: area.y, width: row + index == last ? stockAt : area.width, height: area.height)
                drawField(
                    field.name, field.value, .text, isFocused: buy.field == field.field, row: row + index, in: place)
            }
            return last + 1
        }
        var x = 0
        for (name, value, field) in fields {
            let text = field == .quantity ? name + " " + value : value
            let room = max(0, stockAt - x - 1 - (field == .quantity ? 0 : quantityWidth + 2))
            if buy.field == field {
                grid.cursor = Point(x: area.x + x, y: area.y + row)
                x = put("‹ " + text + " ›", .selection, x: x, row: row, in: area, width: room) + 2
            } else {
                x = put(text, .text, x: x, row: row, in: area, width: room) + 2
            }
        }
        return row + 1
    }

    mutating func drawField(
        _ name: SafeText, _ value: SafeText, _ role: Role, isFocused: Bool, row: Int, in area: Rect
    ) {
        put(name, .dim, x: 0, row: row, in: area, width: 10)
        if isFocused {
            put("‹ " + value + " ›", .selection, x: 11, row: row, in: area)
            if row < area.height { grid.cursor = Point(x: area.x + 11, y: area.y + row) }
        } else {
            put(value, role, x: 13, row: row, in: area)
        }
    }

    /// Why it was refused, or what changed, in whole lines.
    private func news(
        of buy: BuyState, _ verdict: Budget.Verdict?, _ state: AppState, width: Int
    ) -> [(text: SafeText, role: Role)] {
        var lines: [(text: SafeText, role: Role)] = []
        if let refusal = buy.refusal { lines += refusal.wrapped(width: width, maxLines: 3).map { ($0, .error) } }
        if let before = buy.before, case .ready(let quote) = buy.quote {
            lines.append(
                (quote.total == before.total ? "Changed, for the same total" : "Changed since you looked", .warning))
        }
        if let words = verdict.flatMap(Phrase.beyondBudget) {
            lines += words.wrapped(width: width, maxLines: 4).map { ($0, .error) }
        }
        // These give way to what is worse, so that there is always room for the total.
        if lines.count < 3, let words = state.wordsOffAir(of: buy, width: width) { lines.append((words, .warning)) }
        if lines.count < 3, let words = state.wordsOfDeal(of: buy, width: width) { lines.append((words, .offer)) }
        return lines
    }

    /// What Enter and Esc do now.
    private func keys(
        of buy: BuyState, _ verdict: Budget.Verdict?, _ state: AppState, _ keymap: Keymap
    ) -> [(text: SafeText, role: Role)] {
        if case .buying? = state.buyStage { return [("Buying… the order is on its way.", .accent)] }
        let back = (keymap.name(of: .back, in: .buy) + " not now", Role.dim)
        let enter = keymap.name(of: .confirm, in: .buy)
        switch buy.quote {
        case .ready where buy.variant?.stock == 0: return [back]
        case .ready where verdict.flatMap(Phrase.beyondBudget) != nil: return [back]
        case .ready(let quote):
            let isReady = buy.confirmable(now: state.now, serverNow: state.serverNow) != nil
            let words: SafeText =
                buy.payment?.kind == .handover
                ? "to the shop's page" : SafeText("buy \(buy.quantity) for ") + Phrase.money(quote.total)
            let end =
                SafeText("until ") + Phrase.time(quote.expiresAt + (state.now - state.serverNow), from: state.now)
            return [(" " + enter + " " + words + " ", isReady ? .badge : .dim), (end, .dim), back]
        case .loading: return [back]
        case .failed:
            return [buy.remedy.flatMap { words(for: $0, buy, state, keymap) }, back].compactMap { $0 }
        }
    }

    /// Words for what the shopper can do about a no, and the shop's page where that is it.
    private func instead(of buy: BuyState, _ state: AppState) -> (words: SafeText?, page: SafeText?) {
        guard case .failed = buy.quote else { return (nil, nil) }
        if buy.lacksStock { return ("It is asked for again by itself.", nil) }
        switch buy.remedy {
        // The reason says it, and the key below it does.
        case .address where state.capabilities.contains(.contact): return (nil, nil)
        case .payment where buy.methods.count > 1: return ("Another way to pay may help.", nil)
        case .quantity: return ("Choose another number.", nil)
        case .delivery: return ("Choose how it is delivered.", nil)
        case .address, .payment, .shopPage:
            return buy.product.page.map { ("The shop's own page may sell it:", $0) }
                ?? ("Asking again would not change that.", nil)
        case .askAgain, nil: return (nil, nil)
        }
    }

    /// The key that does something about a no; none where no key does.
    private func words(
        for remedy: Remedy, _ buy: BuyState, _ state: AppState, _ keymap: Keymap
    ) -> (text: SafeText, role: Role)? {
        switch remedy {
        case .askAgain: (keymap.name(of: .confirm, in: .buy) + " ask again", .accent)
        case .address where state.capabilities.contains(.contact):
            (keymap.name(of: .address, in: .buy) + " your address", .accent)
        case .quantity: (keymap.name(of: .right, in: .buy) + " another number", .accent)
        case .delivery:
            (keymap.name(of: .left, in: .buy) + keymap.name(of: .right, in: .buy) + " choose a delivery", .accent)
        case .payment where buy.methods.count > 1:
            (keymap.name(of: .right, in: .buy) + " another way to pay", .accent)
        case .address, .payment, .shopPage:
            buy.product.page.map { _ in (keymap.name(of: .copyLink, in: .buy) + " copy the link", .accent) }
        }
    }

    private func rows(of parts: [(text: SafeText, role: Role)], width: Int) -> Int {
        var canvas = Canvas(Size(columns: width, rows: parts.count), theme: theme)
        return canvas.flow(parts, row: 0, in: Rect(x: 0, y: 0, width: width, height: parts.count))
    }
}

/// Where the SKU stands: beside the name, or in rows of its own where the two would not be whole.
private struct SKUPlace {
    /// What stands before the name where there is no row for a heading.
    static let heading: SafeText = "BUY "
    /// Of a name that shares its row at least so much is shown.
    private static let leastOfName = 8

    /// Empty where both stand in one row.
    let rows: [SafeText]
    /// It is too long to share the row with any name.
    let needsRows: Bool

    init(_ buy: BuyState, width: Int) {
        let sku = SafeText(buy.sku.rawValue)
        let room = width - sku.width - 2 - Self.heading.width
        rows = buy.product.title.width <= room ? [] : sku.wrapped(width: width)
        needsRows = !rows.isEmpty && room < Self.leastOfName
    }
}

extension Budget.Verdict {
    /// The limit to tell of while it is kept.
    fileprivate var standing: Budget.Standing? { if case .within(let standing) = self { standing } else { nil } }
}
