import Domain
import Text

extension AppState {
    /// A key would do something in the pane.
    func offersInPane(_ intent: UserIntent) -> Bool {
        guard let buy else { return false }
        return switch intent {
        case .down, .right: buy.stage == .choosing
        case .address: capabilities.contains(.contact) && buy.stage == .choosing
        case .pay: orderToPay != nil
        case .back: buyStage?.isFinished != true
        case .confirm:
            (buy.confirmable(now: now, serverNow: serverNow) != nil && !isBeyondBudget)
                || buyStage?.isFinished == true || buy.isRefusedAPrice
        default: true
        }
    }

    func hintInPane(for intent: UserIntent) -> SafeText? {
        guard let buy else { return nil }
        switch intent {
        case .confirm:
            if buyStage?.isFinished == true { return "close" }
            if buy.isRefusedAPrice { return "ask again" }
            return buy.confirmable(now: now, serverNow: serverNow).map { quote, payment in
                payment.kind == .handover ? "to the shop's page" : "buy for " + SafeText(quote.total.displayString)
            }
        case .back: if case .buying? = buyStage { return "leave it to Orders" } else { return nil }
        default: return nil
        }
    }
}

extension BuyState {
    /// The shop gave no total, and may give one when Enter asks again.
    fileprivate var isRefusedAPrice: Bool {
        if case .failed = quote { stage == .choosing && takesConfirm } else { false }
    }
}
