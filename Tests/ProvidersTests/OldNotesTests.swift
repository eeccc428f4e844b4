import Domain
import Foundation
import Testing

@testable import Providers

/// Notes of purchases that version 0.1.0 wrote, each as it lies in the database.
@Suite struct OldNotesTests {
    private func note<Value: Codable & Hashable>(_ name: String, as type: Value.Type) throws -> Value {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/old-notes/" + name, withExtension: "json"))
        let value = try #require(ShopNote.value(type, String(decoding: try Data(contentsOf: url), as: UTF8.self)))
        // Written again it says the same.
        #expect(ShopNote.value(type, try ShopNote.text(value)) == value)
        return value
    }

    /// All that a purchase whose reply was lost is found by.
    @Test func aPurchaseUnderWayIsFoundByItsNote() throws {
        let purchase = try note("woo-sent", as: WooPurchase.self)
        #expect(purchase.state == .sent && purchase.canAsk && !purchase.mayBeAnOrder)
        #expect(purchase.number == 103 && purchase.orderKey == "wc_order_103abc")
        #expect(purchase.email == "ana@example.org" && purchase.agreed?.amount == 2300)
        #expect(try ShopNote.text(purchase).contains(#""session":{"nonce":"nonce25","token":"t_20x.25"}"#))
        #expect(purchase.order.lines.map(\.sku) == ["31"] && purchase.order.total.amount == 2300)
    }

    @Test func aPlacedPurchaseIsRead() throws {
        let purchase = try note("woo-placed", as: WooPurchase.self)
        #expect(purchase.state == .placed && purchase.number == 101 && purchase.order.status == .awaitingShipment)
        #expect(purchase.order.bill?.shipping.amount.amount == 500 && purchase.order.payment?.kind == .later)
    }

    @Test func aRefusedPaymentIsRead() throws {
        let purchase = try note("woo-not-paid", as: WooPurchase.self)
        #expect(purchase.order.declined == "Not at this address." && purchase.refusal == "Not at this address.")
        #expect(purchase.hasBrokenOff == true && purchase.order.checkoutURL?.hasSuffix("key=wc_order_102abc") == true)
    }

    @Test(arguments: [("woo-handover", OrderStatus.unpaid), ("shopify-handover", .unpaid), ("shopify-gone", .gone)])
    func aHandOverIsRead(_ name: String, _ status: OrderStatus) throws {
        let known = try note(name, as: HandedOver.self)
        #expect(known.order.status == status && known.order.payment?.kind == .handover)
        #expect((known.basket != nil) == (name == "shopify-handover"))
        #expect((known.order.checkoutExpiresAt != nil) == (name == "woo-handover"))
    }
}
