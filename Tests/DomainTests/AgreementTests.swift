import Testing

@testable import Domain

/// An order as the shop tells it beside what was agreed to.
@Suite struct AgreementTests {
    private let now = Timestamp(seconds: 1_763_640_000)

    private func money(_ amount: Int64, _ exponent: Int = 2, _ currency: String = "CHF") throws -> Money {
        try #require(Money(amount: amount, exponent: exponent, currency: currency))
    }

    private func order(_ total: Money, quantity: Int = 1, sku: SKU = "LAMP", agreed: Money) -> Order {
        Order(
            id: "7", key: "k", status: .awaitingShipment,
            lines: [QuoteLine(sku: sku, title: "Lamp", quantity: quantity, unitPrice: total)], total: total,
            placedAt: now
        ).measured(by: Agreement(sku: "LAMP", quantity: 1, total: agreed, at: now - .seconds(60)))
    }

    @Test func comparesEachPartOfTheAnswer() throws {
        let agreed = try money(14_500)
        #expect(order(agreed, agreed: agreed).differences.isEmpty)
        #expect(order(try money(14_000), agreed: agreed).differences.isEmpty)
        #expect(order(try money(14_501), agreed: agreed).differences == [.moreThanAgreed])
        #expect(order(try money(14_500, 2, "EUR"), agreed: agreed).differences == [.otherCurrency])
        #expect(order(agreed, quantity: 2, agreed: agreed).differences == [.otherQuantity])
        #expect(order(agreed, sku: "HOOK", agreed: agreed).differences == [.otherItem])
    }

    @Test(arguments: [(Int64(14_500), 0), (14_500, 3), (1_450_000, 0), (.max, 6)])
    func disbelievesATotalInAnotherUnit(_ amount: Int64, _ exponent: Int) throws {
        let agreed = try money(14_500)
        let order = order(try money(amount, exponent), agreed: agreed)
        #expect(order.total == agreed && order.isTotalInDoubt && order.counted == agreed)
        #expect(order.differences == [.total])
    }

    @Test func believesTheSameValueInAnotherUnit() throws {
        let order = order(try money(145, 0), agreed: try money(14_500))
        #expect(!order.isTotalInDoubt && order.differences.isEmpty)
    }

    @Test func countsTheLargerTotalInTheAgreedCurrency() throws {
        let agreed = try money(14_500)
        #expect(order(try money(20_000), agreed: agreed).counted == (try money(20_000)))
        #expect(order(try money(100), agreed: agreed).counted == agreed)
        #expect(order(try money(-900_000), agreed: agreed).counted == agreed)
        #expect(order(try money(900_000, 2, "EUR"), agreed: agreed).counted == agreed)
    }

    /// A shop that dates an order back takes it out of no limit, and one that pays for buying adds to none.
    @Test func aShopMakesNoRoomInABudget() throws {
        var yesterday = order(try money(100), agreed: try money(14_500))
        yesterday.placedAt = now - .seconds(2 * 86_400)
        var unknown = Order(id: "8", key: "", status: .completed, lines: [], total: try money(-900_000), placedAt: now)
        #expect(
            Spending.known(orders: [yesterday], intents: []) == [Spending(try money(14_500), at: now - .seconds(60))])
        #expect(Spending.known(orders: [unknown], intents: []) == [Spending(try money(0), at: now)])
        var budget = Budget()
        budget.limit(.day, to: try money(20_000))
        let before = [Spending(try money(-900_000), at: now), Spending(try money(14_500), at: now)]
        guard case .exceeded = budget.verdict(on: try money(6000), after: before, now: now) else {
            Issue.record("within")
            return
        }
        unknown.status = .unpaid
        unknown.declined = "No."
        #expect(Spending.known(orders: [unknown], intents: []).isEmpty)
    }

    /// Ninety days long, less and less often.
    @Test func isWatchedLessAndLessOften() throws {
        var order = order(try money(100), agreed: try money(100))
        func interval(_ days: Int64, reopens: Bool = true) -> Duration? {
            order.watchInterval(reopens: reopens, now: now + .seconds(days * 86_400))
        }
        #expect(interval(0) == .seconds(15) && interval(1) == .seconds(360) && interval(10) == .seconds(3600))
        #expect(interval(91) == nil)
        order.status = .completed
        #expect(interval(0) == .seconds(900) && interval(1) == .seconds(3600) && interval(10) == .seconds(36_000))
        #expect(interval(89) != nil && interval(90) == nil)
        #expect(interval(0, reopens: false) == nil)
        order.status = .cancelled
        #expect(interval(1) == .seconds(3600) && interval(1, reopens: false) == nil)
        // What has just changed is looked at again soon.
        order.course.history = [OrderCourse.Step(.cancelled, at: now + .seconds(10 * 86_400))]
        #expect(interval(10) == .seconds(900))
        order.status = .gone
        #expect(interval(0) == nil)
    }

    @Test func aBasketIsNoNumber() throws {
        let total = try money(100)
        #expect(order(total, agreed: total).hasNumber)
        let nameless = Order(id: .ofBasket("x1"), key: "k", status: .onHold, lines: [], total: total, placedAt: now)
        #expect(!nameless.hasNumber)
    }
}
