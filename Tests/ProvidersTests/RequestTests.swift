import Domain
import Foundation
import HTTPTransport
import Providers
import Testing

@Suite struct RequestTests {
    private func request(_ query: ShopQuery) throws -> HTTPRequest {
        try provider().request(for: query, account: guest)
    }

    private func body(_ query: ShopQuery) throws -> String {
        String(decoding: try #require(try request(query).body), as: UTF8.self)
    }

    @Test func everyQuestionHasItsPlace() throws {
        let placed = try everyQuery().map { query in
            let request = try request(query)
            return request.method.rawValue + " "
                + request.url.replacingOccurrences(of: "https://shop.example", with: "")
        }
        #expect(
            placed == [
                "GET /v1", "GET /v1/shows", "GET /v1/shows/autumn-bags", "GET /v1/shows/autumn-bags/head",
                "GET /v1/shows/autumn-bags/timeline/2", "GET /v1/shows/autumn-bags/moments", "GET /v1/hosts",
                "GET /v1/hosts/mira", "GET /v1/products", "GET /v1/products?host=mira", "GET /v1/products/bag-01",
                "GET /v1/products/bag-01/reviews", "POST /v1/guests",
                "GET /v1/me/follows", "PUT /v1/me/follows/mira", "DELETE /v1/me/follows/mira",
                "POST /v1/shows/autumn-bags/messages", "GET /v1/me/payment-methods", "GET /v1/me/addresses",
                "POST /v1/quotes", "POST /v1/orders", "GET /v1/orders", "GET /v1/orders?key=key-1",
                "GET /v1/orders/order-1", "POST /v1/orders/order-1/cancel",
                "POST /v1/orders/order-1/return",
            ])
    }

    @Test func searchesAreEncoded() throws {
        let filter = ShowFilter(
            from: Timestamp(seconds: 0), state: .live, host: "mira", tag: "bags & belts", search: "größe=L?")
        #expect(
            try request(.shows(filter, cursor: "a/b")).url
                == "https://shop.example/v1/shows?from=1970-01-01T00%3A00%3A00.000Z&state=live&host=mira"
                + "&tag=bags%20%26%20belts&q=gr%C3%B6%C3%9Fe%3DL%3F&cursor=a%2Fb")
        #expect(try request(.show("../me/follows")).url == "https://shop.example/v1/shows/..%2Fme%2Ffollows")
        #expect(try request(.traceOrder(try intent("a&b"))).url == "https://shop.example/v1/orders?key=a%26b")
    }

    /// A public reading that named its reader could not be shared by caches, and would be a trace.
    @Test func onlyPrivateQuestionsCarryTheAccount() throws {
        for query in try everyQuery() {
            let authorization = try request(query).headers["Authorization"]
            #expect(authorization == (query.isPrivate ? "Bearer s3cret-token" : nil), "\(query)")
            if query.isPrivate {
                #expect(throws: ShopFailure.unauthorized) { try provider().request(for: query, account: nil) }
            } else {
                #expect(try provider().request(for: query, account: nil) == request(query))
            }
        }
    }

    @Test func aPurchaseGoesOnceWithItsKey() throws {
        let purchase = ShopQuery.placeOrder(try intent())
        let request = try request(purchase)
        #expect(request.headers["Idempotency-Key"] == "key-1")
        #expect(request.freshConnection)
        #expect(!purchase.policy.isIdempotent && purchase.policy.usesFreshConnection && !purchase.policy.isCacheable)
        #expect(
            try body(purchase)
                == #"{"maximumTotal":{"amount":13950,"currency":"CHF","exponent":2},"#
                + #""paymentMethod":"card-1","quote":"quote-1"}"#)
    }

    @Test func policiesFitWhatIsAsked() throws {
        for query in try everyQuery() {
            let request = try request(query)
            let policy = query.policy
            #expect(request.freshConnection == policy.usesFreshConnection, "\(query)")
            #expect(policy.isIdempotent == (request.method != .post), "\(query)")
            let isAskedAgain = [.orders(cursor: nil), .order("order-1")].contains(query)
            #expect(
                policy.isCacheable == (request.method == .get && (!query.isPrivate || isAskedAgain)), "\(query)")
        }
    }

    @Test func bodiesSayWhatIsMeant() throws {
        #expect(
            try body(.quote("BAG", quantity: 2, show: "autumn-bags"))
                == #"{"lines":[{"quantity":2,"sku":"BAG"}],"show":"autumn-bags"}"#)
        #expect(try body(.postMessage("a", text: "\"quoted\" / 🔥")) == #"{"text":"\"quoted\" / 🔥"}"#)
        #expect(try body(.returnOrder("o", .doesNotFit, note: "")) == #"{"reason":"does_not_fit"}"#)
        #expect(
            try body(.returnOrder("o", .damaged, note: "a crack")) == #"{"note":"a crack","reason":"damaged"}"#)
        #expect(try request(.openGuestAccount).body == nil)
        #expect(try request(.quote("BAG", quantity: 1, show: nil)).headers["Content-Type"] == "application/json")
    }

    @Test func whatCannotBeAskedIsNotSent() throws {
        let impossible: [ShopQuery] = [
            .quote("BAG", quantity: 0, show: nil), .quote("BAG", quantity: -1, show: nil),
            .postMessage("a", text: " \n "), .postMessage("a", text: String(repeating: "x", count: 501)),
            .segment("a", -1), .placeOrder(try intent("")), .placeOrder(try intent("key\r\nX-Evil: 1")),
        ]
        for query in impossible {
            let error = #expect(throws: ShopFailure.self) { try request(query) }
            guard case .notSent? = error else {
                Issue.record("\(query): \(String(describing: error))")
                continue
            }
        }
        #expect(try body(.postMessage("a", text: String(repeating: "🔥", count: 500))).contains("🔥"))
    }

    @Test func aDamagedTokenIsNeitherSentNorShown() throws {
        let account = Account(id: "guest-17", name: "Guest 17", token: "s3cret\r\nX-Evil: 1")
        let error = #expect(throws: ShopFailure.self) { try provider().request(for: .follows, account: account) }
        #expect(!"\(String(describing: error))".contains("s3cret"))
    }
}
