import Domain
import SeededRandom
import Testing

@testable import Providers

/// Decimals of any scale, exactly, or not at all.
@Suite struct ShopifyMoneyTests {
    private static let currencies = ["JPY": 0, "CHF": 2, "KWD": 3]

    @Test func everyAmountComesThroughInEveryScale() throws {
        for seed in 0..<2000 as Range<UInt64> {
            var random = Seeded(seed)
            let (currency, decimals) = try #require(
                Self.currencies.sorted { $0.key < $1.key }.randomElement(using: &random))
            let amount = Int64.random(in: 0...Int64.max, using: &random) >> Int64.random(in: 4...62, using: &random)
            let money = try #require(Money(amount: amount, exponent: decimals, currency: currency))
            // As few decimals as say it, or more of them than the currency has.
            var text = money.decimalString
            if decimals > 0 { while text.last == "0" { text.removeLast() } }
            if text.last == "." { text.removeLast() }
            let shortest = text
            if !text.contains(".") { text += "." }
            text += String(repeating: "0", count: Int.random(in: 1...9, using: &random))
            for written in [shortest, text, money.decimalString] {
                #expect(ShopifyMoney.money(written, currency) == money, "\(written) \(currency)")
            }
        }
    }

    /// What is finer than the currency is not rounded.
    @Test func noDigitIsLost() throws {
        for seed in 0..<1000 as Range<UInt64> {
            var random = Seeded(seed)
            let (currency, _) = try #require(Self.currencies.sorted { $0.key < $1.key }.randomElement(using: &random))
            let amount = Int64.random(in: 1...999_999_999, using: &random)
            let exponent = Int.random(in: 4...6, using: &random)
            let fine = try #require(Money(amount: amount * 10 + 7, exponent: exponent, currency: currency))
            #expect(ShopifyMoney.money(fine.decimalString, currency) == fine)
        }
    }

    @Test(arguments: [
        ("145.0", "CHF", "CHF 145.00"), ("145", "CHF", "CHF 145.00"), ("7.99", "CHF", "CHF 7.99"),
        ("1500.0", "JPY", "JPY 1 500"), ("1500.50", "JPY", "JPY 1 500.5"), ("145.5", "KWD", "KWD 145.500"),
        ("0.0", "USD", "USD 0.00"), ("0.005", "USD", "USD 0.005"),
        ("922337203685477580.7", "JPY", "JPY 922 337 203 685 477 580.7"),
    ])
    func isShownAsItIsWritten(_ text: String, _ currency: String, _ shown: String) {
        #expect(ShopifyMoney.money(text, currency)?.displayString == shown)
    }

    @Test(arguments: [
        "", ".", "1.", ".5", "-1", "+1", "1e3", "0x10", "1,000.0", "1 000", "١٢", "１２", "NaN", "Infinity", "1.2.3",
        "1.-5",
        "12.3456789", "9223372036854775808", "92233720368547758.08", "1\u{0}", "1\n", " 1", "1\u{301}",
        "00000000000000000000000000000000001",
    ])
    func whatIsNoAmountIsRefused(_ text: String) { #expect(ShopifyMoney.money(text, "CHF") == nil) }

    @Test func hostileTextIsReadExactlyOrRefused() {
        let pieces = ["0", "1", "9", "00", ".", "-", "+", "e", ",", " ", "\u{202E}", "٣", "\u{0}", "99999999"]
        for seed in 0..<4000 as Range<UInt64> {
            var random = Seeded(seed)
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
            }
            .joined()
            guard let money = ShopifyMoney.money(text, "CHF") else { continue }
            #expect(text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }, "\(text)")
            #expect(!money.isNegative)
            #expect(trimmed(money.decimalString) == trimmed(text), "\(text)")
        }
    }

    /// Without zeros that say nothing.
    private func trimmed(_ text: String) -> String {
        var text = text.contains(".") ? text : text + "."
        while text.last == "0" { text.removeLast() }
        return String(text.drop { $0 == "0" })
    }

    @Test(arguments: ["", "chf", "CH", "CHFX", "ÇHF", "12F"])
    func whatIsNoCurrencyIsRefused(_ currency: String) { #expect(ShopifyMoney.money("1.0", currency) == nil) }

    @Test func amountsBesideEachOtherHaveTheSameDecimals() throws {
        let amounts = try ["145.0", "0.005", "7"].map { try #require(ShopifyMoney.money($0, "CHF")) }
        #expect(ShopifyMoney.alike(amounts)?.map(\.decimalString) == ["145.000", "0.005", "7.000"])
        #expect(ShopifyMoney.alike(amounts + [try #require(ShopifyMoney.money("1", "USD"))]) == nil)
        #expect(ShopifyMoney.alike([]) == nil)
    }

    @Test func namesAreNumbers() {
        #expect(ShopifyNumber.number("gid://shopify/Product/7001", .product) == "7001")
        for gid in [
            "gid://shopify/ProductVariant/1", "7001", "gid://shopify/Product/", "gid://shopify/Product/1?x",
            "gid://shopify/Product/01",
        ] {
            #expect(ShopifyNumber.number(gid, .product) == nil, "\(gid)")
        }
    }
}
