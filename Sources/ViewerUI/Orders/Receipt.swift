import AppCore
import Domain
import Text

/// An order as a receipt: lines of one width, with every figure and every date.
package enum Receipt {
    private static let width = 72

    /// - Returns: the lines from top to bottom; times are those of the local clock.
    package static func lines(of order: Order) -> [SafeText] {
        var lines = [
            order.name + "  " + Phrase.status(of: order),
            fact("Placed", date(order.placedAt)), "",
        ]
        lines += figures(of: order)
        // Whoever prints them breaks them, with a mark that no shop's words can have.
        if !order.remarks.isEmpty { lines += [""] + order.remarks }
        let facts = facts(of: order)
        if !facts.isEmpty { lines += [""] + facts }
        let events = order.events
        if !events.isEmpty { lines += [""] + events.map { date($0.at) + "  " + words(for: $0.kind) } }
        return lines
    }

    private static func figures(of order: Order) -> [SafeText] {
        let costs = order.lines.map { ($0, $0.unitPrice.multiplied(by: $0.quantity)) }
        let column = MoneyColumn(costs.compactMap(\.1) + order.charges.compactMap(\.amount) + [order.total])
        var lines: [SafeText] = []
        for (line, cost) in costs {
            lines.append(row(SafeText("\(line.quantity) × ") + line.title, cost.map(column.amount) ?? ""))
            let each = line.quantity > 1 ? ", " + Phrase.money(line.unitPrice) + " each" : ""
            lines.append("    " + SafeText(line.sku.rawValue) + each)
        }
        lines.append(SafeText(String(repeating: "-", count: width)))
        // A shop calls its charges by any name: the bullet says that none of them is the total.
        lines += order.charges.map { row("· " + $0.label, $0.amount.map(column.amount) ?? "none") }
        return lines + [row(order.totalLabel, column.text(order.total))]
    }

    private static func facts(of order: Order) -> [SafeText] {
        var facts: [SafeText] = []
        if let payment = order.payment {
            facts.append(fact(order.isHandedOver ? "Sold" : "Payment", payment.label))
        }
        if order.status == .unpaid, let url = order.checkoutURL { facts.append(fact("Pay at", SafeText(url))) }
        if order.awaitsTransfer, let page = order.paymentPage { facts.append(fact("See", page.address)) }
        if let address = order.address { facts.append(fact("To", address.label)) }
        if let expected = order.course.estimatedDelivery { facts.append(fact("Expected", date(expected))) }
        if let parcel = order.course.parcel {
            facts.append(fact("Parcel", parcel.carrier + " " + parcel.number))
            if let link = parcel.link { facts.append(fact("", SafeText(link))) }
        }
        if let returning = order.course.returning {
            let note: SafeText = returning.note.isEmpty ? "" : " (" + returning.note + ")"
            let words = Phrase.returnState(returning.state) + ", " + Phrase.reason(returning.reason) + note
            facts.append(fact("Return", words))
        } else if let end = order.course.returnBy, order.status == .delivered {
            facts.append(fact("Return by", date(end)))
        }
        return facts
    }

    private static func words(for kind: OrderEvent.Kind) -> SafeText {
        switch kind {
        case .status(let status): Phrase.status(status)
        case .parcel(let text): text
        case .returning(let state): "return " + Phrase.returnState(state)
        }
    }

    private static func fact(_ label: SafeText, _ value: SafeText) -> SafeText { label.padded(to: 11) + value }

    /// A label at the left and an amount at the right edge; a long label keeps to itself.
    private static func row(_ label: SafeText, _ amount: SafeText) -> SafeText {
        label.padded(to: width - amount.width - 1) + " " + amount
    }

    /// `Mon 23 Nov 2026, 14:22`: a receipt is read years later.
    private static func date(_ time: Timestamp) -> SafeText {
        let local = LocalTime(time)
        return Phrase.shortDay(local) + SafeText(" \(local.year), ") + Phrase.time(local)
    }
}
