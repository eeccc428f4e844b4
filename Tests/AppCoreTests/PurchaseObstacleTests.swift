import AppCore
import Domain
import Testing

/// Reasons why a total that was named buys nothing.
@Suite struct PurchaseObstacleTests {
    private let viewer = BuyPaneTests.ready
    private let quote = Sample.quote("q1")

    private func obstacle(to total: Money? = nil) -> PurchaseObstacle? {
        let effects = viewer.act(.request(.buy(total: total ?? quote.total, again: false)))
        #expect(effects.recorded.isEmpty)
        return viewer.state.buy?.obstacle
    }

    private func show(_ change: (inout Quote) -> Void) {
        var quote = quote
        change(&quote)
        viewer.state.buy?.quote = .ready(quote)
    }

    @Test func saysNothingWhereNothingStandsInTheWay() {
        let effects = viewer.act(.request(.buy(total: quote.total, again: false)))
        #expect(effects.recorded.count == 1 && viewer.state.buy?.obstacle == nil)
    }

    @Test func tellsTheTotalOfNow() {
        #expect(obstacle(to: Sample.francs(1)) == .otherTotal(quote.total))
    }

    @Test func tellsATotalThatHasRunOut() {
        show { $0.expiresAt = viewer.state.serverNow }
        #expect(obstacle() == .expired)
    }

    @Test func tellsFiguresForSomethingElse() {
        show { $0.lines[0].quantity = 2 }
        guard case .otherGoods(let lines)? = obstacle() else { return #expect(obstacle() == .otherGoods([])) }
        #expect(lines.map(\.quantity) == [2])
        show { $0.lines.append($0.lines[0]) }
        guard case .otherGoods(let both)? = obstacle() else { return #expect(obstacle() == .otherGoods([])) }
        #expect(both.count == 2)
    }

    @Test func tellsTheBudget() {
        viewer.state.budget.limit(.order, to: Sample.francs(1))
        guard case .beyondBudget(.exceeded(let standing), quote.total)? = obstacle() else {
            return #expect(obstacle() == .beyondBudget(.unreadable, total: quote.total))
        }
        #expect(standing.limit == Sample.francs(1))
    }

    @Test func tellsThatNoTotalIsThere() {
        viewer.state.buy?.quote = .loading
        #expect(obstacle() == .noTotal)
    }

    @Test func tellsThatNoWayToPayIsThere() {
        viewer.state.buy?.methods = []
        #expect(obstacle() == .noPayment)
    }
}
