import Domain
import Foundation
import HTTPTransport
import OwncastStandIn
import Providers
import ShopifyStandIn
import Testing
import WooStandIn

/// Ids of answers carry the channel that was asked: every value in each answer of each kind of shop is looked at, so that a
/// field that is new cannot be forgotten.
@Suite struct IDChannelTests {
    private static let now = Timestamp(milliseconds: 1_795_444_320_123)
    private static let channel = Channel(3)

    private static var account: Account {
        var contact = ContactDetails()
        let lines: [ContactDetails.Field: String] = [
            .firstName: "Ana", .lastName: "Lopez", .line1: "1 Main Street", .city: "Oakland", .state: "CA",
            .postcode: "94607", .country: "US", .email: "ana@example.org",
        ]
        for (field, line) in lines { _ = contact.set(field, line) }
        return Account(id: "guest", name: "Guest", token: contact.token)
    }

    /// Answers of a shop to all questions, and what it refuses, from looking around to an order.
    private func answers(
        _ provider: any ShopProvider, _ client: HTTPClient, show: ShowID, product: ProductID, sku: SKU, method: String
    ) async throws -> [Result<ShopAnswer, ShopFailure>] {
        let memory = ShopMemory.passing()
        var all: [Result<ShopAnswer, ShopFailure>] = []
        func ask(_ query: ShopQuery) async -> ShopAnswer? {
            do throws(ShopFailure) {
                let answer = try await ProvidersTests.ask(
                    query, of: provider, client, as: Self.account, at: Self.now, memory: memory)
                all.append(.success(answer))
                return answer
            } catch {
                all.append(.failure(error))
                return nil
            }
        }
        let questions: [ShopQuery] = [
            .service, .shows(ShowFilter(), cursor: nil), .show(show), .head(show), .hosts(search: nil, cursor: nil),
            .follows, .products(search: nil, show: nil, cursor: nil), .product(product),
            .reviews(product, cursor: nil), .paymentMethods, .addresses,
        ]
        for question in questions { _ = await ask(question) }
        func intent(_ quote: Quote, at most: Money) -> OrderIntent {
            OrderIntent(
                key: "key-1", account: provider.origin, buyer: "guest", sku: sku, title: "Thing", quantity: 1,
                quote: quote.id, quoteExpiresAt: quote.expiresAt, paymentMethod: PaymentMethodID(method),
                maximumTotal: most, show: nil, createdAt: Self.now, isKeyed: false)
        }
        // One that is refused, with its total, and one that is bought.
        guard case .quote(let dear)? = await ask(.quote(sku, quantity: 1, show: nil)) else { return all }
        _ = await ask(.placeOrder(intent(dear, at: dear.total.zero)))
        guard case .quote(let quote)? = await ask(.quote(sku, quantity: 1, show: nil)) else { return all }
        _ = await ask(.placeOrder(intent(quote, at: quote.total)))
        _ = await ask(.traceOrder(intent(quote, at: quote.total)))
        _ = await ask(.orders(cursor: nil))
        return all
    }

    private func check(_ results: [Result<ShopAnswer, ShopFailure>], sourceLocation: SourceLocation = #_sourceLocation)
        -> Set<String>
    {
        var kinds: Set<String> = []
        for result in results {
            let placed = result.map { $0.placed(in: Self.channel) }.mapError { $0.placed(in: Self.channel) }
            let ids = IDWalk(placed)
            #expect(ids.strays(from: Self.channel).isEmpty, sourceLocation: sourceLocation)
            kinds.formUnion(ids.kinds)
        }
        return kinds
    }

    @Test func ownAPI() throws {
        let names: [(ShopQuery, String)] = [
            (.shows(ShowFilter(), cursor: nil), "shows"), (.show("autumn-bags"), "show"),
            (.head("autumn-bags"), "head"), (.segment("autumn-bags", 2), "segment"),
            (.moments("autumn-bags"), "moments"), (.hosts(search: nil, cursor: nil), "hosts"),
            (.products(search: nil, show: nil, cursor: nil), "products"),
            (.postMessage("autumn-bags", text: "?"), "message"),
            (.paymentMethods, "payment-methods"), (.addresses, "addresses"),
            (.quote("BAG-01-TAN", quantity: 1, show: nil), "quote"), (.orders(cursor: nil), "orders"),
            (.order("order-1"), "order"),
        ]
        let kinds = try check(names.map { .success(try answer($0, $1)) })
        #expect(
            kinds.isSuperset(of: [
                "Show", "Host", "Product", "Variant", "ChatMessage", "Quote", "Order", "PaymentMethod", "Address",
            ]), "\(kinds.sorted())")
    }

