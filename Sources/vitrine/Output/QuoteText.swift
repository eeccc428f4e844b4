import Domain
import Text
import ViewerUI

/// What something costs and how it would be paid, a line each.
struct QuoteText {
    let quote: Quote
    let method: PaymentMethod
    /// By the shop's clock.
    let now: Timestamp
    /// What it came to the last time that it was asked about.
    var before: Money?

    var lines: [String] { goods + charges + (before.map { ["Total before: \(Phrase.money($0))."] } ?? []) + ends }

    private var goods: [String] {
        quote.lines.map { line in
            let cost = line.unitPrice.multiplied(by: line.quantity).map { ": \(Phrase.money($0))" } ?? ""
            return "\(line.quantity) × \(line.title), \(line.sku)\(cost)"
        } + quote.discounts.map { "\($0.label): \(Phrase.money($0.amount))" }
    }

    private var charges: [String] {
        if quote.isGoodsOnly { return ["Shipping and taxes: on the shop's page"] }
        return [
            line(quote.shipping), line(quote.tax, quote.taxIncluded ? ", included" : ""), line(quote.duties),
        ]
    }

    private var ends: [String] {
        let valid = Phrase.validity(quote.expiresAt - now)
        let place = quote.address.map { "; sent to \($0.label)" } ?? ""
        let sum = quote.isGoodsOnly ? "So far" : "Total"
        return [
            "\(sum)\(before == nil ? "" : " now"): \(Phrase.money(quote.total)), valid for \(valid).",
            method.kind == .handover
                ? "Bought on the shop's own page\(place): the purchase here ends with its address."
                : "Payment: \(method.label)\(place).",
        ]
    }

    private func line(_ charge: Charge, _ note: String = "") -> String {
        let amount = charge.amount.amount == 0 ? "none" : Phrase.money(charge.amount).string
        return "\(charge.label)\(note): \(amount)"
    }
}
