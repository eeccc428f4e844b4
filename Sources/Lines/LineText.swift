import AppCore
import Domain
import LiveAPI
import Text
import ViewerUI

/// Lines that several commands print.
package enum LineText {
    package static func names(_ hosts: [Host]) -> String { hosts.map(\.name.string).joined(separator: " & ") }

    package static func heading(_ product: Product) -> String {
        "\(product.title)\(product.brand.isEmpty ? "" : "  –  \(product.brand)")"
    }

    /// Deals alone, as lines or as the API's offers.
    package static func deals(_ deals: [Deal], _ lines: [String], json: Bool) throws {
        guard !json else { return try Output.json(Page(items: deals.map { WrittenDeal($0) })) }
        for line in lines.isEmpty ? ["No deals."] : lines { Output.line(line) }
    }

    package static func product(_ product: Product, prefix: String = "") {
        let price = product.variants.isEmpty ? "  \(Phrase.price(of: product))" : ""
        Output.line("\(prefix)\(product.id)  \(heading(product))\(price)")
        if let elsewhere = product.elsewhere {
            Output.line("  \(elsewhere.explanation)\(elsewhere.page.map { " " + SafeText($0).string } ?? "")")
        }
        let from = product.hasDearerForms ? "from " : ""
        for variant in product.variants {
            let options = variant.options.isEmpty ? "" : "  " + variant.options.map(\.string).joined(separator: ", ")
            let stock = Phrase.stock(of: variant).map { "  \($0)" } ?? ""
            let rule = variant.quantities.words.map { "  \($0)" } ?? ""
            Output.line("  \(prefix)\(variant.sku)  \(from)\(Phrase.money(variant.price))\(options)\(stock)\(rule)")
        }
    }

    package static func order(_ order: Order, prefix: String = "") { Output.line(prefix + words(order)) }

    /// In one line, and in more where there is something to say of it, or to pay.
    package static func words(_ order: Order, number: Int? = nil, place: String = "") -> String {
        let placed = LocalTime(order.placedAt)
        let what = order.lines.map { "\($0.quantity) × \($0.title) (\($0.sku))" }.joined(separator: ", ")
        let when = "\(Phrase.shortDay(placed)) \(Phrase.time(placed))"
        let facts = [
            order.id.rawValue + (order.hasNumber || order.isHandedOver ? "" : " (no number yet)"), when, what,
            Phrase.money(order.total).string, Phrase.status(of: order).string,
        ]
        let remarks = order.remarks.map { "\n  \($0)" }.joined()
        let checkout = order.paymentPage.map { page in
            let end = page.expiresAt.map { ", until \(Phrase.dayAndTime(LocalTime($0)))" } ?? ""
            let aim =
                order.awaitsTransfer ? "the shop's page:" : order.isHandedOver ? "to be bought at" : "to be paid at"
            return "\n  \(aim) \(page.address)\(end)"
        }
        let expected = order.status.isUnderWay ? Phrase.arrival(of: order).map { "  \($0)" } ?? "" : ""
        let line = facts.joined(separator: "  ") + expected + place
        return (number.map { "\($0). " } ?? "") + line + remarks + (checkout ?? "")
    }

    /// What may have been bought, or came to nothing, in one line.
    package static func words(_ intent: OrderIntent) -> String {
        let begun = LocalTime(intent.createdAt)
        return [
            "\(Phrase.shortDay(begun)) \(Phrase.time(begun))", "\(intent.quantity) × \(intent.title) (\(intent.sku))",
            "\(Phrase.money(intent.maximumTotal)) at most", Phrase.state(of: intent).string,
        ].joined(separator: "  ")
    }
}
