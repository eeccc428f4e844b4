import Domain
import Foundation
import LiveAPI
import SeededRandom
import Testing

@testable import Providers

/// Amounts as the Store API writes them, exactly, or not at all.
@Suite struct WooMoneyTests {
    private func prices(_ price: String, decimals: String, currency: String = "\"KWD\"") -> WooPrices? {
        let json = """
            {"price":\(price),"regular_price":\(price),"currency_code":\(currency),"currency_minor_unit":\(decimals)}
            """
        return try? WireJSON.decodeRequest(WooPrices.self, from: Data(json.utf8))
    }

    @Test func everyAmountComesThroughExactly() throws {
        for seed in 0..<500 as Range<UInt64> {
            var random = Seeded(seed)
            let amount = Int64.random(in: 0...Int64.max, using: &random) >> Int64.random(in: 0...62, using: &random)
            let decimals = Int.random(in: 0...6, using: &random)
            let read = try #require(prices("\"\(amount)\"", decimals: "\(decimals)")?.price)
            #expect(read == Money(amount: amount, exponent: decimals, currency: "KWD"))
        }
    }

    @Test(arguments: [
        ("JPY", 0, "1800", "JPY 1 800"), ("KWD", 3, "1800", "KWD 1.800"), ("CHF", 2, "1805", "CHF 18.05"),
        ("USD", 4, "180000", "USD 18.0000"), ("USD", 0, "18", "USD 18"),
    ])
    func theShopsOwnDecimalsCount(_ currency: String, _ decimals: Int, _ text: String, _ shown: String) {
        let price = prices("\"\(text)\"", decimals: "\(decimals)", currency: "\"\(currency)\"")?.price
        #expect(price?.displayString == shown)
    }

    @Test(arguments: [
        "18.00", "1e3", "+18", " 18", "18 ", "--1", "-", "0x10", "９", "9223372036854775808", "\\u0031.5", "1,800",
    ])
    func whatIsNoAmountIsRefused(_ text: String) { #expect(prices("\"\(text)\"", decimals: "2") == nil) }

    @Test func wrongKindsAreRefused() {
        #expect(prices("1800", decimals: "2") == nil)
        #expect(prices("\"-5\"", decimals: "2") == nil)
        #expect(prices("\"5\"", decimals: "7") == nil)
        #expect(prices("\"5\"", decimals: "-1") == nil)
        #expect(prices("\"5\"", decimals: "\"2\"") == nil)
        #expect(prices("\"5\"", decimals: "2", currency: "\"usd\"") == nil)
        #expect(prices("\"5\"", decimals: "2", currency: "null") == nil)
    }

    @Test func noPriceIsNone() {
        #expect(prices("\"\"", decimals: "2") != nil)
        #expect(prices("\"\"", decimals: "2")?.price == nil)
        #expect(prices("null", decimals: "2")?.price == nil)
    }

    @Test func anItemsNameIsItsSKU() throws {
        for text in ["25", "31?Size=Large", "31?Gr%C3%B6%C3%9Fe=L&Colour=Dark%20%26%20red"] {
            #expect(try #require(WooItem(SKU(text))).sku == SKU(text))
        }
        for text in [
            "", "0", "-1", "x", "25?", "25?a", "25?a=b=c", "25?a=%", "25?a=%zz", "25?a=%FF", "1234567890123456",
        ] {
            #expect(WooItem(SKU(text)) == nil, "\(text)")
        }
    }
}
