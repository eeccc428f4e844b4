import Domain
import FaceTesting
import Foundation
import Glibc
import HTTPTransport
import Lines
import Testing

/// The dialogue on the engine, typed into a pipe, against the server's own logic in this process.
@Suite struct DialogueTests {
    private static func talk(_ shopper: TestShopper, _ lines: String...) async throws -> Printed {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let text = lines.map { $0 + "\n" }.joined()
        _ = text.withCString { write(ends[1], $0, strlen($0)) }
        close(ends[1])
        let reading = ends[0]
        defer { close(reading) }
        return await shopper.use { try Dialogue($0, input: LineInput(reading)).run() }
    }

    private static func product(of shop: InProcessShop) async throws -> ProductID {
        let ids = try await shop.server.products()
        try await shop.server.shelve(ids[0], stock: 5)
        return ids[0]
    }

    @Test func saysWhatItCanDo() async throws {
        let printed = try await Self.talk(TestShopper(try InProcessShop()), "help", "dance", "quit")
        #expect(printed.says("Vitrine. ‘shows’ lists the shows"))
        for command in ["watch NUMBER", "wish [", "wishes:", "product [", "reviews [", "moments:"] {
            #expect(printed.says(command), "\(command)")
        }
        #expect(printed.says("“dance” is no word here"))
    }

    @Test func asksBeforeItBuys() async throws {
        let shop = try InProcessShop()
        _ = try await Self.product(of: shop)
        let printed = try await Self.talk(TestShopper(shop), "products", "buy 1", "no", "quit")
        #expect(printed.says("Anything else does not buy."), "\(printed.output)")
        #expect(printed.says("Not bought."))
        #expect(!shop.requests.contains("POST /v1/orders"))
    }

    @Test func asksAgainWithTheTotalOfARefusal() async throws {
        let shop = try InProcessShop()
        let id = try await Self.product(of: shop)
        let total = try await Self.total(of: id, shop)
        let sku = total.sku
        shop.arm("POST /v1/orders", before: { try await $0.setPrice(of: sku, to: 9_999_900) })
        let printed = try await Self.talk(
            TestShopper(shop), "products", "buy \(sku)", "buy for \(total.words)", "no", "quit")
        #expect(printed.says("Total before: "), "\(printed.output)")
        #expect(printed.output.count { $0.contains("Anything else does not buy.") } == 2, "\(printed.output)")
        #expect(shop.requests.count { $0 == "POST /v1/orders" } == 1)
    }

    @Test func saysThatTheShopTookMore() async throws {
        let shop = try InProcessShop()
        let id = try await Self.product(of: shop)
        let total = try await Self.total(of: id, shop)
        shop.arm(
            "POST /v1/orders",
            reply: { response in
                var text = String(decoding: response.body, as: UTF8.self)
                if let found = text.firstRange(of: "\"total\":{\"amount\":") { text.insert("9", at: found.upperBound) }
                return HTTPResponse(status: response.status, headers: response.headers, body: Data(text.utf8))
            })
        let printed = try await Self.talk(
            TestShopper(shop), "products", "buy \(total.sku)", "buy for \(total.words)", "quit")
        #expect(printed.says("more than"), "\(printed.output)")
    }

    /// What one costs in all, as the dialogue says it.
    private static func total(of id: ProductID, _ shop: InProcessShop) async throws -> (sku: SKU, words: String) {
        let reply = await shop.server.answer("GET", "/v1/products/\(id)", headers: [], body: [])
        let text = String(decoding: reply.body, as: UTF8.self)
        let start = try #require(text.firstRange(of: "\"sku\":\"")).upperBound
        let sku = SKU(String(text[start...].prefix { $0 != "\"" }))
        let printed = try await talk(TestShopper(shop), "products", "buy \(sku)", "no", "quit")
        let question = try #require(printed.output.first { $0.contains("type ‘buy for ") }, "\(printed.output)")
        let amount = try #require(question.firstRange(of: "‘buy for ")).upperBound
        return (sku, String(question[amount...].prefix { $0 != "’" }))
    }

    @Test func keepsAWishList() async throws {
        let shop = try InProcessShop()
        _ = try await Self.product(of: shop)
        let shopper = try TestShopper(shop)
        let first = try await Self.talk(shopper, "products", "wish 1", "quit")
        #expect(first.says("On your wish list: "), "\(first.output)")
        let second = try await Self.talk(shopper, "wishes", "wish 1", "wishes", "quit")
        #expect(second.says("when you put it there"), "\(second.output)")
        #expect(second.says("Your wish list is empty."), "\(second.output)")
    }

    @Test func saysAllAboutAProduct() async throws {
        let shop = try InProcessShop()
        _ = try await Self.product(of: shop)
        let printed = try await Self.talk(TestShopper(shop), "products", "product 1", "reviews 1", "quit")
        #expect(!printed.says("There is no product"), "\(printed.output)")
        #expect(shop.requests.contains { $0.hasPrefix("GET /v1/products/") && $0.contains("/reviews") })
    }

    @Test func hasAllChannels() async throws {
        let shop = try InProcessShop()
        let printed = try await Self.talk(TestShopper(shop, titles: ["Lamps", "Tea"]), "products", "more", "quit")
        #expect(printed.says(", at Lamps"), "\(printed.output)")
    }

    @Test func aWishThatCannotBeTakenOffStaysOnTheList() async throws {
        let shop = try InProcessShop()
        let id = try await Self.product(of: shop)
        let shopper = try TestShopper(shop)
        _ = try await Self.talk(shopper, "products", "wish 1", "quit")
        // The file is gone by the time the price has come.
        shop.arm("GET /v1/products/\(id)", before: { _ in shopper.store.close() })
        let printed = try await Self.talk(shopper, "wishes", "wish 1", "wishes", "quit")
        #expect(printed.says("Not kept: "), "\(printed.output)")
        #expect(!printed.says("No longer on your wish list") && !printed.says("is empty"), "\(printed.output)")
    }
}