    @Test func questions() throws {
        for query in try everyQuery() {
            let ids = IDWalk(query.placed(in: Self.channel))
            #expect(ids.strays(from: Self.channel).isEmpty, "\(query)")
            #expect(query.channel == nil || !ids.kinds.isEmpty, "\(query)")
        }
    }

    @Test func wooCommerce() async throws {
        let kinds = check(
            try await answers(
                WooCommerceProvider(origin: "https://shop.example"), StandInShop().client, show: "1", product: "31",
                sku: "31", method: "cod"))
        #expect(
            kinds.isSuperset(of: [
                "Host", "Product", "Variant", "Quote", "Order", "PaymentMethod", "Address", "Delivery",
                "Shipment",
            ]), "\(kinds.sorted())")
    }

    @Test func shopify() async throws {
        let kinds = check(
            try await answers(
                ShopifyProvider(origin: "https://shop.example"), StandInShopify().client, show: "1", product: "7001",
                sku: "9001", method: "checkout"))
        #expect(
            kinds.isSuperset(of: ["Host", "Product", "Variant", "Quote", "Order", "PaymentMethod"]), "\(kinds.sorted())"
        )
    }

    @Test func owncast() async throws {
        let stream = StandInStream()
        stream.set(now: Self.now.milliseconds)
        stream.start("On")
        stream.say("see https://shop.example/product/wool-scarf/", by: stream.join("Ana", isModerator: true))
        let kinds = check(
            try await answers(
                OwncastProvider(origin: ShopOrigin("https://live.example")), stream.client, show: "live", product: "1",
                sku: "1", method: "none"))
        #expect(kinds.isSuperset(of: ["Show", "Host", "ChatMessage"]), "\(kinds.sorted())")
    }

    /// One that is forgotten is found, however deep it lies.
    @Test func aForgottenIDIsFound() throws {
        guard
            case .quote(var quote) = try answer(.quote("BAG-01-TAN", quantity: 1, show: nil), "quote").placed(
                in: Self.channel)
        else { throw Unexpected() }
        #expect(IDWalk(ShopAnswer.quote(quote)).strays(from: Self.channel).isEmpty)
        quote.lines[0].product = "forgotten"
        let refused = ShopFailure.refused(Refusal(code: "x", message: "x", quote: quote))
        #expect(IDWalk(refused).strays(from: Self.channel) == ["forgotten"])
    }
}

/// Ids anywhere in a value.
private struct IDWalk {
    private var ids: [any AnyID] = []

    init(_ value: Any) { visit(value) }

    private mutating func visit(_ value: Any) {
        if let id = value as? any AnyID { return ids.append(id) }
        for child in Mirror(reflecting: value).children { visit(child.value) }
    }

    /// Kinds of things that they name.
    var kinds: Set<String> { Set(ids.map(\.kind)) }

    func strays(from channel: Channel) -> [String] { ids.filter { $0.channel != channel }.map(\.rawValue) }
}

private protocol AnyID {
    var rawValue: String { get }
    var channel: Channel { get }
    var kind: String { get }
}

extension Identifier: AnyID {
    fileprivate var kind: String { "\(Entity.self)" }
}
