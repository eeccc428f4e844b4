import Domain

/// Reason why a purchase for a total that was named did not begin: nothing was written down, and nothing was sent.
package enum PurchaseObstacle: Hashable, Sendable {
    /// There is no total to agree to.
    case noTotal
    /// The total is another one by now.
    case otherTotal(Money)
    /// The total has run out. Asking again gives one that holds.
    case expired
    /// The shop's figures are for something else than what was asked about.
    case otherGoods([QuoteLine])
    case soldOut
    case noPayment
    /// It is not known in whose name to buy.
    case noAccount
    case beyondBudget(Budget.Verdict, total: Money)
    /// It may be bought already.
    case repeated(Repeat)
}

extension BuyState {
    /// Reason why the total in the pane is none to agree to now; nil where it is.
    func obstacle(serverNow: Timestamp) -> PurchaseObstacle? {
        guard stage == .choosing, case .ready(let quote) = quote else { return .noTotal }
        guard quote.expiresAt > serverNow else { return .expired }
        guard quote.lines.count == 1, quote.lines[0].sku == sku, quote.lines[0].quantity == quantity else {
            return .otherGoods(quote.lines)
        }
        guard variant?.stock != 0 else { return .soldOut }
        return payment == nil ? .noPayment : nil
    }
}

extension AppState {
    /// Reason why nothing can be bought for a total that was named.
    func obstacle(to total: Money) -> PurchaseObstacle? {
        guard let pane = buy else { return .noTotal }
        if let obstacle = pane.obstacle(serverNow: serverNow) { return obstacle }
        guard case .ready(let quote) = pane.quote else { return .noTotal }
        guard quote.total == total else { return .otherTotal(quote.total) }
        guard accountID != nil else { return .noAccount }
        return obstacleToWish(again: pane.repeated == pane.sku)
    }

    /// Reason why the shopper would not want the total in the pane, whoever buys and however it is paid: it may be bought
    /// already, or is beyond the budget.
    /// - Parameter again: also where it may be bought already.
    package func obstacleToWish(again: Bool) -> PurchaseObstacle? {
        guard let pane = buy, case .ready(let quote) = pane.quote else { return nil }
        if !again, let earlier = repeatOf(pane.sku) { return .repeated(earlier) }
        guard isBeyondBudget, let verdict = budgetVerdict else { return nil }
        return .beyondBudget(verdict, total: quote.total)
    }
}
