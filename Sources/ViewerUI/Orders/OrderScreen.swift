import AppCore
import Domain
import Settings
import TerminalKit
import Text

private typealias Line = PageLine<OrderPageState.Place>

extension Canvas {
    /// What was bought and where it is at the left, what happened at the right; below each other on narrow screens.
    mutating func drawOrderPage(
        _ page: OrderPageState, _ order: Order, _ state: AppState, _ keymap: Keymap, in area: Rect
    ) {
        let area = area.inset(left: 1, right: 1)
        let isAsked = state.buy != nil || page.returning != nil
        guard isAsked || area.width >= 108 else {
            return drawPage(
                facts(of: order, state, width: area.width) + [.blank]
                    + happened(order, at: state.now, width: area.width),
                at: page.place, in: area)
        }
        guard area.width >= 74 else { return drawQuestion(page, order, state, keymap, in: area) }
        let (left, side) = area.split(right: isAsked ? min(56, max(36, area.width * 2 / 5)) : area.width * 2 / 5)
        let column = left.inset(right: 3)
        let isInHistory: Bool = if case .event = page.place { true } else { false }
        drawPage(facts(of: order, state, width: column.width), at: isInHistory ? nil : page.place, in: column)
        if isAsked {
            drawQuestion(page, order, state, keymap, in: side)
        } else {
            drawPage(happened(order, at: state.now, width: side.width), at: isInHistory ? page.place : nil, in: side)
        }
    }

    private mutating func drawQuestion(
        _ page: OrderPageState, _ order: Order, _ state: AppState, _ keymap: Keymap, in area: Rect
    ) {
        if let buy = state.buy {
            drawBuyPane(buy, state, keymap, in: area)
        } else if let draft = page.returning {
            drawReturn(draft, of: order, keymap, in: area)
        }
    }

    // MARK: What was bought

    private func facts(of order: Order, _ state: AppState, width: Int) -> [Line] {
        let placed = LocalTime(order.placedAt)
        let day = (width >= 76 ? "placed " : "") + Phrase.shortDay(placed)
        var lines = [
            Line(
                parts: [
                    (state.name(of: order), .cardTitle),
                    ("   " + Phrase.status(of: order), state.age == nil ? order.status.role : .stale),
                ], right: (width >= 60 ? day + ", " + Phrase.time(placed) : "", .dim))
        ]
        let words = order.todo == nil ? [(meaning(of: order), Role.text)] : []
        for (text, role) in words + order.remarks.map({ ($0, Role.warning) }) {
            lines += Phrase.rows(of: text, width: width).prefix(4).map { Line(parts: [($0, role)]) }
        }
        if let page = order.paymentPage {
            let label: SafeText = order.awaitsTransfer ? "See " : "Pay at "
            lines.append(Line(parts: [(label, .text), (page.address, .accent)], address: page.address))
        }
        lines += [.blank, .heading("ITEMS")] + items(of: order, width: width)
        lines += [.heading("TOTAL")] + total(of: order)
        return lines + delivery(of: order, width: width)
    }

    /// The status in words that say what happens next.
    private func meaning(of order: Order) -> SafeText {
        switch order.status {
        case .unpaid where order.isHandedOver: return "Nothing is bought yet: the shop's page sells it."
        case .unpaid: return "It is yours once you have paid."
        case .onHold: return "The shop looks at it before it is packed."
        case .awaitingShipment: return "The shop is packing it."
        case .inTransit: return "It is on its way."
        case .delivered:
            switch order.course.returning?.state {
            case nil: return "It has arrived."
            case .requested: return "It has arrived. The shop has been asked to take it back."
            case .accepted: return "The shop takes it back; the money follows."
            case .refunded: return "The money has been paid back."
            }
        case .completed: return "It has arrived, and the time to send it back is over."
        case .cancelled: return order.isHandedOver ? "You have let it go." : "Nothing will be sent."
        case .returned: return "It went back, and the money with it."
        case .gone: return Phrase.gone
        }
    }

    private func items(of order: Order, width: Int) -> [Line] {
        let column = MoneyColumn(amounts(of: order))
        return order.lines.enumerated().flatMap { index, line -> [Line] in
            let cost = line.unitPrice.multiplied(by: line.quantity).map { column.amount($0) }
            let title = Line(
                parts: [(SafeText("\(line.quantity) × ") + line.title, .text)], right: cost.map { ($0, .text) },
                place: .item(index))
            let each = line.quantity > 1 ? ", " + Phrase.money(line.unitPrice) + " each" : ""
            let sku = Line(parts: [("    " + SafeText(line.sku.rawValue) + each, .dim)], place: .item(index))
            return [title, sku]
        }
    }

