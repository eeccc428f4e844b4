import Domain
import FaceTesting
import Foundation
import Glibc
import HTTPTransport
import Testing

@testable import Lines

/// The dialogue on the engine, typed into a pipe, against the server's own logic in this process.
@Suite struct DialogueTests {
    private static func product(of shop: InProcessShop) async throws -> ProductID {
        let ids = try await shop.server.products()
        try await shop.server.shelve(ids[0], stock: 5)
        return ids[0]
    }

    @Test func saysWhatItCanDo() async throws {
        let printed = try await TestShopper(try InProcessShop()).talk("help", "dance", "quit")
        #expect(printed.says("Vitrine. ‘shows’ lists the shows"))
        for command in ["watch NUMBER", "wish [", "wishes:", "product [", "reviews [", "moments:"] {
            #expect(printed.says(command), "\(command)")
        }
        #expect(printed.says("“dance” is no word here"))
    }

    @Test func asksBeforeItBuys() async throws {
        let shop = try InProcessShop()
        _ = try await Self.product(of: shop)
        let printed = try await TestShopper(shop).talk("products", "buy 1", "no", "quit")
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
        let printed = try await TestShopper(shop).talk("products", "buy \(sku)", "buy for \(total.words)", "no", "quit")
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
        let printed = try await TestShopper(shop).talk("products", "buy \(total.sku)", "buy for \(total.words)", "quit")
        #expect(printed.says("more than"), "\(printed.output)")
    }

    @Test func saysItsOwnLinesAfterALostReply() async throws {
        let shop = try InProcessShop()
        let total = try await Self.total(of: try await Self.product(of: shop), shop)
        for _ in 0..<12 {
            shop.arm("POST /v1/orders", reply: nil)
            shop.arm("GET /v1/orders", reply: nil)
        }
        let printed = try await TestShopper(shop).talk("products", "buy \(total.sku)", "buy for \(total.words)", "quit")
        #expect(printed.says("‘orders’ finds out"), "\(printed)")
        #expect(!printed.says("‘vitrine "), "\(printed)")
    }

    /// What one costs in all, as the dialogue says it.
    private static func total(of id: ProductID, _ shop: InProcessShop) async throws -> (sku: SKU, words: String) {
        let reply = await shop.server.answer("GET", "/v1/products/\(id)", headers: [], body: [])
        let text = String(decoding: reply.body, as: UTF8.self)
        let start = try #require(text.firstRange(of: "\"sku\":\"")).upperBound
        let sku = SKU(String(text[start...].prefix { $0 != "\"" }))
        let printed = try await TestShopper(shop).talk("products", "buy \(sku)", "no", "quit")
        let question = try #require(printed.output.first { $0.contains("type ‘buy for ") }, "\(printed.output)")
        let amount = try #require(question.firstRange(of: "‘buy for ")).upperBound
        return (sku, String(question[amount...].prefix { $0 != "’" }))
    }

    @Test func keepsAWishList() async throws {
        let shop = try InProcessShop()
        _ = try await Self.product(of: shop)
        let shopper = try TestShopper(shop)
        let first = try await shopper.talk("products", "wish 1", "quit")
        #expect(first.says("On your wish list: "), "\(first.output)")
        let second = try await shopper.talk("wishes", "wish 1", "wishes", "quit")
        #expect(second.says("when you put it there"), "\(second.output)")
        #expect(second.says("Your wish list is empty."), "\(second.output)")
    }

    @Test func saysAllAboutAProduct() async throws {
        let shop = try InProcessShop()
        _ = try await Self.product(of: shop)
        let id = try await Self.rated(in: shop)
        shop.arm("GET /v1/products/\(id)/reviews", reply: Self.reviewed)
        let printed = try await TestShopper(shop).talk("product \(id)", "reviews \(id)", "quit")
        #expect(printed.says("Rated "), "\(printed.output)")
        #expect(printed.says("‘reviews \(id)’ says what they wrote."), "\(printed.output)")
        #expect(printed.output.contains { $0.hasPrefix("1. ") }, "\(printed.output)")
        #expect(printed.output.last?.hasPrefix("4 of 5, <Ana>, has bought it, ") == true, "\(printed.output)")
        #expect(printed.output.last?.hasSuffix(": Good.") == true, "\(printed.output)")
        #expect(shop.requests.contains { $0.hasPrefix("GET /v1/products/\(id)/reviews") })
    }

