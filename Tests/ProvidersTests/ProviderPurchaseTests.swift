import Domain
import Foundation
import HTTPTransport
import Providers
import Testing
import Text

/// What may and may not be read from replies about money.
@Suite struct ProviderPurchaseTests {
    private let quoteQuery = ShopQuery.quote("BAG-01-TAN", quantity: 1, show: nil)

    private func isNotUnderstood(_ query: ShopQuery, _ name: String, status: Int = 200) throws -> Bool {
        guard case .notUnderstood? = try failure(query, reply(status, fixture(name))) else { return false }
        return true
    }

    @Test func aQuoteSaysWhatItCosts() throws {
        guard case .quote(let quote) = try answer(quoteQuery, "quote", status: 201) else { throw Unexpected() }
        #expect(quote.total == (try francs(13_950)))
        #expect(quote.discounts.map(\.amount) == [try francs(-1450)])
        #expect(quote.taxIncluded)
    }

    @Test(arguments: [
        "quote-other-sku", "quote-other-quantity", "quote-two-currencies", "quote-negative",
        "quote-unreadable-discount",
    ])
    func aQuoteForSomethingElseIsNone(name: String) throws {
        #expect(try isNotUnderstood(quoteQuery, name))
    }

    @Test("A new price that comes with a no counts only where it is for what was asked, in one unit of one currency")
    func theQuoteOfARefusalIsLookedAtAsWell() throws {
        let quote = String(decoding: try fixture("quote"), as: UTF8.self)
        func refused(_ quote: String) throws -> Refusal? {
            let body = #"{"code": "total_above_maximum", "title": "dearer", "quote": \#(quote)}"#
            guard
                case .refused(let refusal)? = try failure(
                    .placeOrder(try intent()), reply(409, Data(body.utf8), type: "application/problem+json"))
            else { return nil }
            return refusal
        }
        #expect(try refused(quote)?.quote != nil)
        for (text, other) in [("BAG-01-TAN", "BAG-02"), ("\"exponent\": 2", "\"exponent\": 4"), ("\"CHF\"", "\"EUR\"")]
        {
            let place = try #require(quote.range(of: text))
            let refusal = try refused(quote.replacingCharacters(in: place, with: other))
            #expect(refusal != nil && refusal?.quote == nil, "\(other)")
        }
    }

    @Test func anOrderIsTheOneOfItsKey() throws {
        let query = ShopQuery.placeOrder(try intent())
        guard case .order(let order) = try answer(query, "order", status: 201) else { throw Unexpected() }
        #expect(order.id == "order-1" && order.status == .awaitingShipment && order.canCancel)
        #expect(try isNotUnderstood(query, "order-of-another-key", status: 201))
        #expect(try isNotUnderstood(query, "empty-page", status: 201))
    }

    @Test func anOrderIsFoundByItsKey() throws {
        let query = ShopQuery.traceOrder(try intent())
        guard case .order(let order) = try answer(query, "orders-by-key") else { throw Unexpected() }
        #expect(order.id == "order-1")
        #expect(try answer(query, "empty-page") == .noSuchOrder)
        #expect(try provider().decode(reply(404, fixture("problem-not-found")), for: query) == .noSuchOrder)
    }

    /// Each of these could hide an order that was paid for.
    @Test func noSuchOrderIsNeverGuessed() throws {
        let query = ShopQuery.traceOrder(try intent())
        #expect(try isNotUnderstood(query, "orders-by-key-unreadable"))
        #expect(try isNotUnderstood(query, "orders-by-key-of-another"))
        #expect(try isNotUnderstood(query, "problem-without-code", status: 404))
        #expect(try isNotUnderstood(query, "service"))
        guard case .notUnderstood? = try failure(query, reply(404, type: nil)) else { throw Unexpected() }
    }

    @Test func aListOfOrdersShowsThoseItCan() throws {
        guard case .orders(let orders, "2") = try answer(.orders(cursor: nil), "orders") else { throw Unexpected() }
        #expect(orders.map(\.id) == ["order-1"])
    }

    @Test func aRefusalCarriesTheTruth() throws {
        let query = ShopQuery.placeOrder(try intent())
        guard case .refused(let soldOut)? = try problem(query, "problem-sold-out", status: 409) else {
            throw Unexpected()
        }
        #expect(soldOut.code == "sold_out" && soldOut.stock == 1)
        #expect(soldOut.message.string.hasPrefix("Only 1 left of BAG-01-TAN"))
        #expect(!soldOut.message.string.unicodeScalars.contains("\u{1B}"))

        guard case .refused(let dearer)? = try problem(query, "problem-total-above-maximum", status: 409) else {
            throw Unexpected()
        }
        #expect(dearer.quote?.total == (try francs(15_950)))

        guard case .refused(let odd)? = try problem(query, "problem-odd", status: 422) else { throw Unexpected() }
        #expect(odd == Refusal(code: "made_up_tomorrow", message: "made_up_tomorrow"))
    }

    @Test func aKeyInFlightIsNoRefusal() throws {
        let query = ShopQuery.placeOrder(try intent())
        #expect(try problem(query, "problem-in-flight", status: 409) == .busy(status: 409, retryAfterSeconds: nil))
    }

    @Test func onlyTheShopRefuses() throws {
        let query = ShopQuery.placeOrder(try intent())
        for status in [400, 402, 403, 407, 409, 412, 422] {
            #expect(try isNotUnderstood(query, "problem-without-code", status: status), "\(status)")
        }
        // What stands before the shop says these of an order, too, that it has let through.
        for status in [404, 408, 413] {
            #expect(try isNotUnderstood(query, "problem-not-found", status: status), "\(status)")
        }
        #expect(try problem(.order("order-1"), "problem-not-found", status: 404) == .notFound)
    }

    /// A portal's bare 401 must not cost a guest the account with its orders.
    @Test func onlyTheShopForgetsAnAccount() throws {
        #expect(try problem(.follows, "problem-unauthorized", status: 401) == .unauthorized)
        guard case .notUnderstood? = try failure(.follows, reply(401, type: nil)) else { throw Unexpected() }
    }
}
