import Text

/// Terms that the shopper agreed to when a purchase was written down: the measure for all that the shop says of it later.
package struct Agreement: Hashable, Sendable {
    package var sku: SKU
    package var quantity: Int
    /// The most that the shop was allowed to charge.
    package var total: Money
    /// When it was agreed to, by the clock of this machine.
    package var at: Timestamp

    package init(sku: SKU, quantity: Int, total: Money, at: Timestamp) {
        self.sku = sku
        self.quantity = quantity
        self.total = total
        self.at = at
    }

    package init(_ intent: OrderIntent) {
        self.init(sku: intent.sku, quantity: intent.quantity, total: intent.maximumTotal, at: intent.createdAt)
    }
}

extension Order {
    /// A way in which the shop's order is not what was agreed to.
    package enum Difference: String, Hashable, Sendable, CaseIterable {
        /// The shop's figures contradict each other, so that nobody can tell what it took. `total` is what was agreed.
        case total = "total_in_doubt"
        case moreThanAgreed = "more_than_agreed"
        case otherCurrency = "other_currency"
        case otherQuantity = "other_quantity"
        case otherItem = "other_item"
    }

    /// The same order, measured by what was agreed to. A total that cannot be compared with it is not believed.
    package func measured(by agreement: Agreement?) -> Order {
        var order = self
        order.agreement = agreement ?? self.agreement
        guard let agreed = order.agreement?.total, !isHandedOver, total.currency == agreed.currency else {
            return order
        }
        // The same currency in another unit, with another value: one of the two units is wrong.
        let isOtherUnit = total.exponent != agreed.exponent && total.exceeds(agreed) != agreed.exceeds(total)
        if isOtherUnit || total.exceeds(agreed) == nil {
            order.total = agreed
            order.isTotalInDoubt = true
        }
        return order
    }

    /// All differences between the shop's order and what was agreed to; none where that is not known.
    package var differences: [Difference] {
        guard !isHandedOver else { return [] }
        var found: [Difference] = isTotalInDoubt ? [.total] : []
        guard let agreement else { return found }
        if total.currency != agreement.total.currency {
            found.append(.otherCurrency)
        } else if total.exceeds(agreement.total) == true {
            found.append(.moreThanAgreed)
        }
        guard !lines.isEmpty else { return found }
        if lines.contains(where: { $0.sku != agreement.sku }) {
            found.append(.otherItem)
        } else if lines.reduce(0, { $0 &+ $1.quantity }) != agreement.quantity {
            found.append(.otherQuantity)
        }
        return found
    }

    /// Amount that it counts for in a budget: the larger of what was agreed and what the shop says, in the agreed currency.
    package var counted: Money {
        guard let agreed = agreement?.total else { return total.isNegative ? total.zero : total }
        return !isTotalInDoubt && total.exceeds(agreed) == true ? total : agreed
    }

    /// Tells whether it costs nothing, as far as is known: it is off, it went back, or its payment was refused.
    package var costsNothing: Bool {
        status == .cancelled || status == .returned || status == .unpaid && declined != nil
    }
}
