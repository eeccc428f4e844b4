import Domain
import Text

/// Amounts below each other: currencies at the left edge, decimal points in one line.
package struct MoneyColumn {
    private let wholeWidth: Int
    private let decimals: Int

    package init(_ amounts: some Sequence<Money>) {
        var (whole, decimals) = (0, 0)
        for money in amounts {
            whole = max(whole, Phrase.amount(money).width - Self.tail(money.exponent))
            decimals = max(decimals, money.exponent)
        }
        (wholeWidth, self.decimals) = (whole, decimals)
    }

    /// Of what has a price to show.
    init(of products: some Sequence<Product>) {
        self.init(products.compactMap { $0.isSoldOut ? nil : $0.shownPrice })
    }

    /// What a list says for a product's price: `from CHF  145.00`, `sold out`.
    func text(of product: Product) -> SafeText {
        if product.isSoldOut { return "sold out" }
        guard let price = product.shownPrice else { return Phrase.noPrice }
        return (product.isPricedFrom ? "from " : "") + text(price)
    }

    /// The cells that an amount takes.
    var width: Int { wholeWidth + Self.tail(decimals) }

    /// `CHF    58.00`, as wide as all others of the column.
    package func text(_ money: Money) -> SafeText { SafeText(money.currency) + " " + amount(money) }

    /// `   58.00`, without the currency.
    func amount(_ money: Money) -> SafeText {
        let digits = Phrase.amount(money)
        let before = wholeWidth - (digits.width - Self.tail(money.exponent))
        return Self.blank(before) + digits + Self.blank(Self.tail(decimals) - Self.tail(money.exponent))
    }

    /// The decimals with their point.
    private static func tail(_ exponent: Int) -> Int { exponent == 0 ? 0 : exponent + 1 }
    private static func blank(_ cells: Int) -> SafeText { .spaces(cells) }
}
