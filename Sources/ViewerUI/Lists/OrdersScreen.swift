import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawOrders(_ state: AppState, _ keymap: Keymap, in area: Rect) {
        let orders = state.orders
        guard !orders.rowIDs.isEmpty else {
            var lines: [SafeText] = [
                "No orders yet.", "In a show, " + keymap.name(of: .buy, in: .watch) + " buys what is on air.",
            ]
            if let failure = orders.failure { lines.append("The shop could not be asked: " + failure.explanation) }
            drawEmpty(lines, in: area)
            return
        }
        let detailHeight = area.height >= 16 ? 8 : 0
        let (list, detail) = area.split(bottom: detailHeight)
        put("YOUR ORDERS", .strong, x: 1, row: 0, in: list)
        let rows = list.inset(top: 1)
        let selected = orders.rowIDs.firstIndex { $0 == orders.selected } ?? 0
        let first = firstVisible(selected: selected, count: orders.rowIDs.count, height: rows.height)
        for row in 0..<min(rows.height, orders.rowIDs.count - first) {
            let index = first + row
            if index < orders.unresolved.count {
                drawUnresolved(orders.unresolved[index], row: row, in: rows)
            } else {
                drawOrder(orders.orders[index - orders.unresolved.count], row: row, in: rows)
            }
            clickable(.order(orders.rowIDs[index]), rows.row(row))
            if index == selected { select(row: row, in: rows) }
        }
        guard detailHeight > 0 else { return }
        rule(row: 0, in: detail)
        if selected < orders.unresolved.count {
            drawUnresolvedDetail(orders.unresolved[selected], in: detail.inset(left: 1, top: 1, right: 1))
        } else {
            let order = orders.orders[selected - orders.unresolved.count]
            drawOrderDetail(order, state, keymap, in: detail.inset(left: 1, top: 1, right: 1))
        }
    }

    private mutating func drawOrder(_ order: Order, row: Int, in area: Rect) {
        let placed = LocalTime(order.placedAt)
        let title = order.lines.first?.title ?? ""
        let quantity = order.lines.reduce(0) { $0 + $1.quantity }
        drawOrderRow(
            Phrase.shortDay(placed) + " " + Phrase.time(placed), SafeText("\(quantity) × ") + title, order.total,
            Phrase.status(order.status), order.status.role, row: row, in: area)
    }

    private mutating func drawUnresolved(_ intent: OrderIntent, row: Int, in area: Rect) {
        let made = LocalTime(intent.createdAt)
        drawOrderRow(
            Phrase.shortDay(made) + " " + Phrase.time(made), SafeText("\(intent.quantity) × ") + intent.title,
            intent.maximumTotal, "finding out…", .warning, row: row, in: area)
    }

    private mutating func drawOrderRow(
        _ when: SafeText, _ what: SafeText, _ total: Money, _ status: SafeText, _ role: Role, row: Int, in area: Rect
    ) {
        let isWide = area.width >= 70
        put(status, role, x: area.width - 19, row: row, in: area, width: 18)
        let totalAt = putRight(Phrase.money(total), .price, right: area.width - 21, row: row, in: area)
        let x = isWide ? 20 : 2
        if isWide { put(when, .dim, x: 2, row: row, in: area, width: 17) }
        put(what, .text, x: x, row: row, in: area, width: max(0, min(totalAt, area.width - 35) - x - 1))
    }

    private mutating func drawOrderDetail(_ order: Order, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        var x = put("Order " + SafeText(order.id.rawValue), .strong, x: 0, row: 0, in: area)
        x = put("   " + Phrase.status(order.status), order.status.role, x: x, row: 0, in: area)
        let placed = LocalTime(order.placedAt)
        put("   placed " + Phrase.day(placed) + ", " + Phrase.time(placed), .dim, x: x, row: 0, in: area)
        var row = 1
        for line in order.lines.prefix(max(1, area.height - 4)) {
            let price = putRight(Phrase.money(line.unitPrice), .price, right: min(area.width, 90), row: row, in: area)
            let text = SafeText("\(line.quantity) × ") + line.title
            let end = put(text, .text, x: 0, row: row, in: area, width: max(0, price - 20))
            put("  " + SafeText(line.sku.rawValue), .dim, x: end, row: row, in: area, width: max(0, price - end - 1))
            row += 1
        }
        put("Total", .text, x: 0, row: row, in: area)
        putRight(Phrase.money(order.total), .strong, right: min(area.width, 90), row: row, in: area)
        if let url = order.checkoutURL, order.status == .unpaid {
            put("Pay at " + SafeText(url), .accent, x: 0, row: row + 1, in: area)
        } else if order.canCancel {
            put(
                keymap.name(of: .cancelOrder, in: .list) + " twice cancels it, while the shop allows it.", .dim, x: 0,
                row: row + 1, in: area)
        }
    }

    private mutating func drawUnresolvedDetail(_ intent: OrderIntent, in area: Rect) {
        put("Perhaps bought: the shop's answer was lost on the way.", .warning, x: 0, row: 0, in: area)
        let lines =
            ("The shop is asked again until it says yes or no. It is not bought twice, and never for more than "
            + Phrase.money(intent.maximumTotal) + ".").wrapped(width: area.width, maxLines: 3)
        for (index, line) in lines.enumerated() { put(line, .text, x: 0, row: 1 + index, in: area) }
        put("Key " + SafeText(intent.key), .dim, x: 0, row: 2 + lines.count, in: area)
    }
}

extension OrderStatus {
    fileprivate var role: Role {
        switch self {
        case .unpaid, .onHold: .warning
        case .awaitingShipment, .inTransit, .delivered, .completed: .ok
        case .cancelled, .returned: .dim
        }
    }
}
