import Domain
import Text

// What there is to say of an order beside its status, in whole sentences: all faces of the program say the same.

extension Order {
    /// Each way in which the shop's order is not what was agreed to, the gravest first.
    package var differenceWords: [SafeText] {
        differences.map { difference in
            let agreed = agreement.map { SafeText($0.total.displayString) } ?? SafeText(total.displayString)
            let said = SafeText(total.displayString)
            return switch difference {
            case .total:
                "The shop's figures for this order contradict each other, so nobody can tell what it took. "
                    + agreed + " was agreed."
            case .moreThanAgreed: "The shop took " + said + ", more than the " + agreed + " that it had said."
            case .otherCurrency: "The shop took " + said + ", in another currency than the " + agreed + " agreed."
            case .otherQuantity:
                SafeText("The shop's order is for \(lines.reduce(0) { $0 &+ $1.quantity }), and not for ")
                    + SafeText("\(agreement?.quantity ?? 0).")
            case .otherItem: "The shop's order has something else in it than what was agreed."
            }
        }
    }

    /// Task of the shopper that the order waits for; nil where there is nothing to do.
    package var todo: SafeText? {
        if let declined { return status == .unpaid ? "Not paid: " + declined : nil }
        guard awaitsTransfer else { return nil }
        let way = payment?.label ?? "transfer"
        let place: SafeText =
            paymentPage == nil ? "The shop's e-mail says where to send it." : "The shop's page says where to send it."
        return "It waits for " + SafeText(total.displayString) + " from you (" + way + "). " + place
    }

    /// Words for the money that was paid back; nil for nothing.
    package var refundWords: SafeText? {
        guard let refunded else { return nil }
        let amount = SafeText(refunded.displayString)
        return refunded.exceeds(total) == false && total.exceeds(refunded) == false
            ? "The shop has paid it all back: " + amount + "." : "The shop has paid back " + amount + " of it."
    }

    /// All that there is to say of it, most urgent first.
    package var remarks: [SafeText] { [todo, refundWords].compactMap { $0 } + differenceWords }

    /// Name of the order: `Order 125`, or that the shop has told no number.
    package var name: SafeText { hasNumber || isHandedOver ? "Order " + SafeText(id.rawValue) : "Order, no number yet" }
}

extension OrdersState {
    /// An order of the same thing that can still be paid: a second one is not needed.
    package func toPay(_ sku: SKU) -> Order? {
        orders.first { order in
            order.status == .unpaid && !order.isHandedOver && order.paymentPage != nil
                && order.lines.contains { $0.sku == sku }
        }
    }
}

/// An earlier purchase of the same thing that makes another one worth a second thought.
package enum Repeat: Hashable, Sendable {
    /// It can still be paid.
    case toPay(Order)
    /// It is not known what became of it.
    case mayBeBought(OrderIntent)
}

extension AppState {
    /// An earlier purchase to point out before another one; the order that can be paid first.
    package func repeatOf(_ sku: SKU) -> Repeat? {
        orders.toPay(sku).map { .toPay($0) } ?? orders.open.first { $0.sku == sku }.map { .mayBeBought($0) }
    }

    /// An order as the shop tells it, with what is known of it here: its key, and what was agreed to.
    func remembered(_ order: Order) -> Order {
        remembered(order, orders.orders.first { $0.id == order.id })
    }

    private func remembered(_ order: Order, _ known: Order?) -> Order {
        var order = order
        if order.key.isEmpty, let key = known?.key { order.key = key }
        let purchase = order.key.isEmpty ? nil : orders.purchases[order.key]
        let agreement = purchase.flatMap { $0.isUnresolved || $0.isRefused ? Agreement($0.intent) : nil }
        // A shop that counts anew gives an old number to another order.
        return order.measured(by: agreement ?? known?.agreement)
    }

    func remembered(_ result: Result<ShopAnswer, ShopFailure>) -> Result<ShopAnswer, ShopFailure> {
        result.map { answer in
            switch answer {
            case .order(let order): .order(remembered(order))
            case .orders(let told, let next):
                { () -> ShopAnswer in
                    let known = Dictionary(orders.orders.map { ($0.id, $0) }) { first, _ in first }
                    return .orders(told.map { remembered($0, known[$0.id]) }, nextCursor: next)
                }()
            default: answer
            }
        }
    }

    /// A purchase that was settled as a no, and that the shop has an order of: it was bought.
    mutating func correctRefusals(by result: Result<ShopAnswer, ShopFailure>) {
        let refused = orders.refused
        guard !refused.isEmpty else { return }
        let told: [Order] =
            switch result {
            case .success(.order(let order)): [order]
            case .success(.orders(let orders, _)): orders
            default: []
            }
        for order in told where orders.purchases[order.key]?.isRefused == true {
            orders.purchases[order.key]?.place(as: order)
        }
        guard let intent = refused.first(where: { orders.purchases[$0.key]?.isPlaced == true }) else { return }
        if !orders.rowIDs.contains(orders.selected ?? "") { orders.selected = orders.rowIDs.first }
        tellBoughtAfterAll(intent)
    }

    mutating func tellBoughtAfterAll(_ intent: OrderIntent) {
        tell("It was bought after all: " + intent.title + ". The shop has the order.", .problem)
    }

    /// Words for a change in an order that was over, or in the money of any.
    mutating func tellChange(from before: Order, to after: Order) {
        let title = after.lines.first?.title ?? SafeText(after.id.rawValue)
        if let refunded = after.refunded, before.refunded.map({ refunded.exceeds($0) == true }) ?? true {
            tell("Paid back: " + SafeText(refunded.displayString) + " of " + title + ".", .success)
        } else if before.status == .cancelled || before.status == .returned, after.isUnderWay {
            tell("The shop goes on with an order that was over: " + title + ".", .warning)
        } else if after.differences != before.differences, let words = after.differenceWords.first {
            tell(words, .problem)
        }
    }
}
