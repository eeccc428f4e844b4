import Domain

/// Where an order stands, in WooCommerce's words.
enum WooStatus {
    static let draft = "checkout-draft"

    /// nil for a word of the shop's own, or of an extension.
    static func status(_ word: String) -> OrderStatus? {
        switch word {
        case "pending", draft: .unpaid
        case "on-hold": .onHold
        case "processing": .awaitingShipment
        case "completed": .completed
        case "cancelled", "failed": .cancelled
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
    /// Takes what the shop shows of the order. What it took is what it says, whatever was agreed to.
    mutating func take(_ state: WooOrderState, at time: Timestamp) {
        if let total = state.total, total != order.total {
            order.total = total
            order.bill = nil
        }
        take(status: state.status, at: time)
    }

    /// Takes what the shop says of the order; a word that is not known changes nothing.
    mutating func take(status word: String, at time: Timestamp) {
        askedAt = time
        guard let status = WooStatus.status(word), status != order.status else { return }
        order.status = status
        // What it was thought to be in the moment of buying, it never was.
        if order.course.history.last?.at == time { order.course.history.removeLast() }
        order.course.history.append(OrderCourse.Step(status, at: time))
    }
}
