import Domain
import HTTPTransport
import OwncastStandIn
import Providers
import Synchronization
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
        return try await ProvidersTests.ask(query, of: provider, client, at: Self.now, memory: memory)
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
            let answer = try await ProvidersTests.ask(
                .productAt(address: address), of: provider, shop.client, at: Self.now)
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

/// A server of our own API as the live source of another shop: any kind that has shows can be joined.
@Suite final class JoinedOwnAPITests: Sendable {
    private let shop = StandInShop()
    private let asked = Mutex<[HTTPRequest]>([])

    private func ask(_ query: ShopQuery, as account: Account? = nil) async throws -> ShopAnswer {
        let replies = try ["show", "shows", "head", "segment", "moments", "hosts"].reduce(into: [:]) {
            $0[$1] = reply(200, try fixture($1))
        }
        let client = HTTPClient { [shop, self] request, completion in
            guard request.url.hasPrefix("https://live.example/v1/") else {
                return shop.client.send(request, completion)
            }
            asked.withLock { $0.append(request) }
            let path = request.url.dropFirst("https://live.example/v1/".count).split(separator: "?")[0]
            let names = ["shows/autumn-bags": "show", "shows": "shows", "hosts": "hosts"]
            let name =
                names[String(path)]
                ?? (path.contains("segments") ? "segment" : path.split(separator: "/").last.map(String.init))
            completion(.success(name.flatMap { replies[$0] } ?? HTTPResponse(status: 404)))
            return HTTPCancellation {}
        }
        let provider = JoinedProvider(
            live: try VitrineAPIProvider(origin: "https://live.example"),
            shop: try WooCommerceProvider(origin: "https://lamps.example"))
        return try await ProvidersTests.ask(query, of: provider, client, as: account, at: Timestamp(seconds: 1))
    }

    @Test func watchesTheOneAndBuysAtTheOther() async throws {
        let provider = JoinedProvider(
            live: try VitrineAPIProvider(origin: "https://live.example"),
            shop: try WooCommerceProvider(origin: "https://lamps.example"))
        #expect(provider.capabilities == [.shows, .replay, .chatToRead, .orders, .reopensOrders, .guests, .contact])
        guard case .shows(let shows, _) = try await ask(.shows(ShowFilter(), cursor: nil)),
            case .show(let detail) = try await ask(.show("autumn-bags")),
            case .products(let goods, _) = try await ask(.products(search: nil, show: "autumn-bags", cursor: nil))
        else { throw Unexpected() }
        #expect(!shows.isEmpty && detail.show.id == "autumn-bags" && detail.isCatalogue)
        #expect(detail.lineUp == goods && goods.contains { $0.title == "Wool scarf" })
    }

    /// The live source names products of its own: here the same names would mean other things.
    @Test func itsOwnProductsAreNotOnAir() async throws {
        guard case .head(let alone) = try answer(.head("autumn-bags"), "head"),
            case .head(let head) = try await ask(.head("autumn-bags")),
            case .moments(let moments) = try await ask(.moments("autumn-bags"))
        else { throw Unexpected() }
        #expect(!alone.snapshot.highlight.isEmpty && alone.open.events.contains { $0.isOfGoods })
        #expect(head.snapshot.highlight.isEmpty && head.snapshot.offers.isEmpty && head.snapshot.onAir.isEmpty)
        #expect(head.open.events == alone.open.events.filter { !$0.isOfGoods })
        #expect(!moments.isEmpty && moments.allSatisfy { $0.products.isEmpty })
    }

    /// A buyer at the shop is nobody at the live source.
    @Test func theLiveSourceNeverLearnsWhoBuys() async throws {
        let account = Account(id: "guest", name: "Guest", token: "s3cret")
        for query in [
            ShopQuery.shows(ShowFilter(), cursor: nil), .head("autumn-bags"), .hosts(search: nil, cursor: nil),
        ] {
            _ = try await ask(query, as: account)
        }
        #expect(try await ask(.follows, as: account) == .follows([]))
        await #expect(throws: ShopFailure.self) {
            try await ask(.postMessage("autumn-bags", text: "hello"), as: account)
        }
        #expect(asked.withLock { $0.count == 3 && $0.allSatisfy { $0.headers["Authorization"] == nil } })
    }
}

extension TimelineEvent {
    fileprivate var isOfGoods: Bool {
        switch kind {
        case .highlight, .price, .stock, .offerStarted, .offerEnded: true
        default: false
        }
    }
}
