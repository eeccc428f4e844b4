import Domain
import FoundationEssentials
import HTTPTransport
import Providers

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
        var step = try shop.steps(for: query, account: account, now: isLater ? now + .seconds(90) : now)
        var requests = 0
        while true {
            switch step {
            case .answer(let answer): return answer
            case .send(_, _, let next):
                requests += 1
                // A list whose pages never end has been seen.
                guard requests <= 60 else { throw .notFound }
                step = try next(response)
            // Of this kind of shop no question has several answers.
            case .attempt: throw .notFound
            case .recall(let name, let next): step = try next(notes[name])
            case .claim(let name, let next): step = try next(notes.removeValue(forKey: name))
            case .recallAll(let prefix, let next): step = try next(notes.filter { $0.key.hasPrefix(prefix) })
            case .keep(let name, let value, let next):
                notes[name] = value
                step = try next(())
            }
        }
    }
}
