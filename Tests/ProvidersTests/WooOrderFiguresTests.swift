import Domain
import Foundation
import LiveAPI
import Testing

@testable import Providers

/// What `GET /order/{id}` says of money, which contradicts itself: amounts in hundredths beside another unit.
@Suite struct WooOrderFiguresTests {
    /// An order as a shop tells it; amounts as they stand in the reply.
    private struct Reply {
        var currency = "JPY"
        /// The unit that the reply names.
        var unit = 0
        var lines = ["13182"]
        var price = "1546800"
        var items = "1318182"
        var shipping = "88000"
        var tax = "140600"
        var refund = "0"

        func read() throws -> WooOrderState {
            let money = #""currency_code":"\#(currency)","currency_minor_unit":\#(unit)"#
            let items = lines.enumerated().map { index, total in
                #"{"key":"wc_order_x","id":\#(index + 1),"quantity":1,"name":"Lamp","prices":{"price":"\#(total)","#
                    + #"\#(money)},"totals":{"line_total":"\#(total)",\#(money)}}"#
            }
            let totals =
                #""total_price":"\#(price)","total_items":"\#(self.items)","total_shipping":"\#(shipping)","#
                + #""total_fees":"0","total_tax":"\#(tax)","total_refund":"\#(refund)",\#(money)"#
            let text =
                #"{"id":60,"status":"on-hold","items":[\#(items.joined(separator: ","))],"totals":{\#(totals)}}"#
            return try WireJSON.decodeRequest(WooOrderState.self, from: Data(text.utf8))
        }

        func reading(agreed amount: Int64) throws -> WooOrderFigures.Reading {
            let agreed = try #require(Money(amount: amount, exponent: unit, currency: currency))
            return try read().reading(agreed: agreed)
        }
    }

    private func yen(_ amount: Int64) -> Money? { Money(amount: amount, exponent: 0, currency: "JPY") }
    private func dinars(_ amount: Int64, _ exponent: Int = 3) -> Money? {
        Money(amount: amount, exponent: exponent, currency: "KWD")
    }

    @Test func readsHundredthsOfACurrencyWithoutDecimals() throws {
        #expect(try Reply().reading(agreed: 15_468).total == yen(15_468))
        // The price has risen in the moment of buying: that is told in the right unit, too.
        #expect(try Reply().reading(agreed: 15_000).total == yen(15_468))
        #expect(try Reply(refund: "500000").reading(agreed: 15_468).refunded == yen(5000))
    }

    @Test func readsTheRightUnitWhereAShopUsesIt() throws {
        let right = Reply(price: "15468", items: "13182", shipping: "880", tax: "1406")
        #expect(try right.reading(agreed: 15_468).total == yen(15_468))
        #expect(try right.reading(agreed: 14_000).total == yen(15_468))
    }

    /// Hundredths have lost the last of three decimals.
    @Test func readsThreeDecimalsFromHundredths() throws {
        let reply = Reply(
            currency: "KWD", unit: 3, lines: ["10255"], price: "1278", items: "1026", shipping: "200", tax: "52")
        #expect(try reply.reading(agreed: 12_777).total == dinars(12_777))
        #expect(try reply.reading(agreed: 12_000).total == dinars(12_780))
    }

    @Test func twoDecimalsAreAsTheyStand() throws {
        let reply = Reply(
            currency: "USD", unit: 2, lines: ["1800"], price: "2300", items: "1800", shipping: "500", tax: "0")
        #expect(try reply.reading(agreed: 2300).total == Money(amount: 2300, exponent: 2, currency: "USD"))
        #expect(try reply.reading(agreed: 2000).total == Money(amount: 2300, exponent: 2, currency: "USD"))
    }

    @Test func whatContradictsItselfIsNotRead() throws {
        // Neither unit is that of the lines.
        #expect(try Reply(lines: ["777"]).reading(agreed: 15_000).total == nil)
        // The parts come to something else than the whole.
        #expect(try Reply(price: "9946800").reading(agreed: 15_468).total == nil)
        // No lines: only what was agreed can tell which unit it is.
        #expect(try Reply(lines: []).reading(agreed: 15_468).total == yen(15_468))
        #expect(try Reply(lines: []).reading(agreed: 15_000).total == nil)
        #expect(try Reply(price: "-1546800").read().figures == nil)
        #expect(try Reply(price: "").read().reading(agreed: try #require(yen(1))).total == nil)
    }

    @Test func whatCostsNothingIsRead() throws {
        let free = Reply(lines: ["0"], price: "0", items: "0", shipping: "0", tax: "0")
        #expect(try free.reading(agreed: 0).total == yen(0))
    }

    @Test(arguments: ["9223372036854775807", "922337203685477580"])
    func whatIsTooLargeIsNotRead(_ price: String) throws {
        #expect(try Reply(price: price, items: price).reading(agreed: 15_468).total == nil)
    }
}
