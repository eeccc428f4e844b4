import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

/// Somebody who is not who they would have to be.
@Suite struct StrangerTests {
    @Test func aTokenThatIsNobodysOpensNothing() async throws {
        try await Shop.open { shop in
            let token = try await shop.guest()
            let tokens = [
                "Bearer", "Bearer ", "Bearer x", "Bearer \(token)x", "Bearer \(token.dropLast())", "Bearer  \(token)",
                "Bearer \(token.uppercased())", "Bearer \(token) \(token)", "Basic \(token)", token,
                "Bearer ' OR 1=1 --", "Bearer " + String(repeating: "x", count: 505),
                "Bearer " + String(repeating: "x", count: 7000),
            ]
            for field in tokens {
                for (method, route): (HTTPMethod, Route) in [(.get, .me), (.get, .orders), (.post, .quotes)] {
                    let answer = try await shop.send(
                        method, route.path, body: nil, token: nil, fields: [("Authorization", field)],
                        at: #_sourceLocation)
                    #expect(answer.status == 401, "\(field)")
                    #expect(answer.headers["WWW-Authenticate"] != nil)
                }
            }
            let scheme = [("Authorization", "bearer \(token)")]
            let answer = try await shop.send(
                .get, Route.me.path, body: nil, token: nil, fields: scheme, at: #_sourceLocation)
            #expect(answer.status == 200)
        }
    }

    /// Another account's order is no order, for reading and for everything else, by its id and by its key.
    @Test func anothersOrderIsNotThere() async throws {
        try await Shop.open { shop in
            let show = try await shop.liveShow()
            let sku = try #require(try await shop.head(show.show.id).snapshot.onAir.first?.sku)
            let (owner, stranger) = try await (shop.guest(), shop.guest())
            let quote = try await shop.quote(sku, token: owner)
            let order: Order = try await shop.order(quote, key: "k-1", token: owner).value(201)
            let wish = #"{"reason":"changed_mind"}"#
            func asked(_ token: String, _ id: OrderID) async throws -> [HTTPResponse] {
                [
                    try await shop.send(.get, Route.order(id).path, token: token),
                    try await shop.send(.post, Route.returnOrder(id).path, body: wish, token: token),
                    try await shop.send(.post, Route.cancelOrder(id).path, token: token),
                ]
            }
            let nowhere = try await asked(stranger, "o-none")
            let anothers = try await asked(stranger, order.id)
            #expect(anothers.map(\.status) == [404, 404, 404])
            // Nothing tells it from one that never was.
            #expect(anothers.map(\.body) == nowhere.map(\.body))
            let orders: Page<Order> = try await shop.get(.orders, token: stranger)
            #expect(orders.items.isEmpty)
            let byKey = try await shop.send(.get, "/v1/orders?key=k-1", token: stranger)
            let found: Page<Order> = try byKey.value()
            #expect(found.items.isEmpty)
            // Nor can another's quote be bought, or their key be used up.
            #expect(try await shop.order(quote, key: "k-2", token: stranger).status == 422)
            let own = try await shop.quote(sku, token: stranger)
            #expect(try await shop.order(own, key: "k-1", token: stranger).status == 201)
            let untouched: Order = try await shop.get(.order(order.id), token: owner)
            #expect(untouched.status == order.status)
        }
    }
}
