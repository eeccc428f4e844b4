import DecoderOracle
import Domain
import Foundation
import HTTPTransport
import Providers
import SeededRandom
import ShopifyStandIn
import Synchronization
import Testing
import Text

@Suite struct ShopifyCatalogueTests {
    private let shop = StandInShopify()

    /// Somebody who looks around, with what the program remembers.
    private func ask(
        _ query: ShopQuery, of shop: StandInShopify? = nil, country: String? = nil, _ memory: ShopMemory = .passing(),
        at seconds: Int64 = 1
    ) async throws -> ShopAnswer {
        let provider = try ShopifyProvider(origin: "https://shop.example")
        var contact = ContactDetails()
        if let country { _ = contact.set(.country, country) }
        let account = Account(id: "guest", name: "Guest", token: contact.token)
        return try await ProvidersTests.ask(
            query, of: provider, (shop ?? self.shop).client, as: query.isPrivate ? account : nil,
            at: Timestamp(seconds: seconds), memory: memory)
    }

    private func product(
        _ id: ProductID, of shop: StandInShopify? = nil, _ memory: ShopMemory = .passing()
    ) async throws -> Product {
        guard case .product(let product) = try await ask(.product(id), of: shop, memory) else {
            throw ShopFailure.notFound
        }
        return product
    }

    private func products(
        _ query: ShopQuery, of shop: StandInShopify? = nil, _ memory: ShopMemory = .passing()
    ) async throws -> (found: [Product], next: String?) {
        guard case .products(let products, let next) = try await ask(query, of: shop, memory) else {
            throw ShopFailure.notFound
        }
        return (products, next)
    }

    private func francs(_ amount: Int64) -> Money? { Money(amount: amount, exponent: 2, currency: "CHF") }

