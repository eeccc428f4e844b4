import Domain
import Text

// A pane that is short of its item comes back to life when the shop has more of it.

extension BuyState {
    /// There is less of it than is wanted, as far as is known.
    package var lacksStock: Bool { stage == .choosing && (isShort || variant?.stock == 0) }
}

extension AppState {
    /// Pause between two questions for an item that the pane is short of.
    static let restockInterval = Duration.seconds(10)

    /// Begins to ask while the pane is short of its item, and ends it with that.
    mutating func planRestock() {
        guard let pane = buy else { return }
        if !pane.lacksStock {
            buy?.restock.stop()
        } else if !pane.restock.isActive {
            buy?.restock.start(at: now + Self.restockInterval)
        }
    }

    var restockDueAt: Timestamp? { buy?.lacksStock == true ? buy?.restock.dueAt : nil }

    mutating func askForRestock() -> [Effect] {
        guard let pane = buy, pane.lacksStock, pane.restock.isDue(at: now) else { return [] }
        buy?.restock.sent(at: now)
        return [.ask(.product(pane.product.id))]
    }

    /// Takes what the shop says of the pane's product, whoever asked.
    mutating func refreshPane(
        _ id: ProductID, _ result: Result<ShopAnswer, ShopFailure>, _ circumstances: Circumstances
    ) {
        guard let pane = buy, pane.product.id == id else { return }
        switch result {
        case .success(.product(let product)):
            buy?.restock.answered(circumstances, interval: Self.restockInterval)
            guard pane.stage == .choosing else { return }
            let before = pane.variant
            for variant in product.variants { buy?.note(price: variant.price, stock: variant.stock, of: variant.sku) }
            guard let after = product.variant(pane.sku) else { return }
            if before?.price != after.price { noteChange(of: pane.sku) }
            if before?.stock != after.stock || pane.lacksStock { noteStock(of: pane.sku, after.stock) }
        case .success: buy?.restock.answered(circumstances, interval: Self.restockInterval)
        case .failure(let failure):
            buy?.restock.failed(circumstances, interval: Self.restockInterval, failure)
        }
    }

    /// Takes what is left of it. Less than what is asked for, or enough again, is asked about anew; more often than that
    /// would keep the pane from being confirmed while others buy.
    /// - Parameter stock: nil where the shop does not count.
    mutating func noteStock(of sku: SKU, _ stock: Int?) {
        guard let pane = buy, pane.sku == sku, pane.stage == .choosing else { return }
        if let stock, stock < pane.quantity {
            noteChange(of: sku)
        } else if pane.isShort {
            buy?.quote = .loading
            buy?.figuresAt = now
            buy?.needsQuote = true
        }
        if stock != nil || !pane.isShort { buy?.setStock(stock) }
    }
}
