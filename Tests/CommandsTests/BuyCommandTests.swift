import AppCore
import Commands
import Domain
import FaceTesting
import FoundationEssentials
import HTTPTransport
import Lines
import Testing

/// `vitrine buy` on the engine, against the server's own logic in this process.
@Suite struct BuyCommandTests {
    private static func variant(of shop: InProcessShop) async throws -> SKU {
        let ids = try await shop.server.products()
        try await shop.server.shelve(ids[0], stock: 5)
        let reply = await shop.server.answer("GET", "/v1/products/\(ids[0])", headers: [], body: [])
        let text = String(decoding: reply.body, as: UTF8.self)
        let sku = try #require(text.firstRange(of: "\"sku\":\"")).upperBound
        return SKU(String(text[sku...].prefix { $0 != "\"" }))
    }

    private static func command(_ sku: SKU, most: String? = "100000.00", buys: Bool = true) -> BuyCommand {
        var command = BuyCommand(sku: sku.rawValue)
        command.maxTotal = most
        command.buys = buys
        return command
    }

    @Test func buysOnceWithinTheMaximum() async throws {
        let shop = try InProcessShop()
        let sku = try await Self.variant(of: shop)
        let shopper = try TestShopper(shop)
        let printed = await shopper.use { try Self.command(sku).run($0) }
        #expect(printed.status == .done, "\(printed)")
        #expect(printed.says("Order placed") || printed.says("Not paid yet"), "\(printed.output)")
        #expect(shop.requests.count { $0 == "POST /v1/orders" } == 1)
    }

    @Test func withoutConsentOnlyTellsTheTotal() async throws {
        let shop = try InProcessShop()
        let sku = try await Self.variant(of: shop)
        let printed = try await TestShopper(shop).use { try Self.command(sku, most: nil, buys: false).run($0) }
        #expect(printed.status == .usage)
        #expect(printed.says("Total: "))
        #expect(!shop.requests.contains("POST /v1/orders"))
    }

    @Test func refusesATotalAboveTheMaximum() async throws {
        let shop = try InProcessShop()
        let sku = try await Self.variant(of: shop)
        let printed = try await TestShopper(shop).use { try Self.command(sku, most: "0.05").run($0) }
        #expect(printed.status == .refused)
        #expect(printed.complains("more than your maximum"))
        #expect(!shop.requests.contains("POST /v1/orders"))
    }

    @Test func showsTheTotalThatComesWithARefusal() async throws {
        let shop = try InProcessShop()
        let sku = try await Self.variant(of: shop)
        shop.arm("POST /v1/orders", before: { try await $0.setPrice(of: sku, to: 9_999_900) })
        let printed = try await TestShopper(shop).use { try Self.command(sku).run($0) }
        #expect(printed.status == .refused, "\(printed)")
        #expect(printed.says("Total before: "), "\(printed.output)")
        #expect(printed.says("Total now: "), "\(printed.output)")
        #expect(printed.complains("not bought: "))
    }

    @Test func findsOutWhatALostReplyBecame() async throws {
        let shop = try InProcessShop()
        let sku = try await Self.variant(of: shop)
        shop.arm("POST /v1/orders", reply: nil)
        let printed = try await TestShopper(shop).use { try Self.command(sku).run($0) }
        #expect(printed.status == .done, "\(printed)")
        #expect(shop.requests.count { $0 == "POST /v1/orders" } == 1)
        #expect(printed.says("Order placed") || printed.says("Not paid yet"), "\(printed.output)")
    }

    @Test func saysThatTheShopTookMore() async throws {
        let shop = try InProcessShop()
        let sku = try await Self.variant(of: shop)
        shop.arm("POST /v1/orders", reply: Self.dearer)
        let shopper = try TestShopper(shop)
        let bought = await shopper.use { try Self.command(sku).run($0) }
        #expect(bought.complains("more than"), "\(bought)")
        // What was agreed is known afterwards, too.
        shop.arm("GET /v1/orders", reply: Self.dearer)
        let listed = await shopper.use { try $0.printOrders(json: false) }
        #expect(listed.says("more than"), "\(listed)")
    }

    /// The reply with a total of 1 000 more.
    private static let dearer: @Sendable (HTTPResponse) -> HTTPResponse = { response in
        var text = String(decoding: response.body, as: UTF8.self)
        if let total = text.firstRange(of: "\"total\":{\"amount\":") { text.insert("9", at: total.upperBound) }
        return HTTPResponse(status: response.status, headers: response.headers, body: Data(text.utf8))
    }

    @Test func saysWhyNothingBegan() async throws {
        let shop = try InProcessShop()
        let sku = try await Self.variant(of: shop)
        let shopper = try TestShopper(shop)
        func buy(_ change: @escaping @Sendable (Session, Priced) throws -> Void) async -> Printed {
            await shopper.use { session in
                let priced = try session.price(sku, quantity: 1, show: nil, deliveries: [])
                try change(session, priced)
                _ = try session.buy(priced, with: priced.methods[0].id, again: false)
            }
        }
        let late = await buy { _, _ in shop.advance(by: .seconds(86_400)) }
        #expect(late.complaints == ["not bought: that total is no longer valid"], "\(late)")
        let poor = await buy { session, priced in
            var budget = Budget()
            budget.limit(.order, to: priced.quote.total.zero)
            try session.engine().send(.loaded([], budget: budget, mutes: []))
        }
        #expect(poor.complains("over your budget of"), "\(poor)")
        let other = await buy { session, priced in
            try session.engine().send(.request(.price(PriceRequest(sku, quantity: 2, show: nil))))
        }
        #expect(other.complaints == ["not bought: there is no total to buy it for"], "\(other)")
        #expect(!shop.requests.contains("POST /v1/orders"))
    }

    @Test func pointsOutAPurchaseInDoubt() async throws {
        let shop = try InProcessShop()
        let sku = try await Self.variant(of: shop)
        let shopper = try TestShopper(shop)
        for _ in 0..<12 {
            shop.arm("POST /v1/orders", reply: nil)
            shop.arm("GET /v1/orders", reply: nil)
        }
        let first = await shopper.use { try Self.command(sku).run($0) }
        #expect(first.status == .network, "\(first)")
        #expect(first.complains("perhaps bought"), "\(first)")
        let second = await shopper.use { try Self.command(sku).run($0) }
        #expect(second.complains("you may have bought it already"), "\(second)")
    }
}
