import SeededRandom
import Testing

@testable import Domain

@Suite("Money is exact or it is nil")
struct MoneyTests {
    private func francs(_ amount: Int64, exponent: Int = 2) throws -> Money {
        try #require(Money(amount: amount, exponent: exponent, currency: "CHF"))
    }

    @Test("Only ISO 4217 codes and sensible exponents make money", arguments: ["", "CH", "CHFR", "chf", "CHÜ", "C F"])
    func refusesStrangeCurrencies(code: String) {
        #expect(Money(amount: 1, exponent: 2, currency: code) == nil)
    }

    @Test(arguments: [Int.min, -1, 7, Int.max]) func refusesStrangeExponents(exponent: Int) {
        #expect(Money(amount: 1, exponent: exponent, currency: "CHF") == nil)
        #expect(Money(decimal: "1", exponent: exponent, currency: "CHF") == nil)
    }

    @Test func addsAcrossExponents() throws {
        #expect(try francs(150).adding(francs(5, exponent: 3)) == francs(1505, exponent: 3))
        #expect(try francs(150).adding(francs(-150)) == francs(0))
    }

    @Test func addingCurrenciesIsNil() throws {
        let yen = try #require(Money(amount: 1, exponent: 0, currency: "JPY"))
        #expect(try francs(1).adding(yen) == nil)
        #expect(try francs(1).exceeds(yen) == nil)
    }

    @Test func overflowIsNil() throws {
        let most = try francs(.max)
        #expect(try most.adding(francs(1)) == nil)
        #expect(try francs(.min).adding(francs(-1)) == nil)
        #expect(most.multiplied(by: 2) == nil)
        #expect(try francs(.min).negated == nil)
        #expect(most.rescaled(to: 3) == nil)
        #expect(most.percent(101) == nil)
        // Rounding comes after multiplying, and may be what does not fit.
        #expect(most.percent(1) == nil)
        #expect(try francs(.min).percent(1) == nil)
    }

    @Test(arguments: [(1450, 8, 116), (1, 50, 1), (-1, 50, -1), (1, 49, 0), (999, 100, 999), (333, -20, -67)])
    func percentRoundsHalfAwayFromZero(amount: Int64, percent: Int, expected: Int64) throws {
        #expect(try francs(amount).percent(percent) == francs(expected))
    }

    @Test func rescalingLosesNothing() throws {
        #expect(try francs(1200).rescaled(to: 0) == francs(12, exponent: 0))
        #expect(try francs(1250).rescaled(to: 0) == nil)
        #expect(try francs(12).rescaled(to: 6) == francs(120_000, exponent: 6))
        for strange in [Int.min, -1, 7, Int.max] { #expect(try francs(0).rescaled(to: strange) == nil) }
    }

    @Test func comparesAcrossExponents() throws {
        #expect(try francs(1001, exponent: 3).exceeds(francs(100)) == true)
        #expect(try francs(1000, exponent: 3).exceeds(francs(100)) == false)
        #expect(try francs(100).exceeds(francs(100)) == false)
    }

    @Test(
        "Digits as screens show them",
        arguments: [
            (128_450, 2, "1 284.50"), (-128_450, 2, "-1 284.50"), (5, 3, "0.005"), (0, 0, "0"),
            (1_234_567, 0, "1 234 567"),
            (999, 0, "999"), (100_000, 2, "1 000.00"), (-5, 2, "-0.05"), (Int64.min, 2, "-92 233 720 368 547 758.08"),
        ])
    func grouping(amount: Int64, exponent: Int, expected: String) throws {
        let money = try francs(amount, exponent: exponent)
        #expect(money.groupedString == expected)
        #expect(money.displayString == "CHF " + expected)
        #expect(money.decimalString == expected.filter { $0 != " " })
    }

    @Test(arguments: [("145", 14500), ("145.5", 14550), ("145.05", 14505), ("-3", -300), ("0.00", 0), ("007", 700)])
    func readsDecimals(text: String, amount: Int64) throws {
        #expect(try Money(decimal: text, exponent: 2, currency: "CHF") == francs(amount))
    }

    @Test(arguments: [
        "", ".", "1.", ".5", "1.234", "1,5", "1e3", "+1", "--1", "-", " 1", "1 ", "1.2.3", "٣", "1_000", "0x1", "NaN",
        "92233720368547758.08", "999999999999999999999999",
    ])
    func refusesWhatIsNoDecimal(text: String) {
        #expect(Money(decimal: text, exponent: 2, currency: "CHF") == nil)
    }

    @Test func yenHaveNoDecimalsAndDinarsThree() throws {
        #expect(CurrencyExponents.exponent(of: "JPY") == 0)
        #expect(CurrencyExponents.exponent(of: "KWD") == 3)
        #expect(CurrencyExponents.exponent(of: "CLF") == 4)
        #expect(CurrencyExponents.exponent(of: "CHF") == 2)
        #expect(Money(decimal: "12.0", exponent: 0, currency: "JPY") == nil)
        #expect(Money(decimal: "12", exponent: 0, currency: "JPY")?.displayString == "JPY 12")
        #expect(Money(decimal: "1.005", exponent: 3, currency: "KWD")?.amount == 1005)
    }

    @Test("What is written is read again, for every exponent") func decimalsRoundTrip() throws {
        var random = Seeded(1)
        for _ in 0..<2_000 {
            let money = try francs(random.amount(), exponent: Int.random(in: 0...6, using: &random))
            #expect(Money(decimal: money.decimalString, exponent: money.exponent, currency: "CHF") == money)
        }
    }

    @Test("Sums agree with wider arithmetic, or are nil where 64 bits do not hold them") func sumsAreExact() throws {
        var random = Seeded(2)
        for _ in 0..<2_000 {
            let (a, b) = (try francs(random.amount()), try francs(random.amount()))
            let wide = Int128(a.amount) + Int128(b.amount)
            #expect(a.adding(b).map { Int128($0.amount) } == (Int64(exactly: wide) == nil ? nil : wide))
            #expect(a.adding(b) == b.adding(a))
            let count = Int.random(in: -200...200, using: &random)
            let product = Int128(a.amount) * Int128(count)
            #expect(
                a.multiplied(by: count).map { Int128($0.amount) } == (Int64(exactly: product) == nil ? nil : product))
        }
    }

    @Test("Percentages agree with wider arithmetic wherever there is an answer") func percentagesAreExact() throws {
        var random = Seeded(3)
        for _ in 0..<2_000 {
            let money = try francs(random.amount())
            let percent = Int.random(in: -100...200, using: &random)
            guard let part = money.percent(percent) else { continue }
            let exact = Int128(money.amount) * Int128(percent)
            #expect((exact - Int128(part.amount) * 100).magnitude <= 50)
        }
    }

    @Test("Finer and coarser again is the same amount") func rescalingRoundTrips() throws {
        var random = Seeded(4)
        for _ in 0..<2_000 {
            let money = try francs(random.amount(), exponent: Int.random(in: 0...6, using: &random))
            guard let finer = money.rescaled(to: 6) else { continue }
            #expect(finer.rescaled(to: money.exponent) == money)
            #expect(finer.exceeds(money) == false)
            #expect(money.exceeds(finer) == false)
        }
    }
}
