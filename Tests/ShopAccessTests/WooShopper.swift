import Domain
import Providers
import ShopAccess
import Synchronization
import WooStandIn

/// Somebody at a shop, with what the program keeps.
final class WooShopper: Sendable {
    let shop: StandInShop
    let memory = ShopMemory.passing()
    let clock = Mutex(Timestamp(seconds: 1_800_000_000))
    private let account: Account
    private let site: (home: String, api: String?)

    init(
        _ rules: StandInShop.Rules, contact: ContactDetails? = ana, home: String = "https://shop.example",
        api: String? = nil
    ) {
        shop = StandInShop(rules)
        site = (home, api)
        account = Account(id: "guest", name: "Guest", token: (contact ?? ContactDetails()).token)
    }

    var now: Timestamp { clock.withLock { $0 } }
    func wait(_ time: Duration) { clock.withLock { $0 = $0 + time } }

    func ask(_ query: ShopQuery) throws -> Result<ShopAnswer, ShopFailure> {
        ShopClient(
            provider: WooCommerceProvider(site: try WooSite(home: site.home, api: site.api)), http: shop.client,
            credential: Credential(account, .guest), keeping: .none, memory: memory,
            now: { self.now }
        ).wait(for: query)
    }

    func quote(_ sku: SKU, _ quantity: Int = 1, by deliveries: DeliveryChoice = [:]) throws -> Quote {
        let query = ShopQuery.quote(sku, quantity: quantity, show: nil, deliveries: deliveries)
        guard case .quote(let quote) = try ask(query).get() else {
            throw ShopFailure.notFound
        }
        return quote
    }

    func intent(_ quote: Quote, method: PaymentMethodID = "cod", key: String = "key-1") -> OrderIntent {
        OrderIntent(
            key: key, account: "https://shop.example", buyer: "guest", sku: quote.lines[0].sku,
            title: quote.lines[0].title, quantity: quote.lines[0].quantity, quote: quote.id,
            quoteExpiresAt: quote.expiresAt, paymentMethod: method, maximumTotal: quote.total, show: nil,
            createdAt: now, isKeyed: false, state: .sent)
    }

    func refusal(_ query: ShopQuery) throws -> Refusal? {
        if case .failure(.refused(let refusal)) = try ask(query) { refusal } else { nil }
    }

    static var ana: ContactDetails {
        var ana = ContactDetails()
        let lines: [ContactDetails.Field: String] = [
            .firstName: "Ana", .lastName: "Lopez", .line1: "1 Main Street", .city: "Oakland", .state: "CA",
            .postcode: "94607", .country: "us", .email: "ana@example.org",
        ]
        for (field, line) in lines { _ = ana.set(field, line) }
        return ana
    }
}