    private func amounts(of order: Order) -> [Money] {
        let costs = order.lines.compactMap { $0.unitPrice.multiplied(by: $0.quantity) }
        return costs + [order.total] + order.charges.compactMap(\.amount)
    }

    private func total(of order: Order) -> [Line] {
        let column = MoneyColumn(amounts(of: order))
        var lines = order.charges.map { charge in
            Line(
                parts: [(charge.label, .dim)], right: (charge.amount.map(column.amount) ?? "none", charge.role),
                place: .total)
        }
        lines.append(
            Line(parts: [(order.totalLabel, .strong)], right: (column.text(order.total), .price), place: .total))
        if let payment = order.payment, order.status != .unpaid, !order.isHandedOver {
            lines.append(Line(parts: [("Payment: " + payment.label, .dim)], place: .total))
        }
        return lines
    }

    // MARK: Where it is

    private func delivery(of order: Order, width: Int) -> [Line] {
        var rows: [(label: SafeText, value: SafeText, role: Role, address: SafeText?)] = []
        if let address = order.address { rows.append(("To", address.label, .text, nil)) }
        if let expected = order.course.estimatedDelivery {
            rows.append(("Expected", Phrase.dayAndTime(LocalTime(expected)), .text, nil))
        }
        if let parcel = order.course.parcel {
            let link = parcel.link.map { SafeText($0) }
            rows.append(("Parcel", parcel.carrier + " " + parcel.number, link == nil ? .text : .accent, link))
        }
        if let returning = order.course.returning {
            let words = Phrase.returnState(returning.state) + ", " + Phrase.reason(returning.reason)
            rows.append(("Return", words, .text, nil))
        } else if let end = order.course.returnBy, order.status == .delivered {
            rows.append(("Return by", Phrase.dayAndTime(LocalTime(end)), .text, nil))
        }
        guard !rows.isEmpty else { return [] }
        return [.heading("DELIVERY")]
            + rows.map { row in
                Line(
                    parts: [(row.label.padded(to: 11), .dim), (row.value, row.role)], place: .delivery,
                    address: row.address)
            }
    }

    // MARK: What happened

    private func happened(_ order: Order, at now: Timestamp, width: Int) -> [Line] {
        let events = order.events
        guard !events.isEmpty else { return [] }
        var lines: [Line] = [.heading("HISTORY")]
        for (index, event) in events.enumerated().reversed() {
            let time = LocalTime(event.at)
            let (words, role): (SafeText, Role) =
                switch event.kind {
                case .status(let status): (Phrase.status(status), .strong)
                case .parcel(let text): (text, .text)
                case .returning(let state): ("return " + Phrase.returnState(state), .strong)
                }
            let when = width >= 36 ? Phrase.shortDay(time) + " " + Phrase.time(time) : Phrase.time(event.at, from: now)
            lines.append(Line(parts: [(when + "  ", .dim), (words, role)], place: .event(index)))
        }
        return lines
    }
}

extension Order {
    /// What the amount at the end is.
    var totalLabel: SafeText { isHandedOver && bill == nil ? "Without shipping" : "Total" }

    /// What stands between the items and the total; nil for a charge that is none.
    var charges: [(label: SafeText, amount: Money?, role: Role)] {
        guard let bill else {
            guard let rest = beyondLines, rest.amount != 0 else { return [] }
            return [("Shipping, taxes and deals", rest, .text)]
        }
        func shown(_ charge: Charge) -> (label: SafeText, amount: Money?, role: Role) {
            charge.amount.amount == 0 ? (charge.label, nil, .dim) : (charge.label, charge.amount, .text)
        }
        let subtotal: (SafeText, Money?, Role) = ("Subtotal", bill.subtotal, .text)
        let tax =
            bill.taxIncluded
            ? (label: bill.tax.label + ", included", amount: Optional(bill.tax.amount), role: Role.dim)
            : shown(bill.tax)
        let rest = bill.unexplained(in: total, goods: bill.subtotal)
        return [subtotal] + bill.discounts.map(shown) + [shown(bill.shipping), tax, shown(bill.duties)]
            + (rest.map { [(Phrase.unexplained($0), Optional($0), Role.text)] } ?? [])
    }
}
