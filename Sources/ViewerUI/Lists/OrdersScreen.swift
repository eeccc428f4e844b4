import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawOrders(_ state: AppState, _ keymap: Keymap, in area: Rect) {
        let (orders, entries) = (state.orders, state.orderEntries)
        guard !entries.isEmpty else {
            if state.search.isOn(in: .orders) {
                return drawEmpty(noMatch(state.search[.orders], state, keymap), in: area)
            }
            var lines: [SafeText] = [
                "No orders yet.", "In a show, " + keymap.name(of: .buy, in: .watch) + " buys what is on air.",
            ]
            for (channel, failure) in orders.failures.sorted(by: { $0.key < $1.key }) {
                lines.append(state.named(channel) + " could not be asked: " + failure.explanation)
            }
            drawEmpty(lines, in: area)
            return
        }
        let detailHeight = area.height >= 16 ? 8 : area.height >= 10 ? 6 : 0
        let (list, detail) = area.split(bottom: detailHeight)
        put("YOUR ORDERS", .strong, x: 1, row: 0, in: list)
        let place = list.inset(top: 1)
        let selected = entries.firstIndex { $0.id == orders.selected } ?? 0
        let columns = OrderColumns(orders, width: area.width)
        let visible = max(1, place.height / columns.rowsEach)
        let first = firstVisible(selected: selected, count: entries.count, height: visible)
        for index in first..<min(first + visible, entries.count) {
            let row = (index - first) * columns.rowsEach
            let rows = Rect(x: place.x, y: place.y + row, width: place.width, height: columns.rowsEach)
                .intersection(place)
            let shop: SafeText = state.hasSeveralChannels ? "  " + state.named(entries[index].channel) : ""
            drawOrderRow(OrderRow(entries[index]), at: shop, columns, in: rows)
            clickable(.order(entries[index].id), rows)
            if index == selected { for row in 0..<rows.height { select(row: rows.height - 1 - row, in: rows) } }
        }
        guard detailHeight > 0 else { return }
        rule(row: 0, in: detail)
        let inside = detail.inset(left: 1, top: 1, right: 1)
        switch entries[selected] {
        case .order(let order): drawOrderDetail(order, state, keymap, in: inside)
        case .purchase(let intent): drawPurchaseDetail(intent, state, keymap, in: inside)
        }
    }

    /// In one row where there is room; in narrow places the day and the status go below, and the total stays.
    /// - Parameter shop: whose it is, where there are several.
    private mutating func drawOrderRow(
        _ order: OrderRow, at shop: SafeText, _ columns: OrderColumns, in area: Rect
    ) {
        let day = Phrase.shortDay(LocalTime(order.at))
        let time = Phrase.time(LocalTime(order.at))
        let total = columns.totals.text(order.total)
        guard columns.rowsEach == 1 else {
            let totalAt = putRight(total, .price, right: area.width - 1, row: 0, in: area)
            put(order.title, .text, x: 2, row: 0, in: area, width: max(0, totalAt - 4))
            let x = put(day + " " + time, .dim, x: 2, row: 1, in: area)
            let end = put(order.status, order.role, x: x + 2, row: 1, in: area)
            let room = area.width - 1 - end
            // A letter or two of a name say nothing.
            if room >= min(shop.width, 8) { put(shop, .dim, x: end, row: 1, in: area, width: room) }
            return
        }
        let isDated = area.width >= 96
        put(order.status, order.role, x: area.width - 1 - columns.statusWidth, row: 0, in: area)
        let totalAt = putRight(total, .price, right: area.width - 3 - columns.statusWidth, row: 0, in: area)
        put(isDated ? day + " " + time : day, .dim, x: 2, row: 0, in: area)
        let x = isDated ? 20 : 14
        let end = put(order.title, .text, x: x, row: 0, in: area, width: max(0, totalAt - x - 2 - shop.width))
        put(shop, .dim, x: end, row: 0, in: area, width: max(0, totalAt - end - 2))
    }

    private mutating func drawOrderDetail(_ order: Order, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        var x = put(state.name(of: order), .strong, x: 0, row: 0, in: area)
        x = put("   " + Phrase.status(of: order), order.status.role, x: x, row: 0, in: area)
        let placed = LocalTime(order.placedAt)
        let time = ", " + Phrase.time(placed)
        let wordings = ["   placed " + Phrase.day(placed) + time, "   " + Phrase.shortDay(placed) + time]
        put(Phrase.fullest(wordings, room: area.width - x), .dim, x: x, row: 0, in: area)
        var row = 1
        let costs = order.lines.map { $0.unitPrice.multiplied(by: $0.quantity) ?? $0.unitPrice }
        let prices = MoneyColumn(costs + [order.total] + [order.beyondLines].compactMap { $0 })
        for (line, cost) in zip(order.lines, costs).prefix(max(1, area.height - 4)) {
            let price = putRight(prices.text(cost), .text, right: min(area.width, 90), row: row, in: area)
            let text = SafeText("\(line.quantity) × ") + line.title
            let end = put(text, .text, x: 0, row: row, in: area, width: max(0, price - 20))
            put("  " + SafeText(line.sku.rawValue), .dim, x: end, row: row, in: area, width: max(0, price - end - 1))
            row += 1
        }
        if let rest = order.beyondLines, rest.amount != 0 {
            put("Shipping, taxes and deals", .text, x: 0, row: row, in: area)
            putRight(prices.text(rest), .text, right: min(area.width, 90), row: row, in: area)
            row += 1
        }
        put("Total", .text, x: 0, row: row, in: area)
        putRight(prices.text(order.total), .price, right: min(area.width, 90), row: row, in: area)
        row += 1
        // What stands below: the page's address, or how it is cancelled.
        let below = order.paymentPage != nil ? 2 : order.canCancel ? 1 : 0
        let remarks = order.remarks.flatMap { Phrase.rows(of: $0, width: area.width) }
        for line in remarks.prefix(max(1, area.height - row - below)) {
            put(line, .warning, x: 0, row: row, in: area)
            row += 1
        }
        if let page = order.paymentPage {
            drawPaymentLink(page, of: order, keymap, row: row, in: area)
        } else if order.canCancel {
            put(keymap.name(of: .cancelOrder, in: .list) + " twice cancels it.", .dim, x: 0, row: row, in: area)
        }
    }

    private mutating func drawPurchaseDetail(
        _ intent: OrderIntent, _ state: AppState, _ keymap: Keymap, in area: Rect
    ) {
        let cancel = keymap.name(of: .cancelOrder, in: .list)
        let most = Phrase.money(intent.maximumTotal)
        let (headline, words): (SafeText, SafeText) =
            if case .refused(let reason) = intent.state {
                ("Not bought: " + reason, "Nothing was charged. " + cancel + " takes it off this list.")
            } else if !state.canBeResolved(intent) {
                (
                    "Perhaps bought, by another account than yours now.",
                    "The shop tells only that account what became of it. " + cancel + " twice lets it go."
                )
            } else if intent.state == .committed {
                (
                    "Written down, and not sent yet.",
                    "It goes to the shop next, for " + most + " at most. " + cancel + " twice cancels it."
                )
            } else if !intent.isKeyed {
                (
                    "Perhaps bought: the shop has not said yes or no.",
                    "This shop cannot tell an order that comes twice from two orders, so it is not sent again: the shop is asked what it has. "
                        + cancel + " twice lets it go."
                )
            } else if intent.isWithdrawn {
                (
                    "Cancelled, unless the shop has it already.",
                    "The shop is asked until it says yes or no. It costs " + most + " at most, and is not sent again."
                )
            } else {
                (
                    "Perhaps bought: the shop has not said yes or no.",
                    "The shop is asked again until it says yes or no. It is not bought twice, and never for more than "
                        + most + ". " + cancel + " twice cancels it, unless the shop has it already."
                )
            }
        var row = 0
        for line in headline.wrapped(width: area.width) {
            put(line, .warning, x: 0, row: row, in: area)
            row += 1
        }
        for line in words.wrapped(width: area.width, maxLines: 3) {
            put(line, .text, x: 0, row: row, in: area)
            row += 1
        }
        put(SafeText(intent.sku.rawValue) + " · " + most + " at most", .dim, x: 0, row: row + 1, in: area)
    }
}

