import Testing

@testable import Domain

@Suite("A budget is kept exactly, or nothing is bought")
struct BudgetTests {
    /// Noon in the middle of a month, wherever the tests run.
    private let now = Timestamp(seconds: 1_763_640_000)

    private func francs(_ amount: Int64) throws -> Money {
        try #require(Money(amount: amount, exponent: 2, currency: "CHF"))
    }

    private func budget(_ limits: [Budget.Period: Int64]) throws -> Budget {
        var budget = Budget()
        for (period, amount) in limits { budget.limit(period, to: try francs(amount)) }
        return budget
    }

    private func isWithin(_ verdict: Budget.Verdict) -> Bool { if case .within = verdict { true } else { false } }

    @Test func toTheLastCent() throws {
        let budget = try budget([.order: 14500])
        #expect(isWithin(budget.verdict(on: try francs(14500), after: [], now: now)))
        #expect(!isWithin(budget.verdict(on: try francs(14501), after: [], now: now)))
    }

    @Test func whatWasSpentTodayAndThisMonthCounts() throws {
        let budget = try budget([.day: 10000, .month: 20000])
        let today = Spending(try francs(6000), at: now - .seconds(60))
        let earlier = Spending(try francs(9000), at: now - .seconds(3 * 86400))
        let lastMonth = Spending(try francs(90000), at: now - .seconds(40 * 86400))
        #expect(isWithin(budget.verdict(on: try francs(4000), after: [today, earlier, lastMonth], now: now)))
        #expect(!isWithin(budget.verdict(on: try francs(4001), after: [today], now: now)))
        guard case .exceeded(let standing) = budget.verdict(on: try francs(6000), after: [today, earlier], now: now)
        else { return #expect(Bool(false), "beyond") }
        let excess = try francs(2000)
        #expect(standing.period == .day && standing.excess == excess)
        let month = try self.budget([.month: 20000])
        #expect(!isWithin(month.verdict(on: try francs(5001), after: [today, earlier], now: now)))
    }

    @Test func eachCurrencyByItself() throws {
        let yen = try #require(Money(amount: 900_000, exponent: 0, currency: "JPY"))
        let budget = try budget([.order: 100, .month: 100])
        #expect(isWithin(budget.verdict(on: yen, after: [], now: now)))
        #expect(isWithin(budget.verdict(on: try francs(100), after: [Spending(yen, at: now)], now: now)))
    }

    @Test func whatCannotBeReckonedIsBeyond() throws {
        let most = Spending(try francs(.max), at: now)
        #expect(!isWithin(try budget([.month: .max]).verdict(on: try francs(1), after: [most, most], now: now)))
        var unreadable = Budget()
        unreadable.isUnreadable = true
        #expect(unreadable.verdict(on: try francs(0), after: [], now: now) == .unreadable)
    }
}
