import Domain
import Text

/// A basket's figures, in the way that the shop shows its prices: with the tax in them, or with the tax beside them.
struct WooFigures {
    private let cart: WooCart
    private let line: WooCart.Item
    /// Whether the shop's prices have the tax in them.
    let isTaxIncluded: Bool

    init(_ cart: WooCart, _ line: WooCart.Item) {
        self.cart = cart
        self.line = line
        // The Store API's totals are without tax; the price beside them is as the shop shows it.
        let asShown = line.price.multiplied(by: line.quantity)
        isTaxIncluded =
            line.subtotalTax.amount != 0 && asShown != nil && asShown == line.subtotal.adding(line.subtotalTax)
    }

    /// - Throws: `.notUnderstood` where amounts are in several currencies, or too large to be added up.
    /// - Parameter shipments: with the deliveries that the figures are for.
    func quote(
        id: QuoteID, sku: SKU, address: Address, expiresAt: Timestamp, _ shipments: [Shipment]
    ) throws(ShopFailure) -> Quote {
        let totals = cart.totals
        // A variation's line does not say what it is a variation of.
        let product = line.values.isEmpty ? ProductID(String(line.id)) : nil
        let unit = try unitPrice()
        guard unit.currency == totals.price.currency, unit.exponent == totals.price.exponent else {
            throw .notUnderstood("the shop's basket is in two currencies")
        }
        let discount = try shown(totals.discount, totals.discountTax)
        let saved = discount.amount == 0 ? nil : discount.negated
        return Quote(
            id: id,
            lines: [
                QuoteLine(sku: sku, title: line.title, quantity: line.quantity, unitPrice: unit, product: product)
            ],
            subtotal: try shown(totals.items, totals.itemsTax),
            discounts: saved.map { [Charge(label: cart.coupons.first?.name ?? "Discount", amount: $0)] } ?? [],
            shipping: Charge(
                label: shipments.deliveryNames,
                amount: try shown(totals.shipping ?? totals.price.zero, totals.shippingTax)),
            tax: Charge(label: "Tax", amount: totals.tax), taxIncluded: isTaxIncluded,
            duties: Charge(label: cart.fees.first?.name ?? "Fees", amount: try shown(totals.fees, totals.feesTax)),
            total: totals.price, address: address, expiresAt: expiresAt,
            paymentMethods: WooPayment.methods(cart.paymentMethods), shipments: shipments)
    }

    /// What one costs as it is charged; the shown price where the line's does not go by the piece.
    private func unitPrice() throws(ShopFailure) -> Money {
        let whole = try shown(line.subtotal, line.subtotalTax)
        let count = Int64(line.quantity)
        guard count > 0, whole.amount % count == 0,
            let unit = Money(amount: whole.amount / count, exponent: whole.exponent, currency: whole.currency)
        else { return line.price }
        return unit
    }

    private func shown(_ amount: Money, _ tax: Money) throws(ShopFailure) -> Money {
        guard isTaxIncluded else { return amount }
        guard let sum = amount.adding(tax) else { throw .notUnderstood("the shop's amounts cannot be added up") }
        return sum
    }
}

extension [Shipment] {
    /// Names of the deliveries that are chosen, each once.
    fileprivate var deliveryNames: SafeText {
        var names: [SafeText] = []
        for shipment in self {
            if let name = shipment.chosenDelivery?.label, !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        guard let first = names.first else { return "Shipping" }
        return names.dropFirst().reduce(first) { $0 + " + " + $1 }
    }
}
