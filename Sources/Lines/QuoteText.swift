import Domain
import Text
import ViewerUI

/// What something costs and how it would be paid, a line each.
package struct QuoteText {
    package let quote: Quote
    package let method: PaymentMethod
    /// By the shop's clock.
    package let now: Timestamp
    /// What it came to the last time that it was asked about.
    package var before: Money?

    package init(quote: Quote, method: PaymentMethod, now: Timestamp, before: Money? = nil) {
        self.quote = quote
        self.method = method
        self.now = now
        self.before = before
    }

    package var lines: [String] {
        goods + charges + (before.map { ["Total before: \(Phrase.money($0))."] } ?? []) + ends
    }

    /// Deliveries to choose from; empty where there is no choice.
    package var deliveries: [String] { DeliveryText(quote.shipments).lines }

    private var goods: [String] {
        quote.lines.map { line in
            let cost = line.unitPrice.multiplied(by: line.quantity).map { ": \(Phrase.money($0))" } ?? ""
            return "\(line.quantity) × \(line.title), \(line.sku)\(cost)"
        } + quote.discounts.map { "Discount, \($0.label): \(Phrase.money($0.amount))" }
    }

    private var charges: [String] {
        if quote.isGoodsOnly { return ["Shipping and taxes: on the shop's page"] }
        return [
            line("Shipping", quote.shipping), line("Tax", quote.tax, quote.taxIncluded ? ", included" : ""),
            line("Duties", quote.duties),
        ] + (quote.unexplained.map { ["\(Phrase.unexplained($0)): \(Phrase.money($0))"] } ?? [])
    }

    private var ends: [String] {
        let valid = Phrase.validity(quote.expiresAt - now)
        let place = quote.address.map { "; sent to \($0.label)" } ?? ""
        let sum = quote.isGoodsOnly ? "So far" : "Total"
        return [
            "\(sum)\(before == nil ? "" : " now"): \(Phrase.money(quote.total)), valid for \(valid).",
            method.kind == .handover
                ? "Bought on the shop's own page\(place): the purchase here ends with its address.\(again)"
                : "Payment: \(method.label)\(place).",
        ]
    }

    /// A page fills a basket of the browser's own, which goes the shop's own way.
    private var again: String {
        !quote.isGoodsOnly && quote.shipments.contains(where: \.isChoice) ? " Choose the delivery there again." : ""
    }

    /// The kind of a charge is said by us: a shop may call its own by any name, `Total` among them.
    private func line(_ kind: String, _ charge: Charge, _ note: String = "") -> String {
        let amount = charge.amount.amount == 0 ? "none" : Phrase.money(charge.amount).string
        let label = charge.label.string.hasPrefix(kind) ? charge.label.string : "\(kind), \(charge.label)"
        return "\(label)\(note): \(amount)"
    }
}
