import Domain
import Foundation
import HTTPTransport
import Providers
import Testing

let guest = Account(id: "guest-17", name: "Guest 17", token: "s3cret-token")

func provider() throws -> VitrineAPIProvider { try VitrineAPIProvider(origin: "https://shop.example") }

/// The bytes of `Fixtures/vitrine/NAME.json`.
func fixture(_ name: String) throws -> Data {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/vitrine/" + name, withExtension: "json"))
    return try Data(contentsOf: url)
}

func reply(
    _ status: Int = 200, _ body: Data = Data(), type: String? = "application/json", headers: [(String, String)] = []
) -> HTTPResponse {
    var fields = HTTPHeaders()
    if let type { fields.append("Content-Type", type) }
    for (name, value) in headers { fields.append(name, value) }
    return HTTPResponse(status: status, headers: fields, body: body)
}

/// The answer to `query` when the server sends this fixture.
func answer(_ query: ShopQuery, _ name: String, status: Int = 200) throws -> ShopAnswer {
    try provider().decode(reply(status, fixture(name)), for: query)
}

/// Why `query` has no answer when the server sends this.
func failure(_ query: ShopQuery, _ response: HTTPResponse) throws -> ShopFailure? {
    let provider = try provider()
    return #expect(throws: ShopFailure.self) { try provider.decode(response, for: query) }
}

func problem(_ query: ShopQuery, _ name: String, status: Int) throws -> ShopFailure? {
    try failure(query, reply(status, fixture(name), type: "application/problem+json"))
}

func francs(_ amount: Int64) throws -> Money {
    try #require(Money(amount: amount, exponent: 2, currency: "CHF"))
}

func intent(_ key: String = "key-1") throws -> OrderIntent {
    OrderIntent(
        key: key, account: "https://shop.example", buyer: "guest-1", sku: "BAG-01-TAN", title: "Bag", quantity: 1,
        quote: "quote-1", quoteExpiresAt: Timestamp(seconds: 301), paymentMethod: "card-1",
        maximumTotal: try francs(13_950), show: "autumn-bags",
        createdAt: Timestamp(seconds: 1))
}

/// One of each question, so that what holds for all is tried on all.
func everyQuery() throws -> [ShopQuery] {
    [
        .service, .shows(ShowFilter(), cursor: nil), .show("autumn-bags"), .head("autumn-bags"),
        .segment("autumn-bags", 2), .moments("autumn-bags"), .hosts(search: nil, cursor: nil), .host("mira"),
        .products(search: nil, show: nil, cursor: nil), .productsOfHost("mira", search: nil, cursor: nil),
        .product("bag-01"),
        .reviews("bag-01", cursor: nil), .openGuestAccount, .follows,
        .follow("mira"), .unfollow("mira"), .postMessage("autumn-bags", text: "hello"), .paymentMethods, .addresses,
        .quote("BAG-01-TAN", quantity: 1, show: nil), .placeOrder(try intent()), .orders(cursor: nil),
        .traceOrder(try intent()), .order("order-1"), .cancelOrder("order-1"),
        .returnOrder("order-1", .damaged, note: "a crack"),
    ]
}