/// What a row says of an order, or of a purchase that may have become one.
private struct OrderRow {
    var at: Timestamp
    var title: SafeText
    var total: Money
    var status: SafeText
    var role: Role

    init(_ entry: OrderEntry) {
        switch entry {
        case .order(let order): self.init(order)
        case .purchase(let intent): self.init(intent)
        }
    }

    private static func status(of intent: OrderIntent) -> SafeText {
        if intent.isResolved { return "not bought" }
        if intent.isWithdrawn { return "cancelling…" }
        return intent.state == .committed ? "not sent yet" : "finding out…"
    }

    private init(_ order: Order) {
        let quantity = order.lines.reduce(0) { $0 + min($1.quantity, 1_000_000) }
        at = order.placedAt
        title = SafeText("\(quantity) × ") + (order.lines.first?.title ?? "")
        total = order.total
        status = Phrase.status(of: order)
        role = order.status.role
    }

    private init(_ intent: OrderIntent) {
        at = intent.createdAt
        title = SafeText("\(intent.quantity) × ") + intent.title
        total = intent.maximumTotal
        status = Self.status(of: intent)
        role = intent.isResolved ? .dim : .warning
    }
}

/// The columns that all rows of the list share.
private struct OrderColumns {
    let rowsEach: Int
    let totals: MoneyColumn
    let statusWidth: Int

    init(_ orders: OrdersState, width: Int) {
        rowsEach = width >= 70 ? 1 : 2
        let rows = orders.entries.map { OrderRow($0) }
        totals = MoneyColumn(rows.map(\.total))
        statusWidth = rows.map(\.status.width).max() ?? 0
    }
}

extension OrderStatus {
    var role: Role {
        switch self {
        case .unpaid, .onHold, .gone: .warning
        case .awaitingShipment, .inTransit, .delivered, .completed: .ok
        case .cancelled, .returned: .dim
        }
    }
}

extension AppState {
    /// `Order 101`; with its shop where there are several.
    func name(of order: Order) -> SafeText {
        let name = order.name
        return hasSeveralChannels ? name + " at " + named(order.id.channel) : name
    }
}
