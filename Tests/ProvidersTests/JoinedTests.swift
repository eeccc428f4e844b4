import Domain
import HTTPTransport
import OwncastStandIn
import Providers
import Testing
import Text
import WooStandIn

/// A stream and a shop as one channel.
@Suite struct JoinedTests {
    private static let now = Timestamp(milliseconds: 1_795_444_320_123)
    private let stream = StandInStream()
    private let shop = StandInShop()
    private let memory = ShopMemory.passing()
    private let ana: String

    init() {
        stream.set(now: Self.now.milliseconds)
        stream.start("On")
        ana = stream.join("Ana", isModerator: true)
    }

    /// Both at their addresses; a request to anywhere else cannot be connected.
    private func client(hasShop: Bool = true, hasStream: Bool = true) -> HTTPClient {
        HTTPClient { [stream, shop] request, completion in
            if hasStream, request.url.hasPrefix("https://live.example/") {
                return stream.client.send(request, completion)
            }
            if hasShop, request.url.hasPrefix("https://lamps.example/") {
                return shop.client.send(request, completion)
            }
            completion(.failure(.cannotConnect))
            return HTTPCancellation {}
        }
    }

    private func ask(_ query: ShopQuery, _ client: HTTPClient) async throws -> ShopAnswer {
        let provider = JoinedProvider(
            live: OwncastProvider(origin: try ShopOrigin("https://live.example")),
            shop: try WooCommerceProvider(origin: "https://lamps.example"))
        return try await run(provider.steps(for: query, account: nil, now: Self.now), client, memory: memory)
    }

    private func info(_ client: HTTPClient) async throws -> ShopInfo? {
        if case .service(let info) = try await ask(.service, client) { info } else { nil }
    }

    @Test func saysWhatBothAre() async throws {
        let info = try await info(client())
        #expect(info?.name == "Ana Live")
        #expect(info?.capabilities == [.shows, .orders, .guests, .contact, .reopensOrders, .chatToRead])
    }

    /// One that is away leaves the other as it is.
    @Test func eachDoesWithoutTheOther() async throws {
        #expect(try await info(client(hasShop: false))?.name == "Ana Live")
        #expect(try await info(client(hasStream: false))?.name == "Stand-in & Sons")
        await #expect(throws: ShopFailure.self) { try await ask(.service, client(hasShop: false, hasStream: false)) }
        guard case .show(let detail) = try await ask(.show("live"), client(hasShop: false)) else {
            throw ShopFailure.notFound
        }
        #expect(detail.lineUp.isEmpty && detail.show.state == .live)
        guard case .head = try await ask(.head("live"), client(hasShop: false)) else { throw ShopFailure.notFound }
        guard
            case .products(let goods, _) = try await ask(
                .products(search: nil, show: nil, cursor: nil), client(hasStream: false))
        else { throw ShopFailure.notFound }
        #expect(!goods.isEmpty)
    }

    @Test func theCatalogueIsTheLineUpAndTheHostsPage() async throws {
        guard case .show(let detail) = try await ask(.show("live"), client()),
            case .productsOfHost(let id, _, _) = ShopQuery.productsOfHost("stream", search: nil, cursor: nil),
            case .products(let goods, _) = try await ask(.productsOfHost(id, search: nil, cursor: nil), client())
        else { throw ShopFailure.notFound }
        #expect(detail.lineUp == goods && goods.contains { $0.title == "Wool scarf" })
    }

    @Test func onlyTheShopsOwnAddressesAreOnAir() async throws {
        stream.say("see https://elsewhere.example/product/wool-scarf/", by: ana)
        stream.say("now https://www.lamps.example/product/wool-scarf/ !", by: ana)
        stream.say("or http://lamps.example:8080/product/wool-scarf/", by: ana)
        guard case .head(let head) = try await ask(.head("live"), client()) else { throw ShopFailure.notFound }
        let links = head.open.events.compactMap { if case .link(let address, _) = $0.kind { address } else { nil } }
        #expect(links == ["https://www.lamps.example/product/wool-scarf/"])
    }

    @Test(arguments: [
        ("https://lamps.example/product/wool-scarf/", "31"), ("https://lamps.example/product/wool-scarf?utm=1#a", "31"),
        ("https://lamps.example/shop/wool/wool-scarf/", "31"), ("https://lamps.example/?p=31", "31"),
        ("https://lamps.example/?product=wool-scarf", "31"), ("https://lamps.example/cart/?add-to-cart=31", "31"),
        // A variation's number is its product's.
        ("https://lamps.example/?add-to-cart=41", "40"), ("https://lamps.example/product/tea-bowl/", "40"),
    ])
    func anAddressIsAProduct(_ address: String, _ id: String) async throws {
        for isOld in [false, true] {
            let shop = StandInShop(StandInShop.Rules(isOld: isOld))
            let provider = try WooCommerceProvider(origin: "https://lamps.example")
            let answer = try await run(
                provider.steps(for: .productAt(address: address), account: nil, now: Self.now), shop.client)
            guard case .product(let product) = answer else { throw ShopFailure.notFound }
            #expect(product.id == ProductID(id))
        }
    }

    @Test(arguments: [
        "https://lamps.example/", "https://lamps.example/product/nothing/",
        "https://elsewhere.example/product/wool-scarf/",
        "https://lamps.example/?p=99999", "https://lamps.example/product/%ff/", "not an address", "",
    ])
    func anyOtherAddressIsNone(_ address: String) async throws {
        await #expect(throws: ShopFailure.notFound) { try await ask(.productAt(address: address), client()) }
    }
}
