import Domain
import Foundation
import HTTPTransport
import SeededRandom
import Testing
import Text
import WooStandIn

@testable import Providers

/// Where a WordPress answers programs, as its pages tell it. The headers are as a WordPress 6.1 was seen to send them.
@Suite struct WooSiteTests {
    private func page(_ headers: HTTPHeaders, _ html: String = "", status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers, body: Data(html.utf8))
    }

    private func told(_ root: String, at address: String) -> WooSite.Telling {
        WooSite.telling(page(["Link": "<\(root)>; rel=\"https://api.w.org/\""]), at: address)
    }

    @Test(arguments: [
        ("https://a.example/", "https://a.example/wp-json/", "https://a.example", nil),
        ("https://a.example/shop/product/cup/", "https://a.example/shop/wp-json/", "https://a.example/shop", nil),
        (
            "https://a.example/shop/?product=cup", "https://a.example/shop/index.php?rest_route=/",
            "https://a.example/shop", "https://a.example/shop/index.php?rest_route=/"
        ),
        (
            "https://a.example/x/index.php/cup/", "https://a.example/x/index.php/wp-json/", "https://a.example/x",
            "https://a.example/x/index.php/wp-json/"
        ),
        ("https://a.example", "https://a.example/api/", "https://a.example", "https://a.example/api/"),
        (
            "https://a.example/", "https://a.example/wp-json/?lang=de", "https://a.example",
            "https://a.example/wp-json/?lang=de"
        ),
        ("https://a.example:8443/", "https://a.example:8443/wp-json/", "https://a.example:8443", nil),
        // A proxy speaks https for a site that does not know it.
        ("https://a.example/", "http://a.example/wp-json/", "https://a.example", nil),
        ("http://127.0.0.1:81/s/", "http://127.0.0.1:81/s/wp-json/", "http://127.0.0.1:81/s", nil),
    ])
    func aPageTells(_ address: String, _ root: String, _ home: String, _ api: String?) throws {
        let site = try WooSite(home: home, api: api)
        #expect(told(root, at: address) == .site(site))
        #expect(site.home == home && site.api == api)
    }

    /// It is asked at the name that it calls itself by.
    @Test(arguments: [
        ("https://a.example/", "https://www.a.example/wp-json/", "https://www.a.example/"),
        ("https://www.a.example/shop/", "https://a.example/shop/?rest_route=/", "https://a.example/shop/"),
        ("http://localhost:81/", "http://127.0.0.1:81/wp-json/", "http://127.0.0.1:81/"),
    ])
    func aSiteWithTwoNamesIsOneSite(_ address: String, _ root: String, _ moved: String) {
        #expect(told(root, at: address) == .moved(moved))
        #expect(WooSite.telling(page(["Location": moved], status: 301), at: address) == .moved(moved))
        #expect(told("https://b.example/wp-json/", at: address) == .elsewhere("https://b.example"))
    }

    /// Who buys there is for the user to say.
    @Test(arguments: [
        ("https://a.example/", "https://evil.example/wp-json/", "https://evil.example"),
        ("https://a.example/", "https://ww.a.example/wp-json/", "https://ww.a.example"),
        ("https://a.example/", "https://a.example:8443/wp-json/", "https://a.example:8443"),
        ("https://a.example/~ana/", "https://a.example/~eve/wp-json/", "https://a.example/~eve"),
        ("https://a.example/shop", "https://a.example/shopping/wp-json/", "https://a.example/shopping"),
        ("https://a.example/", "https://a.example/shop/?rest_route=/", "https://a.example/shop"),
    ])
    func aPageSpeaksForItsOwnSiteAlone(_ address: String, _ root: String, _ other: String) {
        #expect(told(root, at: address) == .elsewhere(other))
    }

    @Test(arguments: [
        "", "wp-json/", "/wp-json/", "javascript:x", "https://a.example/../wp-json/",
        "https://a.example/%2e%2e/wp-json/",
        "https://a.example/a%2Fb/wp-json/", "https://ana@a.example/wp-json/", "https://a.example/?rest_route=wc",
        "https://a.example/?rest_route=/&rest_route=/x", "https://a.example/?rest_route=/%26x=1/",
        "https://a.example/wp json/", "https://a.example", "https://a.example/#/wp-json/",
    ])
    func whatIsNoRootIsNone(_ root: String) {
        #expect(told(root, at: "https://a.example/") == .nothing)
    }

    @Test func theHeaderIsFoundAmongOthers() throws {
        let site = WooSite.Telling.site(try WooSite(home: "https://a.example"))
        for links: HTTPHeaders in [
            [
                "Link":
                    #"<https://a.example/?p=4>; rel=shortlink, <https://a.example/wp-json/>; rel="https://api.w.org/""#
            ],
            [
                "Link": "<https://a.example/?p=4>; rel=shortlink",
                "link": "<https://a.example/wp-json/>; rel=https://api.w.org/",
            ],
            [
                "Link":
                    #"<https://b.example/>; title="a, <b>; rel=x"; rel="next", <https://a.example/wp-json/>;REL="x https://api.w.org/""#
            ],
        ] {
            #expect(WooSite.telling(page(links, status: 404), at: "https://a.example/nothing") == site)
        }
        for links: HTTPHeaders in [
            ["Link": "<"], ["Link": "<>;"], ["Link": ">;<;rel=\""], ["Link": "<https://a.example/wp-json/>"],
        ] {
            #expect(WooSite.telling(page(links), at: "https://a.example/") == .nothing)
        }
    }

    @Test func theHeadTellsWhereTheHeaderIsLost() throws {
        let link = "<link rel='https://api.w.org/' href='https://a.example/index.php?x=1&#038;rest_route=/' />"
        let site = try WooSite(home: "https://a.example", api: "https://a.example/index.php?x=1&rest_route=/")
        #expect(
            WooSite.telling(page([:], "<html><head><meta a=\"<\">\(link)</head><body>"), at: "https://a.example/")
                == .site(site))
        // What stands in the page itself anybody may have written.
        for html in ["<head></head>\(link)", "<head><title>a</title><body>\(link)", "<head><link", "<", ""] {
            #expect(WooSite.telling(page([:], html), at: "https://a.example/") == .nothing)
        }
    }

    /// Whatever a page has in it, nobody is sent to another server, or out of the folder, by it.
    @Test func aDamagedPageLeadsNowhereElse() {
        var random = Seeded(24)
        let link =
            "<https://a.example/shop/index.php?x=1&rest_route=/>; rel=\"https://api.w.org/\", <https://b.example/>; rel=next"
        let html = "<head a=\"<\"><link href='https://a.example/shop/wp-json/' rel='https://api.w.org/'></head><body>"
        let pieces = [
            "<", ">", "\"", "'", ";", ",", "&", "=", "//", "..", "%2F", "a.example", "b.example", "https://", "", "é",
        ]
        var found = 0
        for round in 0..<20_000 {
            var (header, body) = (Array(link), Array(html))
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
                let (first, second) = (
                    Int.random(in: 0..<header.count, using: &random), Int.random(in: 0..<body.count, using: &random)
                )
                header.replaceSubrange(
                    first..<min(header.count, first + Int.random(in: 0..<6, using: &random)), with: piece)
                body.replaceSubrange(
                    second..<min(body.count, second + Int.random(in: 0..<6, using: &random)), with: piece)
            }
            let headers: HTTPHeaders = round % 2 == 0 ? ["Link": String(header)] : [:]
            guard case .site(let site) = WooSite.telling(page(headers, String(body)), at: "https://a.example/shop/cup")
            else { continue }
            found += 1
            let address = site.root.address("wc/store/v1/cart", [])
            #expect(["https://a.example", "https://a.example/shop"].contains(site.home), "\(header)")
            #expect(address.hasPrefix(site.home + "/"), "\(header)")
        }
        #expect(found > 1000)
    }

    @Test(arguments: [
        ("https://a.example/shop/", WooSite.Telling.moved("https://a.example/shop/")),
        ("/shop/", .moved("https://a.example/shop/")), ("https://www.a.example/", .moved("https://www.a.example/")),
        ("//b.example/", .elsewhere("https://b.example/")), ("http://a.example/", .elsewhere("http://a.example/")),
        ("shop/", .nothing), ("", .nothing),
    ])
    func whereAPageHasGoneIsTold(_ target: String, _ telling: WooSite.Telling) {
        #expect(WooSite.telling(page(["Location": target], status: 301), at: "https://a.example/shop") == telling)
    }

    @Test func whoDoesNotTellIsAskedWhereMostAnswer() {
        #expect(
            WooSite.guesses(at: "https://a.example/shop/?x=1").map { [$0.home, $0.api] } == [
                ["https://a.example/shop", nil], ["https://a.example/shop", "https://a.example/shop/?rest_route=/"],
                ["https://a.example", nil], ["https://a.example", "https://a.example/?rest_route=/"],
            ])
        #expect(WooSite.guesses(at: "https://a.example").map(\.home) == ["https://a.example", "https://a.example"])
    }

    @Test func aShopHasOneNameAndItsApiIsBelowIt() throws {
        #expect(try WooSite(home: "HTTPS://A.example:443/Shop//").home == "https://a.example/Shop")
        #expect(try WooSite(home: "https://a.example/", api: "https://a.example/wp-json/").api == nil)
        for api in ["https://b.example/wp-json/", "https://a.example/wp-json/", "http://a.example/shop/wp-json/", "x"] {
            #expect(throws: InvalidShopOrigin.apiIsElsewhere) { try WooSite(home: "https://a.example/shop", api: api) }
        }
        #expect(throws: InvalidShopOrigin.hasQuery) { try WooSite(home: "https://a.example/?x") }
        #expect(throws: InvalidShopOrigin.insecure) { try WooSite(home: "http://a.example/shop") }
        #expect(throws: InvalidShopOrigin.notAnAddress) { try WooSite(home: "https://a.example/../b") }
    }

    @Test func questionsArePutBehindTheRoot() throws {
        let path = try #require(RESTRoot("https://a.example/shop/wp-json"))
        #expect(path.address("wc/store/v1/cart", []) == "https://a.example/shop/wp-json/wc/store/v1/cart")
        #expect(path.address("wc", ["a=1", "b=2"]) == "https://a.example/shop/wp-json/wc?a=1&b=2")
        let plain = try #require(RESTRoot("https://a.example/index.php?rest_route=%2F"))
        #expect(plain.address("wc", ["a=1"]) == "https://a.example/index.php?rest_route=/wc&a=1")
        let other = try #require(RESTRoot("https://a.example/wp-json/?lang=de"))
        #expect(other.address("wc", ["a=1"]) == "https://a.example/wp-json/wc?lang=de&a=1")
    }

    // MARK: A shop in a folder, with plain permalinks

    private static func rules(_ permalinks: StandInShop.Permalinks) -> StandInShop.Rules {
        var rules = StandInShop.Rules()
        (rules.address, rules.folder, rules.permalinks) = ("https://a.example", "/shop", permalinks)
        return rules
    }

    private func ask(_ query: ShopQuery, _ shop: StandInShop, api: String?) async throws -> ShopAnswer {
        let provider = WooCommerceProvider(site: try WooSite(home: "https://a.example/shop", api: api))
        return try await ProvidersTests.ask(query, of: provider, shop.client, at: Timestamp(seconds: 1))
    }

    private static let plain = "https://a.example/shop/index.php?rest_route=/"

    @Test(arguments: [
        "https://a.example/shop/?product=wool-scarf", "https://www.a.example/shop/?p=31",
        "http://a.example/shop/?post_type=product&p=31", "https://a.example/shop/index.php?product=wool-scarf#x",
        "https://a.example/shop/product/wool-scarf/", "https://a.example/shop/?add-to-cart=31",
    ])
    func aLinkIsFoundInAFolder(_ address: String) async throws {
        for (permalinks, api) in [(StandInShop.Permalinks.plain, Self.plain), (.pretty, nil)] {
            let shop = StandInShop(Self.rules(permalinks))
            guard case .product(let product) = try await ask(.productAt(address: address), shop, api: api) else {
                Issue.record("no product")
                continue
            }
            #expect(product.title == "Wool scarf")
        }
    }

    @Test(arguments: [
        "https://a.example/product/wool-scarf/", "https://a.example/other/?p=31", "https://a.example/shop/",
        "https://a.example/shopping/?p=31", "https://a.example/?product=wool-scarf",
    ])
    func aLinkToAnotherFolderIsAnotherShops(_ address: String) async throws {
        let shop = StandInShop(Self.rules(.plain))
        await #expect(throws: ShopFailure.notFound) {
            try await ask(.productAt(address: address), shop, api: Self.plain)
        }
        #expect(shop.log.isEmpty)
    }

    @Test func itIsLookedAroundInWithPlainPermalinks() async throws {
        let shop = StandInShop(Self.rules(.plain))
        guard case .service(let info) = try await ask(.service, shop, api: Self.plain),
            case .products(let products, nil) = try await ask(
                .products(search: "scarf", show: nil, cursor: nil), shop, api: Self.plain)
        else {
            Issue.record("another answer")
            return
        }
        #expect(info.name == "Stand-in & Sons" && products.map(\.id) == ["31"])
        await #expect(throws: ShopFailure.self) { try await ask(.service, shop, api: nil) }
    }

    /// A site that was told from its page is asked where that said.
    @Test(arguments: [StandInShop.Telling.everywhere, .inPageAlone])
    func thePageOfTheStandInTells(_ telling: StandInShop.Telling) throws {
        var rules = Self.rules(.plain)
        rules.telling = telling
        let address = "https://a.example/shop/?product=wool-scarf"
        let page = try #require(StandInShop(rules).answer(HTTPRequest(.get, address)))
        let site = try WooSite(home: "https://a.example/shop", api: Self.plain)
        #expect(WooSite.telling(page, at: address) == .site(site))
    }
}
