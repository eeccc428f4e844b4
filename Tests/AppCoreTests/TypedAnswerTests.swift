import AppCore
import Domain
import Testing

@Suite("Only a line that names the total buys")
struct TypedAnswerTests {
    private func answer(_ line: String, exponent: Int = 2) -> TypedAnswer? {
        Money(amount: 128_450, exponent: exponent, currency: "CHF").map { TypedAnswer(line, total: $0) }
    }

    @Test(arguments: [
        "buy for 1284.50", "yes 1284.50", "  BUY  For CHF 1284.50 ", "yes 1284.50 chf", "yes 1284.5",
    ])
    func theTotalConfirms(line: String) { #expect(answer(line) == .confirms) }

    @Test(arguments: [
        "yes", "buy for", "yes 1284.51", "yes 1284", "buy for 1.00", "yes EUR 1284.50", "yes -1284.50", "yes 1284.500",
        "yes 1284.50 1284.50", "yes CHF", "yes yes 1284.50", "yes 1 284.50",
    ])
    func anotherAmountDoesNot(line: String) { #expect(answer(line) == .otherAmount) }

    @Test(arguments: ["", " ", "y", "no", "1284.50", "buy", "buy 1284.50", "ok 1284.50", "for 1284.50"])
    func anythingElseIsANo(line: String) { #expect(answer(line) == .other) }

    @Test func buyingWordsDoNotCancel() throws {
        let total = try #require(Money(amount: 128_450, exponent: 2, currency: "CHF"))
        #expect(TypedAnswer("buy for 1284.50", to: .cancelling, total: total) == .other)
        #expect(TypedAnswer("yes 1284.50", to: .cancelling, total: total) == .confirms)
        #expect(TypedAnswer("yes 1284.51", to: .cancelling, total: total) == .otherAmount)
    }

    @Test func aCurrencyWithoutDecimals() {
        #expect(answer("yes 128450", exponent: 0) == .confirms)
        #expect(answer("yes 1284.50", exponent: 0) == .otherAmount)
    }
}
