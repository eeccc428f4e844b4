import Domain
import Text
import ViewerUI

/// The forms of a product, a row each: what it is bought by, its options, its price, and what is left of it.
package struct FormsTable {
    /// Nothing is moved to the right for the sake of one that is wider.
    private static let widestOptions = 32

    package let product: Product

    package init(product: Product) { self.product = product }

    package var lines: [SafeText] {
        guard !product.variants.isEmpty else {
            let words = Phrase.elsewhere(product)
            return (words.isEmpty ? [Phrase.noPrice] : words).map { "  " + $0 }
        }
        let variants = product.variants
        let prices = MoneyColumn(variants.map(\.price))
        let options = variants.map(options)
        let skuWidth = variants.map { SafeText($0.sku.rawValue).width }.max() ?? 0
        let optionsWidth = options.map(\.width).filter { $0 <= Self.widestOptions }.max() ?? 0
        return zip(variants, options).map { variant, options in
            let from: SafeText = product.hasDearerForms ? "from " : ""
            let stock: SafeText = Phrase.stock(of: variant).map { "  " + $0 } ?? ""
            let gap: SafeText = optionsWidth == 0 ? "" : "  " + options.padded(to: max(optionsWidth, options.width))
            return "  " + SafeText(variant.sku.rawValue).padded(to: skuWidth) + gap + "  " + from
                + prices.text(variant.price) + stock + (variant.quantities.words.map { "  " + $0 } ?? "")
        }
    }

    /// `Colour Sand, Size L`.
    private func options(_ variant: Variant) -> SafeText {
        let named = variant.options.enumerated().map { index, value in
            product.optionNames.indices.contains(index) ? product.optionNames[index] + " " + value : value
        }
        guard let first = named.first else { return "" }
        return named.dropFirst().reduce(first) { $0 + ", " + $1 }
    }
}
