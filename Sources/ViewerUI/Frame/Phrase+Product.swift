import Domain
import Text

extension Phrase {
    /// Price of a product, as a list says it: `CHF 58.00`, `from CHF 145.00`.
    package static func price(of product: Product) -> SafeText {
        guard let price = product.shownPrice else { return noPrice }
        return (product.isPricedFrom ? "from " : "") + money(price)
    }

    /// Words for the number that is left of a variant, or that it comes later; nil where the shop does not say.
    package static func stock(of variant: Variant) -> SafeText? {
        if let stock = variant.stock { return stock == 0 ? "sold out" : count(stock) + " left" }
        return variant.isOnBackorder ? "on backorder, comes later" : nil
    }

    /// Why a product is not bought here, what it costs, and where it is sold, a line each.
    package static func elsewhere(_ product: Product) -> [SafeText] {
        guard let elsewhere = product.elsewhere else { return [] }
        let parts = elsewhere.parts.map { SafeText($0.rawValue) }
        let list = parts.dropFirst().reduce(parts.first.map { "Its parts: " + $0 } ?? "") { $0 + ", " + $1 }
        return [elsewhere.explanation, elsewhere.price == nil ? "" : "Price: " + price(of: product), list]
            .filter { !$0.isEmpty } + (elsewhere.page.map { [SafeText($0)] } ?? [])
    }
}

extension Product {
    /// Price that stands for the product's, also of what is not bought here.
    package var shownPrice: Money? { cheapestAvailable?.price ?? elsewhere?.price }
}
