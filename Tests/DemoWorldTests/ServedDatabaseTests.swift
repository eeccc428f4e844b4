import DemoWorld
import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

/// A database that the demo made, served with the demo and without it.
@Suite struct ServedDatabaseTests {
    private func shows(_ state: ShowState, _ shop: Shop) async throws -> [Show] {
        try await shop.send(.get, "/v1/shows?state=\(state.rawValue)").value(as: Page<Show>.self).items
    }

    @Test func withoutTheDemoItIsServedAsItIs() async throws {
        let path = try await Shop.database(.demo)
        try await Shop.openWithoutDemo(database: path) { shop in
            let live = try await shows(.live, shop)
            #expect(live.count >= 3)
            let show = try #require(live.first).id
            let before = try await shop.head(show)
            shop.clock.advance(by: .seconds(3600))
            try await shop.server.advance()
            let after = try await shop.head(show)
            #expect(after.snapshot == before.snapshot && after.lastSequence == before.lastSequence)
            #expect(try await shop.server.inventory().hosts >= 10)
        }
    }

    /// Nobody tells without the demo what nobody has told yet of the past: the show is over, and there is nothing of it.
    @Test func anUntoldShowIsEmptyUntilTheDemoTellsIt() async throws {
        let path = try await Shop.database(.demo)
        var past: ShowID?
        try await Shop.openWithoutDemo(database: path) { shop in
            let show = try #require(try await shows(.ended, shop).first).id
            let head = try await shop.head(show)
            #expect(head.snapshot.state == .ended && head.lastSequence == 0)
            #expect(head.open.isClosed && head.open.events.isEmpty)
            #expect(try await shop.get(.segment(show, 0)) == head.open)
            #expect(try await shop.send(.get, Route.segment(show, 1).path).status == 404)
            past = show
        }
        try await Shop.open(.demo, database: path) { shop in
            let head = try await shop.head(try #require(past))
            #expect(head.lastSequence > 100 && head.snapshot.state == .ended)
        }
    }

    /// Play money is the demo's alone; what was bought with it stays.
    @Test func playMoneyIsTheDemosAlone() async throws {
        let path = try await Shop.database(.demo)
        var (token, order): (String, Order?) = ("", nil)
        try await Shop.open(.demo, database: path) { shop in
            token = try await shop.guest()
            let quote = try await shop.quote("MV-101-SAGE", token: token)
            order = try await shop.order(quote, key: "k", token: token).value(201)
        }
        let bought = try #require(order)
        #expect(bought.payment?.label == "Card ·· 4242 (pays)")
        try await Shop.openWithoutDemo(database: path) { shop in
            let methods: Page<PaymentMethod> = try await shop.get(.paymentMethods, token: token)
            #expect(methods.items.isEmpty)
            let kept: Order = try await shop.get(.order(bought.id), token: token)
            #expect(kept.lines == bought.lines && kept.total == bought.total && kept.status == bought.status)
            let wish = #"{"lines":[{"sku":"MV-101-SAGE","quantity":1}]}"#
            #expect(try await shop.send(.post, "/v1/quotes", body: wish, token: token).status == 422)
        }
        try await Shop.open(.demo, database: path) { shop in
            shop.clock.advance(by: .seconds(60))
            try await shop.server.advance()
            #expect(try await shop.get(.order(bought.id), token: token, as: Order.self).status == .inTransit)
        }
    }

    @Test func theDemoDoesNotRunSomebodysOwnShop() async throws {
        let path = try Folder.make() + "/own.sqlite"
        try await Shop.openWithoutDemo(database: path) { shop in
            #expect(try await shop.server.inventory() == (0, 0, 0))
            #expect(try await shows(.live, shop).isEmpty)
            try await shop.server.studio { try $0.add(HostDraft(id: "ada", name: "Ada")) }
        }
        let error = await #expect(throws: ServerFailure.self) {
            try await Shop.open(.demo, database: path) { _ in }
        }
        #expect(error?.description.hasPrefix("this database is no demo's: ") == true)
    }
}