    @Test func saysItsNameAndWhatItCanDo() async throws {
        guard case .service(let info) = try await ask(.service) else {
            Issue.record("no service")
            return
        }
        #expect(info.name == "Paper Moon & Co")
        #expect(info.capabilities == [.orders, .guests, .contact])
        #expect(try await ask(.host("shop")) == .host(Host(id: "shop", name: "Paper Moon & Co")))
        #expect(try await ask(.follows) == .follows([Host(id: "shop", name: "Paper Moon & Co")]))
        #expect(try await ask(.shows(ShowFilter(), cursor: nil)) == .shows([], nextCursor: nil))
        #expect(
            try await ask(.paymentMethods)
                == .paymentMethods([
                    PaymentMethod(id: "checkout", kind: .handover, label: "On the shop's own page")
                ]))
    }

    @Test func aProductHasItsFormsAndPrices() async throws {
        let lamp = try await product("7001")
        #expect(lamp.title == "Paper Moon lamp" && lamp.brand == "Studio Lopez" && lamp.summary == "Washi & brass.")
        #expect(lamp.optionNames == ["Colour", "Size"])
        #expect(
            lamp.variants == [
                Variant(sku: "9001", options: ["Sand", "S"], price: try #require(francs(14_500)), was: francs(18_000)),
                Variant(sku: "9002", options: ["Sand", "L"], price: try #require(francs(32_000)), stock: 0),
                Variant(sku: "9003", options: ["Moss", "S"], price: try #require(francs(14_500))),
            ])
        #expect(try await product("paper-moon-lamp") == lamp)
        let hook = try await product("7002")
        #expect(hook.optionNames.isEmpty && hook.variants.map(\.options) == [[]])
        #expect(hook.variants.first?.price == francs(799))
        #expect(try await product("7004").isSoldOut)
        let yarn = try await product("7005")
        #expect(yarn.optionNames == ["Colour", "Weight", "Length"])
        #expect(yarn.variants.first?.options == ["Red", "Fine", "100 m"])
        #expect(yarn.variants.first?.was == nil)
    }

    @Test func aLargeShopIsTurnedPageByPageAndNoQuestionIsTooMuch() async throws {
        let many = StandInShopify(
            goods: (1...25).map { number in
                ShopifyGoods(
                    number, "Print \(number)", options: ["Size"],
                    (0..<12).map { ShopifyGoods.Form(1000 + number * 100 + $0, ["\($0)"], price: 5000) })
            })
        var cursor: String?
        var seen: [Product] = []
        for page in 1...3 {
            let (found, next) = try await products(.productsOfHost("shop", search: nil, cursor: cursor), of: many)
            seen += found
            cursor = next
            #expect((next == nil) == (page == 3))
        }
        #expect(Set(seen.map(\.id)).count == 25 && many.log.count == 3)
        #expect(seen.first?.id == "25")
        #expect(many.mostComplex == 951)
    }

    @Test func aProductOfManyFormsIsReadInSeveralReplies() async throws {
        let many = StandInShopify(
            goods: [
                ShopifyGoods(
                    7, "Poster", options: ["Size"],
                    (0..<300).map { ShopifyGoods.Form(1000 + $0, ["\($0)"], price: 5000) })
            ])
        let poster = try await product("7", of: many)
        #expect(poster.variants.count == 250)
        #expect(Set(poster.variants.map(\.sku)).count == 250)
        #expect(many.log.count == 4 && many.mostComplex == 918)
    }

    /// A list tells eight forms of each product.
    @Test func thatAFormBeyondThoseListedIsDearerIsSaid() async throws {
        func prints(_ ninth: Int) -> ShopifyGoods {
            let prices = Array(repeating: 5000, count: 8) + [ninth]
            return ShopifyGoods(
                ninth, "Print", options: ["Size"],
                prices.enumerated().map { ShopifyGoods.Form(ninth * 10 + $0, ["\($0)"], price: $1) })
        }
        let many = StandInShopify(goods: [prints(5000), prints(9000)])
        let (found, _) = try await products(.products(search: nil, show: nil, cursor: nil), of: many)
        #expect(found.map(\.id) == ["9000", "5000"] && found.map(\.isPricedFrom) == [true, false])
        let opened = try await product("9000", of: many)
        #expect(opened.isPricedFrom && !opened.hasDearerForms && opened.variants.count == 9)
    }

    @Test func isSearched() async throws {
        let (found, next) = try await products(.products(search: "LAMP", show: nil, cursor: nil))
        #expect(found.map(\.title) == ["Paper Moon lamp"] && next == nil)
        // What a shopper types is no part of the question's own words.
        let odd = #"") { nodes { id } } products(first: 250, query: "#
        #expect(try await products(.products(search: odd, show: nil, cursor: nil)).found.isEmpty)
        #expect(shop.log == ["search", "search"])
    }

    @Test func everyScaleSaysTheSame() async throws {
        for scale in [StandInShopify.Rules.Scale.usual, .shortest, .longest] {
            var rules = StandInShopify.Rules()
            rules.scale = scale
            #expect(try await product("7001", of: StandInShopify(rules)) == (try await product("7001")))
        }
    }

    @Test func pricesAreThoseOfTheShoppersCountry() async throws {
        let memory = ShopMemory.passing()
        #expect(try await product("7001", memory).variants.first?.price == francs(14_500))
        _ = try await ask(.follows, country: "jp", memory)
        #expect(try await product("7001", memory).variants.first?.price.displayString == "JPY 24 650")
        guard case .quote(let quote) = try await ask(.quote("9001", quantity: 2, show: nil), country: "jp", memory)
        else { return }
        #expect(quote.total.displayString == "JPY 49 300")
        // An address that is forgotten is told no more.
        _ = try await ask(.follows, memory)
        #expect(try await product("7001", memory).variants.first?.price == francs(14_500))
        await #expect(
            throws: ShopFailure.refused(
                Refusal(code: "address_needed", message: "The shop does not know the country of your address."))
        ) { try await ask(.quote("9001", quantity: 1, show: nil), country: "xx", memory) }
    }

    private func product(_ id: ProductID, _ memory: ShopMemory) async throws -> Product {
        try await product(id, of: nil, memory)
    }

    @Test(arguments: [
        "https://shop.example/products/paper-moon-lamp",
        "http://www.shop.example/products/paper-moon-lamp?variant=9003#x",
        "https://shop.example/collections/all/products/paper-moon-lamp",
        "https://shop.example/fr/products/paper-moon-lamp/",
    ])
    func itsPageIsKnownByItsAddress(_ address: String) async throws {
        #expect(try await ask(.productAt(address: address)) == .product(try await product("7001")))
    }

    @Test(arguments: [
        "https://other.example/products/paper-moon-lamp", "https://shop.example/", "https://shop.example/products",
        "https://shop.example/products/paper-moon-lamp/reviews", "https://shop.example/pages/paper-moon-lamp",
        "https://shop.example/products/none-of-it", "https://shop.example/products/a%22b", "nonsense",
    ])
    func whatIsNoPageOfAProductIsNotFound(_ address: String) async throws {
        await #expect(throws: ShopFailure.notFound) { try await ask(.productAt(address: address)) }
    }

    @Test(arguments: ["", "0", "999", "no-such-thing", "a/../b", "gid://shopify/Product/7001"] as [ProductID])
    func whatIsNotThereIsNotFound(_ id: ProductID) async throws {
        await #expect(throws: ShopFailure.notFound) { try await product(id) }
    }

    // MARK: What goes wrong

    private func failure(_ query: ShopQuery, of shop: StandInShopify) async throws -> ShopFailure? {
        do {
            _ = try await ask(query, of: shop)
            return nil
        } catch let failure as ShopFailure { return failure }
    }

    private func words(_ shop: StandInShopify) async throws -> String {
        if case .notUnderstood(let words) = try await failure(.product("7001"), of: shop) { words.string } else { "" }
    }

    @Test func aShopThatIsNotOpenSaysWhy() async throws {
        for (standing, word) in [
            (StandInShopify.Rules.Standing.frozen, "frozen"), (.locked, "locked"), (.rejecting, "attack"),
            (.password, "password"), (.password, "sign-in page"),
        ] {
            var rules = StandInShopify.Rules()
            rules.standing = standing
            let shop = StandInShopify(rules)
            #expect(try await words(shop).contains(word), "\(standing)")
        }
        shop.arm(.status(502, "<html>Bad gateway"), at: "product")
        #expect(
            try await failure(.product("7001"), of: shop) == .busy(status: 502, retryAfterSeconds: nil))
        shop.arm(.status(302, ""), at: "product")
        #expect(try await words(shop).contains("another place"))
    }

    /// With status 200; how long to wait follows from how many points are missing.
    @Test func pointsThatAreUsedUpComeBack() async throws {
        var rules = StandInShopify.Rules()
        rules.points = (most: 1000, perSecond: 50)
        let shop = StandInShopify(rules)
        #expect(try await failure(.product("7001"), of: shop) == nil)
        #expect(try await failure(.product("7001"), of: shop) == .busy(status: 429, retryAfterSeconds: 17))
        shop.pass(seconds: 16)
        #expect(try await failure(.product("7001"), of: shop) == .busy(status: 429, retryAfterSeconds: 1))
        shop.pass(seconds: 1)
        #expect(try await failure(.product("7001"), of: shop) == nil)
    }

    @Test(arguments: [
        #"{"errors":[{"message":"Internal error","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}"#,
        #"{"data":{"product":null},"errors":[{"message":"Internal error","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}"#,
    ])
    func whatFailsWithSuccessIsNoAnswer(_ body: String) async throws {
        let answer = HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
        await #expect(throws: ShopFailure.busy(status: 500, retryAfterSeconds: nil)) { try await read(answer) }
    }

    @Test(arguments: [
        (#"{"errors":[{"message":"x","extensions":{"code":"SHOP_INACTIVE"}}]}"#, "not open"),
        (#"{"errors":[{"message":"Feld fehlt","extensions":{"code":"undefinedField"}}]}"#, "Feld fehlt"),
        (#"{"errors":7,"data":{"product":null}}"#, "gone wrong"),
        (
            #"{"data":{"product":{"id":"gid://shopify/Product/8","title":"x","variants":{"nodes":[]}}}}"#,
            "something else"
        ),
        (#"{"data":{"product":{"id":"gid://shopify/Product/7001","title":"x"}}}"#, "promises"),
        (#"{"data":{},"data":{"product":null}}"#, "promises"),
    ])
    func whatCannotBeReadIsSaid(_ body: String, _ word: String) async throws {
        let answer = HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
        do {
            try await read(answer)
            Issue.record("it was read")
        } catch ShopFailure.notUnderstood(let words) { #expect(words.string.contains(word), "\(words)") }
    }

    /// The reply to the first question about a product.
    private func read(_ answer: HTTPResponse) async throws {
        let provider = try ShopifyProvider(origin: "https://shop.example")
        let io = ShopIO.scripted(.passing(), account: nil, now: Timestamp(seconds: 1)) { _ in answer }
        _ = try await provider.answer(to: .product("7001"), io)
    }

    // MARK: Without the API

    @Test(arguments: [StandInShopify.Rules.Standing.withoutAPI, .withoutAccess])
    func aShopWithoutTheAPIIsReadByItsList(_ standing: StandInShopify.Rules.Standing) async throws {
        var rules = StandInShopify.Rules()
        rules.standing = standing
        let shop = StandInShopify(rules)
        let memory = ShopMemory.passing()
        let listed = try await product("7001", of: shop, memory)
        #expect(listed == (try await product("7001")))
        #expect(shop.log == ["product", "GET /products.json", "GET /cart.js", "GET /products.json"])
        // Which of the two it is, is remembered, for a day.
        #expect(try await product("paper-moon-lamp", of: shop, memory) == listed)
        #expect(shop.log.count == 5)
        _ = try await ask(.product("7001"), of: shop, memory, at: 90_000)
        #expect(shop.log.filter { $0 == "product" }.count == 2)
        guard case .service(let info) = try await ask(.service, of: shop, memory, at: 90_001) else { return }
        #expect(info.name == "shop.example")
        await #expect(throws: ShopFailure.notFound) { try await product("999", of: shop, memory) }
    }

    /// A shop that keeps its name to itself is not taken for one without the API.
    @Test func aNameThatIsNotToldIsNoClosedAPI() async throws {
        var rules = StandInShopify.Rules()
        rules.tellsName = false
        let shop = StandInShopify(rules)
        let memory = ShopMemory.passing()
        guard case .service(let info) = try await ask(.service, of: shop, memory) else { return }
        #expect(info.name == "shop.example" && shop.log == ["shop", "products"])
        _ = try await product("7001", of: shop, memory)
        #expect(shop.log.last == "product")
    }

    @Test func theListEndsOnAnEmptyPage() async throws {
        var rules = StandInShopify.Rules()
        rules.standing = .withoutAPI
        let many = StandInShopify(
            rules, goods: (1...60).map { ShopifyGoods($0, "Print \($0)", [.init(1000 + $0, price: 5000)]) })
        let memory = ShopMemory.passing()
        var cursor: String?
        var seen: [Product] = []
        var pages = 0
        repeat {
            let (found, next) = try await products(
                .productsOfHost("shop", search: nil, cursor: cursor), of: many, memory)
            (cursor, pages) = (next, pages + 1)
            seen += found
        } while cursor != nil && pages < 10
        #expect(Set(seen.map(\.id)).count == 60 && pages == 3)
        let (found, _) = try await products(.products(search: "print 44", show: nil, cursor: nil), of: many, memory)
        #expect(found.map(\.title) == ["Print 44"])
    }

    /// A list that names no currency is no price list.
    @Test func pricesWithoutACurrencyAreNotRead() async throws {
        var rules = StandInShopify.Rules()
        rules.standing = .withoutAPI
        rules.cartNamesCurrency = false
        let shop = StandInShopify(rules)
        #expect(try await words(shop).contains("currency"))
    }

    @Test func theListsPricesAreOfTheShopsCurrency() async throws {
        for (currency, shown) in [("JPY", "JPY 145"), ("KWD", "KWD 145.000"), ("CHF", "CHF 145.00")] {
            var rules = StandInShopify.Rules()
            rules.standing = .withoutAPI
            rules.currency = currency
            #expect(
                try await product("7001", of: StandInShopify(rules)).variants.first?.price.displayString == shown)
        }
    }

    // MARK: Whatever comes back

    /// Each reply is changed a little: it is read or refused, and what is read of money goes together.
    @Test func damagedRepliesAreReadOrRefused() async throws {
        let provider = try ShopifyProvider(origin: "https://shop.example")
        let account = Account(id: "guest", name: "Guest", token: ContactDetails().token)
        let queries: [ShopQuery] = [
            .service, .productsOfHost("shop", search: nil, cursor: nil), .product("7001"),
            .quote("9001", quantity: 2, show: nil),
        ]
        for seed in 0..<300 as Range<UInt64> {
            var rules = StandInShopify.Rules()
            rules.standing = seed % 3 == 0 ? .withoutAPI : .open
            let shop = StandInShopify(rules)
            let random = Mutex(Seeded(seed))
            let client = HTTPClient { request, completion in
                var response = shop.answer(request) ?? HTTPResponse(status: 500)
                random.withLock { response.body = Self.damaged(response.body, &$0) }
                completion(.success(response))
                return HTTPCancellation {}
            }
            for query in queries {
                do {
                    switch try await ProvidersTests.ask(
                        query, of: provider, client, as: account, at: Timestamp(seconds: 1))
                    {
                    case .product(let product): #expect(isSound(product), "\(seed) \(query)")
                    case .products(let products, _): #expect(products.allSatisfy(isSound), "\(seed) \(query)")
                    case .quote(let quote):
                        #expect(!quote.total.isNegative && quote.lines.map(\.quantity) == [2], "\(seed) \(query)")
                        #expect(quote.lines[0].unitPrice.currency == quote.total.currency, "\(seed) \(query)")
                    default: break
                    }
                } catch {}
            }
        }
    }

    private static func damaged(_ body: Data, _ random: inout Seeded) -> Data {
        var bytes = Array(body)
        for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] = "0123456789-\"{}[],:".utf8.randomElement(using: &random) ?? 0
            case 2: bytes.remove(at: place)
            default: bytes.removeLast(bytes.count - place)
            }
        }
        return Data(bytes)
    }

    private func isSound(_ product: Product) -> Bool {
        product.variants.allSatisfy { !$0.price.isNegative && ($0.stock ?? 0) >= 0 && $0.options.count <= 3 }
    }

    /// The replies that libFuzzer begins with are what the shop says.
    @Test func theRepliesToBeginWithAreRead() async throws {
        let provider = try ShopifyProvider(origin: "https://shop.example")
        func said(_ name: String, to query: ShopQuery) async throws -> ShopAnswer {
            let url = try #require(Bundle.module.url(forResource: "Fixtures/shopify/" + name, withExtension: "json"))
            let response = reply(200, try Data(contentsOf: url))
            let client = HTTPClient { _, completion in
                completion(.success(response))
                return HTTPCancellation {}
            }
            let account = Account(id: "guest", name: "Guest", token: ContactDetails().token)
            return try await ProvidersTests.ask(query, of: provider, client, as: account, at: Timestamp(seconds: 1))
        }
        guard case .product(let lamp) = try await said("product", to: .product("7001")),
            case .products(let page, "cursor-1") = try await said(
                "products", to: .productsOfHost("shop", search: nil, cursor: nil)),
            case .quote(let quote) = try await said("basket-made", to: .quote("9001", quantity: 1, show: nil))
        else {
            Issue.record("something else was read")
            return
        }
        #expect(lamp.variants.map(\.price.decimalString) == ["145.00", "7.99"])
        #expect(page.map { $0.variants.map(\.price.displayString) } == [["JPY 1 500"]])
        #expect(quote.total == francs(14_500))
        await #expect(throws: ShopFailure.busy(status: 429, retryAfterSeconds: 17)) {
            try await said("throttled", to: .product("7001"))
        }
        // The same words are the list of products and the basket that names its currency.
        await #expect(throws: ShopFailure.notUnderstood("the shop's reply is not what Shopify promises")) {
            try await said("basket", to: .quote("9001", quantity: 1, show: nil))
        }
    }

    /// The same with the law that libFuzzer holds replies to, from what the shop really says.
    @Test func damagedRepliesKeepTheLaw() async throws {
        let replies = await Self.replies()
        #expect(replies.count > 6)
        for seed in 0..<4000 as Range<UInt64> {
            var random = Seeded(seed)
            let body = Self.damaged(replies.randomElement(using: &random) ?? Data(), &random)
            let shape: [UInt8] = [
                .random(in: 128...255, using: &random),
                Bool.random(using: &random) ? 0 : .random(in: 0...15, using: &random),
                Bool.random(using: &random) ? 0 : .random(in: 0...3, using: &random),
            ]
            if let violation = DecoderOracle.violation(by: shape + body) {
                Issue.record("\(violation): \(shape), \(String(decoding: body, as: UTF8.self))")
            }
        }
    }

    /// What a shop answers to each question.
    private static func replies() async -> [Data] {
        let said = Mutex<[Data]>([])
        for standing in [StandInShopify.Rules.Standing.open, .withoutAPI] {
            var rules = StandInShopify.Rules()
            rules.standing = standing
            let shop = StandInShopify(rules)
            guard let provider = try? ShopifyProvider(origin: "https://shop.example") else { continue }
            for query in [
                ShopQuery.service, .productsOfHost("shop", search: nil, cursor: nil), .product("7001"),
                .quote("9001", quantity: 1, show: nil), .products(search: "lamp", show: nil, cursor: nil),
            ] {
                let io = ShopIO.scripted(.passing(), account: nil, now: Timestamp(seconds: 1)) {
                    (request) async throws(ShopFailure) in
                    guard let response = shop.answer(request) else { throw .notFound }
                    said.withLock { $0.append(response.body) }
                    return response
                }
                _ = try? await provider.answer(to: query, io)
            }
        }
        return said.withLock { $0 }
    }
}