    /// The reply with one review.
    private static let reviewed: @Sendable (HTTPResponse) -> HTTPResponse = { response in
        let review = """
            {"items":[{"id":"r-1","author":"Ana","stars":4,"text":"Good.","at":"2026-11-20T10:00:00Z","verified":true}]}
            """
        return HTTPResponse(status: response.status, headers: response.headers, body: Data(review.utf8))
    }

    /// A product that buyers have rated.
    private static func rated(in shop: InProcessShop) async throws -> ProductID {
        for id in try await shop.server.products() {
            let reply = await shop.server.answer("GET", "/v1/products/\(id)", headers: [], body: [])
            if String(decoding: reply.body, as: UTF8.self).contains("\"rating\":{") { return id }
        }
        throw Missing()
    }

    private struct Missing: Error {}

    @Test func hasAllChannels() async throws {
        let shop = try InProcessShop()
        let printed = try await TestShopper(shop, titles: ["Lamps", "Tea"]).talk("hosts", "more", "more", "quit")
        let names = ["Lamps", "Tea"].map { title in printed.output.filter { $0.hasSuffix(", at \(title)") }.count }
        #expect(names[0] > 0 && names[0] == names[1], "\(printed.output)")
        #expect(shop.requests.count { $0.hasPrefix("GET /v1/hosts") } == 2)
    }

    @Test func namesWhatItUnderstandsAtSeveralChannels() async throws {
        let shop = try InProcessShop()
        let id = try await Self.rated(in: shop)
        let printed = try await TestShopper(shop, titles: ["Lamps", "Tea"]).talk(
            "product Tea/\(id)", "reviews Tea/\(id)", "product \(id)",
            "quit")
        #expect(printed.says("‘reviews Tea/\(id)’ says what they wrote."), "\(printed.output)")
        #expect(printed.says("No reviews."), "\(printed.output)")
        // A name is told as it is, and a line has no options.
        #expect(printed.output.last == "\(id): of which channel? Begin with one of Lamps/, Tea/.", "\(printed.output)")
    }

    @Test func readsNamesOfChannelsWithSpaces() async throws {
        let shop = try InProcessShop()
        let sku = try await Self.total(of: try await Self.product(of: shop), shop).sku
        let printed = try await TestShopper(shop, titles: ["Tea", "Tea  for two"]).talk(
            "buy Tea for two/\(sku) 2", "no",
            "return Tea for two/none faulty", "reorder Tea for two/none", "quit")
        #expect(printed.says("2 × "), "\(printed.output)")
        #expect(printed.says("Anything else does not buy."), "\(printed.output)")
        #expect(!printed.says("of which channel") && !printed.says("quantity is"), "\(printed.output)")
    }

    @Test func guessesNoChannel() async throws {
        let shop = try InProcessShop()
        let id = try await Self.product(of: shop)
        let sku = try await Self.total(of: id, shop).sku
        let before = shop.requests.count { $0 == "POST /v1/quotes" }
        let printed = try await TestShopper(shop, titles: ["Lamps", "Tea"]).talk(
            "products", "buy \(sku)", "buy Tea/\(sku)", "no", "quit")
        #expect(printed.says("\(sku): of which channel? Begin with one of Lamps/, Tea/."), "\(printed.output)")
        #expect(printed.says("Anything else does not buy."), "\(printed.output)")
        #expect(shop.requests.count { $0 == "POST /v1/quotes" } == before + 1)
    }

    @Test func endsASentenceOnce() {
        #expect("say what?".asSentence() == "Say what?")
        #expect("not bought".asSentence() == "Not bought.")
        #expect("mv-103: none.".asSentence(keepsStart: true) == "mv-103: none.")
    }

    @Test func aWishThatCannotBeTakenOffStaysOnTheList() async throws {
        let shop = try InProcessShop()
        let id = try await Self.product(of: shop)
        let shopper = try TestShopper(shop)
        _ = try await shopper.talk("products", "wish 1", "quit")
        // The file is gone by the time the price has come.
        shop.arm("GET /v1/products/\(id)", before: { _ in shopper.store.close() })
        let printed = try await shopper.talk("wishes", "wish 1", "wishes", "quit")
        #expect(printed.says("Not kept: "), "\(printed.output)")
        #expect(!printed.says("No longer on your wish list") && !printed.says("is empty"), "\(printed.output)")
    }
}
