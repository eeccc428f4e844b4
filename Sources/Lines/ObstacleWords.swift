import AppCore
import Domain
import ShopAccess
import Text
import ViewerUI

extension Session {
    /// Refuses a total that the shopper would not want: it may be bought already, or is beyond the budget.
    /// - Parameter again: also where it may be bought already.
    package func refuseUnwanted(_ priced: Priced, again: Bool) throws {
        guard let obstacle = try engine().state.obstacleToWish(again: again) else { return }
        throw failure(obstacle, at: priced.channel)
    }

    /// Says why nothing was bought for a total, and nothing was sent.
    func failure(_ obstacle: PurchaseObstacle, at channel: ChannelAccess) -> CommandFailure {
        var failure = CommandFailure(.refused, words(for: obstacle, at: channel))
        failure.obstacle = obstacle
        return failure
    }

    private func words(for obstacle: PurchaseObstacle, at channel: ChannelAccess) -> String {
        switch obstacle {
        case .noTotal: "not bought: there is no total to buy it for"
        case .otherTotal(let total): "not bought: the total is \(Phrase.money(total)) by now"
        case .expired: "not bought: that total is no longer valid"
        case .otherGoods(let lines):
            "not bought: the shop's total is not for what was asked about, but for "
                + (lines.isEmpty ? "nothing" : lines.map { "\($0.quantity) × \($0.title)" }.joined(separator: ", "))
        case .soldOut: "not bought: it is sold out"
        case .noPayment: "not bought: the shop names no way to pay"
        case .noAccount: "not bought: the shop no longer knows this account; try again"
        case .beyondBudget(let verdict, let total):
            "not bought: the total is \(Phrase.money(total)). \(Phrase.beyondBudget(verdict) ?? "")"
        case .repeated(.toPay(let order)):
            "not bought: order \(order.id) of it is not paid yet; ‘\(words(for: .pay(order.id), at: channel))’ "
                + "shows where to pay it, and \(wordsForAgain) orders one more"
        case .repeated(.mayBeBought):
            "not bought: you may have bought it already; ‘\(words(for: .orders, at: channel))’ finds out, "
                + "and \(wordsForAgain) buys one more"
        }
    }
}
