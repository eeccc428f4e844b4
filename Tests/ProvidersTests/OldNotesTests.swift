import DecoderOracle
import Domain
import Foundation
import HTTPTransport
import Synchronization
import Testing

@testable import Providers

/// Notes that version 0.1.0 wrote, one of each kind, each as it lies in the database.
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

    /// Baskets, which a quote that is on the screen during an upgrade is bought by.
    @Test func aBasketOfAQuoteIsRead() throws {
        let woo =
            #"{"asked":{"0":"flat_rate:2"},"contact":"1x7k","expiresAt":"2026-11-30T19:35:19.000Z","heldUntil":"2026-11-30T20:30:19.000Z","quantity":2,"selected":{"0":"flat_rate:2"},"session":{"nonce":"nonce25","token":"t_20x.25"},"sku":"31"}"#
        let basket = try #require(ShopNote.value(WooBasket.self, woo))
        #expect(basket.sku == "31" && basket.quantity == 2 && basket.contact == "1x7k" && basket.heldUntil != nil)
        #expect(basket.choice == ["0": "flat_rate:2"] && basket.selected == ["0": "flat_rate:2"])
        #expect(basket.session.headers["Cart-Token"] == "t_20x.25")
        #expect(try old(basket) == woo)
        let shopify =
            #"{"basket":"gid-secret","country":"CH","expiresAt":"2026-11-30T19:35:19.000Z","quantity":1,"sku":"9001"}"#
        let note = try #require(ShopNote.value(ShopifyNote.self, shopify))
        #expect(note.basket == "gid-secret" && note.country == "CH" && note.sku == "9001" && note.quantity == 1)
        #expect(try old(note) == shopify)
    }

    /// The way in which a Shopify shop is read, so that a new version does not ask again.
    @Test func aReadingIsRead() throws {
        let notes = [
            "reading/list": #"{"currency":"CHF","since":"2026-11-30T19:30:19.000Z"}"#, "reading/country": "CH",
        ]
        let now = try #require(Timestamp(rfc3339: "2026-11-30T20:30:19.000Z"))
        let reading = ShopifyProvider.Reading(notes, now)
        #expect(reading.currency == "CHF" && reading.country == "CH")
    }

    /// A stream's name, its schedule, a calendar, and who reads its chat: with all of them at hand, only the status and the chat
    /// are asked for.
    @Test func notesOfAStreamAreRead() async throws {
        let now = try #require(Timestamp(rfc3339: "2026-11-30T19:31:00.000Z"))
        let asked = #""askedAt":"2026-11-30T19:30:19.000Z","etag":"\"1\"","madeAt":"2026-11-30T19:30:19.000Z""#
        let plan =
            #"{"endsAt":"2026-12-01T20:00:00.000Z","id":"p1","isCancelled":false,"startsAt":"2026-12-01T19:00:00.000Z","summary":"","title":"Lamp hour"}"#
        let memory = ShopMemory.passing()
        let notes = [
            "owncast/config": "{" + asked
                + #","value":{"chatDisabled":false,"hideViewerCount":false,"name":"Ana Live","summary":"","tags":[]}}"#,
            "owncast/schedule": "{" + asked + #","value":[]}"#,
            "calendar/shows": "{" + asked + #","value":{"shows":[\#(plan)]}}"#,
            "owncast/chatter": #"{"since":"2026-11-30T19:30:19.000Z","token":"chatter-1"}"#,
        ]
        for (name, note) in notes { try memory.keep(name, note) }
        let urls = Mutex<[String]>([])
        let io = ShopIO.scripted(memory, account: nil, now: now) { request in
            urls.withLock { $0.append(request.url) }
            let status = #"{"online":true,"serverTime":"2026-11-30T19:31:00Z","versionNumber":"0.2.3","viewerCount":3}"#
            return reply(200, Data((request.url.contains("/chat") ? "[]" : status).utf8))
        }
        let stream = OwncastProvider(
            origin: try ShopOrigin("https://live.example"), calendar: CalendarSource(url: "https://cal.example/a.ics"))
        _ = try await stream.head("live", io)
        #expect(
            urls.withLock { $0 } == [
                "https://live.example/api/status", "https://live.example/api/chat?accessToken=chatter-1",
            ])
        let shows = try await stream.schedule(ShowFilter(), cursor: nil, io).items
        #expect(shows.map(\.title) == ["Ana Live", "Lamp hour"] && urls.withLock { $0.count } == 3)
    }

    @Test func aLaterVersionIsNoNote() throws {
        let text = try ShopNote.text(WooSession())
        #expect(text == #"{"note":{},"v":1}"#)
        #expect(ShopNote.value(WooSession.self, text) != nil)
        #expect(ShopNote.value(WooSession.self, text.replacing("1", with: "2")) == nil)
    }

    /// The text that version 0.1.0 wrote of it.
    private func old(_ value: some Encodable) throws -> String {
        let text = try ShopNote.text(value)
        return String(text.dropFirst(#"{"note":"#.count).dropLast(#","v":1}"#.count))
    }
}
