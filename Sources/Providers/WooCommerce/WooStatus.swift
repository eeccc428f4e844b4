import Domain
import Text

/// Where an order stands, in WooCommerce's words.
enum WooStatus {
    static let draft = "checkout-draft"
    static let failed = "failed"

    /// nil for a word of the shop's own, or of an extension.
    static func status(_ word: String) -> OrderStatus? {
        switch word {
        // One whose payment failed can still be paid.
        case "pending", failed, draft: .unpaid
        case "on-hold": .onHold
        case "processing": .awaitingShipment
        case "completed": .completed
        case "cancelled": .cancelled
        case "refunded": .returned
        default: nil
        }
    }

    /// What a new order has until the shop says it: money at the door is not waited for.
    static func whenPlaced(by method: PaymentMethodID) -> OrderStatus {
        method == "cod" ? .awaitingShipment : .onHold
    }
}

extension WooPurchase {
    /// Takes what the shop shows of the order. Amounts that cannot be reconciled with what was agreed are not taken.
    mutating func take(_ state: WooOrderState, at time: Timestamp) {
        let agreed = agreed ?? order.total
        let reading = state.reading(agreed: agreed)
        order.isTotalInDoubt = reading.total == nil
        let total = reading.total ?? agreed
        if total != order.total { order.bill = nil }
        order.total = total
        order.refunded = reading.refunded
        take(state.items)
        take(status: state.status, at: time)
    }

    /// Line that it is about. The shop's line has no name in common with ours, so the first is taken for it.
    private mutating func take(_ items: [WooOrderState.Item]) {
        guard let first = items.first, let line = order.lines.first else { return }
        order.lines = [line]
        order.lines[0].quantity = first.quantity
        order.lines += items.dropFirst().map {
            QuoteLine(sku: SKU("line-\($0.id)"), title: $0.name, quantity: $0.quantity, unitPrice: $0.price)
        }
    }

    /// The shop has it. What it was thought to be before that, it never was.
    mutating func begin(at time: Timestamp) {
        if state != .placed { order.course.history = [OrderCourse.Step(order.status, at: time)] }
        state = .placed
    }

    /// Takes what the shop says of the order; a word that is not known changes nothing.
    mutating func take(status word: String, at time: Timestamp) {
        askedAt = time
        guard let status = WooStatus.status(word) else { return }
        if status != .unpaid {
            order.declined = nil
        } else if let refusal {
            order.declined = SafeText(refusal)
        } else if word == WooStatus.failed {
            order.declined = order.declined ?? "The payment failed at the shop."
        }
        guard status != order.status else { return }
        order.status = status
        // What it was thought to be in the moment of buying, it never was.
        if order.course.history.last?.at == time { order.course.history.removeLast() }
        order.course.history.append(OrderCourse.Step(status, at: time))
    }
}
