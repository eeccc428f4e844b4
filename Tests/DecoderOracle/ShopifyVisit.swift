import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import Synchronization

/// Questions to a Shopify shop, which take several requests: whatever comes is the reply to each of them.
enum ShopifyVisit {
    private static let now = Timestamp(seconds: 1_800_000_000)
    private static let sku: SKU = "9001"
    private static let account = Account(id: "guest", name: "Guest", token: ContactDetails().token)

    /// What is kept of a basket with a quote, and of one that was handed over.
    private static let visited: (quote: Quote, notes: [String: String])? = {
        let amount = #"{"amount":"145.0","currencyCode":"CHF"}"#
        let goods =
            #"{"id":"gid://shopify/ProductVariant/9001","product":{"id":"gid://shopify/Product/7","title":"L"}}"#
        let line =
            #"{"id":"l","quantity":1,"cost":{"amountPerQuantity":\#(amount),"subtotalAmount":\#(amount)},"merchandise":\#(goods)}"#
        let basket =
            #"{"cartToken":"c","checkoutUrl":"https://shop.example/c","cost":{"totalAmount":\#(amount)},"lines":{"nodes":[\#(line)]}}"#
        var notes: [String: String] = [:]
        let made = reply(#"{"data":{"cartCreate":{"cart":\#(basket)}}}"#)
        guard case .quote(let quote)? = try? answer(.quote(sku, quantity: 1, show: nil), made, &notes) else {
            return nil
        }
        let kept = notes
        _ = try? answer(.placeOrder(intent(quote)), reply(#"{"data":{"cart":\#(basket)}}"#), &notes)
        return (quote, kept.merging(notes) { $1 })
    }()

    private static func reply(_ body: String) -> HTTPResponse {
        HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
    }

    private static func intent(_ quote: Quote) -> OrderIntent {
        OrderIntent(
            key: "key-1", account: "https://shop.example", buyer: "guest", sku: sku, title: "Lamp", quantity: 1,
            quote: quote.id, quoteExpiresAt: quote.expiresAt, paymentMethod: "checkout", maximumTotal: quote.total,
            show: nil, createdAt: now, isKeyed: false)
    }

    static let questions: [ShopQuery] = {
        let asked: [ShopQuery] = [
            .service, .hosts(search: nil, cursor: nil), .products(search: nil, show: nil, cursor: nil),
            .products(search: "lamp", show: nil, cursor: "2"), .product("7001"), .product("paper-moon-lamp"),
            .quote(sku, quantity: 1, show: nil), .orders(cursor: nil),
        ]
        guard let visited else { return asked }
        let order = OrderID("cart-" + visited.quote.id.rawValue)
        return asked + [
            .placeOrder(intent(visited.quote)), .traceOrder(intent(visited.quote)), .order(order), .cancelOrder(order),
        ]
    }()

    static func answer(_ query: ShopQuery, _ response: HTTPResponse) throws(ShopFailure) -> ShopAnswer {
        var notes = visited?.notes ?? [:]
        return try answer(query, response, &notes)
    }

    private static func answer(
        _ query: ShopQuery, _ response: HTTPResponse, _ notes: inout [String: String]
    ) throws(ShopFailure) -> ShopAnswer {
        guard let shop = try? ShopifyProvider(origin: "https://shop.example") else { throw .notFound }
        // What was handed over has to be asked about again.
        let isLater = if case .order = query { true } else { false }
        let memory = ShopMemory.passing()
        let requests = Atomic(0)
        for (name, value) in notes { try? memory.keep(name, value) }
        let io = ShopIO.scripted(memory, account: account, now: isLater ? now + .seconds(90) : now) {
            (_) async throws(ShopFailure) in
            // A list whose pages never end has been seen.
            guard requests.add(1, ordering: .relaxed).newValue <= 60 else { throw .notFound }
            return response
        }
        let result = Mutex<Result<ShopAnswer, ShopFailure>?>(nil)
        // Nothing is waited for, so the whole conversation is held before this goes on.
        Task(executorPreference: InlineExecutor()) {
            let said: Result<ShopAnswer, ShopFailure>
            do throws(ShopFailure) { said = .success(try await shop.answer(to: query, io)) } catch {
                said = .failure(error)
            }
            result.withLock { $0 = said }
        }
        notes = (try? memory.recallAll("")) ?? [:]
        guard let said = result.withLock({ $0 }) else { preconditionFailure("a conversation waits for nothing") }
        return try said.get()
    }
}
