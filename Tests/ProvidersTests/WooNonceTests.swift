import Domain
import HTTPTransport
import Providers
import Testing
import WooStandIn

/// A shop whose nonces end between two questions.
@Suite struct WooNonceTests {
    private let shop = StandInShop(StandInShop.Rules(isOld: true))
    private let memory = ShopMemory.passing()
    private let now = Timestamp(seconds: 1_800_000_000)

    private var account: Account {
        var contact = ContactDetails()
        let lines: [ContactDetails.Field: String] = [
            .firstName: "Ana", .lastName: "Lopez", .line1: "1 Main Street", .city: "Oakland", .state: "CA",
            .postcode: "94607", .country: "US", .email: "ana@example.org",
        ]
        for (field, line) in lines { _ = contact.set(field, line) }
        return Account(id: "guest", name: "Guest", token: contact.token)
    }

    private func ask(_ query: ShopQuery, through client: HTTPClient) async throws -> ShopAnswer {
        let provider = try WooCommerceProvider(origin: "https://shop.example")
        return try await ProvidersTests.ask(query, of: provider, client, as: account, at: now, memory: memory)
    }

    /// The shop, whose nonces end as soon as they were given with an answer to a GET.
    private var forgetful: HTTPClient {
        HTTPClient { [shop] request, completion in
            shop.client.send(request) { result in
                if request.method == .get { shop.expireNonces() }
                completion(result)
            }
        }
    }

    private func intent(_ quote: Quote, with method: String) -> OrderIntent {
        OrderIntent(
            key: "key-1", account: "https://shop.example", buyer: "guest", sku: "31", title: "Scarf", quantity: 1,
            quote: quote.id, quoteExpiresAt: quote.expiresAt, paymentMethod: PaymentMethodID(method),
            maximumTotal: quote.total, show: nil, createdAt: now, isKeyed: false)
    }

    @Test func aStaleNonceIsRequestedOnceMore() async throws {
        guard case .quote(let quote) = try await ask(.quote("31", quantity: 1, show: nil), through: forgetful) else {
            throw ShopFailure.notFound
        }
        #expect(shop.log.count { $0 == "POST /cart/add-item" } == 2)
        guard case .order = try await ask(.placeOrder(intent(quote, with: "cod")), through: forgetful) else {
            throw ShopFailure.notFound
        }
        #expect(shop.orders.count == 1)
        #expect(shop.log.count { $0 == "POST /checkout" } == 2)
    }

    /// A shop that takes none is not asked without end.
    @Test func aNonceIsRenewedOnceOnly() async throws {
        let never = HTTPClient { [shop] request, completion in
            shop.expireNonces()
            return shop.client.send(request, completion)
        }
        await #expect(throws: ShopFailure.self) { try await ask(.quote("31", quantity: 1, show: nil), through: never) }
        #expect(shop.log.count { $0 == "POST /cart/add-item" } == 2)
    }
}
