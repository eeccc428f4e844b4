import Domain
import Text

/// The buy pane. It stays on the product it was opened for, whatever goes on air meanwhile.
package struct BuyState: Hashable, Sendable {
    /// Enter does nothing for so long after the pane opened or its figures changed.
    package static let deliberation = Duration.milliseconds(400)

    package enum Field: Hashable, Sendable { case option(Int), quantity, payment }

    package enum QuoteState: Hashable, Sendable {
        case loading
        case ready(Quote)
        case failed(SafeText)
    }

    package enum Stage: Hashable, Sendable {
        case choosing
        /// Being written down, then sent; the outcome is not known yet.
        case buying(key: String)
        case placed(Order)
        /// Perhaps bought; it is being found out.
        case unknown(key: String)
    }

    package var product: Product
    package var show: ShowID?
    package var sku: SKU
    package var quantity = 1
    package var field: Field = .quantity
    package var quote: QuoteState = .loading
    /// The total shown before the shop's figures changed, so that old and new can be compared.
    package var totalBefore: Money?
    package var methods: [PaymentMethod] = []
    package var method: PaymentMethodID?
    /// Why the ways to pay are not known; nil while they are, or are being asked for.
    package var methodsFailure: SafeText?
    package var stage: Stage = .choosing
    /// Why the last try was refused.
    package var refusal: SafeText?
    /// When the pane opened or its figures changed last.
    package var figuresAt: Timestamp
    /// A change was noticed that calls for a new quote.
    package var needsQuote = false

    package init(product: Product, variant: Variant, show: ShowID?, now: Timestamp) {
        self.product = product
        self.show = show
        sku = variant.sku
        figuresAt = now
        if !variant.options.isEmpty { field = .option(0) }
    }

    package var variant: Variant? { product.variant(sku) }
    /// Where the shop's figures say it is sent to.
    package var address: Address? { if case .ready(let quote) = quote { quote.address } else { nil } }
    package var payment: PaymentMethod? { methods.first { $0.id == method } }

    package var fields: [Field] {
        (0..<min(product.optionNames.count, 2)).map { .option($0) } + [.quantity]
            + (methods.count > 1 ? [.payment] : [])
    }

    /// What can be bought now, with the quote it would be bought by; nil while anything is missing or too fresh.
    package func confirmable(now: Timestamp, serverNow: Timestamp) -> (Quote, PaymentMethod)? {
        guard stage == .choosing, case .ready(let quote) = quote, let payment, quote.expiresAt > serverNow,
            quote.lines.count == 1, quote.lines[0].sku == sku, quote.lines[0].quantity == quantity,
            now - figuresAt >= Self.deliberation, variant?.stock != 0
        else { return nil }
        return (quote, payment)
    }
}
