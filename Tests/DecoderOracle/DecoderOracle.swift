import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import Text

/// The law of replies, for any bytes that a server may send: they are read or refused, they never end the program, and what
/// is read of money goes together.
package enum DecoderOracle {
    /// One of each question that has a reply of its own kind.
    private static let questions: [ShopQuery] = [
        .service, .shows(ShowFilter(), cursor: nil), .show("autumn-bags"), .head("autumn-bags"),
        .segment("autumn-bags", 2), .moments("autumn-bags"), .hosts(search: nil, cursor: nil), .host("mira"),
        .products(search: nil, show: nil, cursor: nil), .product("bag-01"), .reviews("bag-01", cursor: nil),
        .openGuestAccount, .follows, .postMessage("autumn-bags", text: "hello"), .paymentMethods, .addresses,
        .quote("BAG-01-TAN", quantity: 1, show: nil), .orders(cursor: nil), .order("order-1"), .cancelOrder("order-1"),
        .placeOrder(intent), .traceOrder(intent),
    ]
    private static let statuses = [200, 201, 204, 301, 304, 400, 401, 402, 404, 409, 412, 422, 429, 500, 503, 999]
    private static let types = ["application/json", "application/problem+json", "text/html", ""]

    private static let intent = OrderIntent(
        key: "key-1", account: "https://shop.example", buyer: "guest-1", sku: "BAG-01-TAN", title: "Bag", quantity: 1,
        quote: "quote-1", quoteExpiresAt: Timestamp(seconds: 301), paymentMethod: "card-1",
        maximumTotal: Money(amount: 13_950, exponent: 2, currency: "CHF") ?? zero, show: nil,
        createdAt: Timestamp(seconds: 1))

    private static var zero: Money {
        guard let zero = Money(amount: 0, exponent: 0, currency: "XXX") else {
            preconditionFailure("XXX is a currency")
        }
        return zero
    }

    /// - Parameter bytes: three that say what was asked of which kind of shop, with what status and type the reply came,
    ///   then its body.
    /// - Returns: what is wrong; nil when all is as it must be.
    package static func violation(by bytes: some Collection<UInt8>) -> String? {
        let shape = Array(bytes.prefix(3))
        guard shape.count == 3, let shop = try? VitrineAPIProvider(origin: "https://shop.example") else { return nil }
        var headers = HTTPHeaders()
        headers.append("Content-Type", types[Int(shape[2]) % types.count])
        let response = HTTPResponse(
            status: statuses[Int(shape[1]) % statuses.count], headers: headers, body: Data(bytes.dropFirst(3)))
        let isShopify = shape[0] >= 128
        let known = isShopify ? ShopifyVisit.questions : questions
        let query = known[Int(shape[0] & 127) % known.count]
        do {
            let answer = try isShopify ? ShopifyVisit.answer(query, response) : shop.decode(response, for: query)
            return violation(by: answer, to: query)
        } catch {
            if case .refused(let refusal) = error { return refusal.quote.flatMap(violation(of:)) }
            return nil
        }
    }

    private static func violation(by answer: ShopAnswer, to query: ShopQuery) -> String? {
        switch (answer, query) {
        case (.quote(let quote), .quote(let sku, let quantity, _, _)):
            if quote.lines.contains(where: { $0.sku != sku }) || quote.lines.reduce(0, { $0 + $1.quantity }) != quantity
            {
                return "a quote for something else"
            }
            return violation(of: quote)
        case (.order(let order), .placeOrder(let intent)), (.order(let order), .traceOrder(let intent)):
            return order.key == intent.key ? nil : "the order of another key"
        case (.noSuchOrder, .traceOrder): return nil
        case (.noSuchOrder, _): return "nobody asked for it by its key"
        case (.products(let products, _), _): return products.lazy.compactMap(violation(of:)).first
        case (.product(let product), _): return violation(of: product)
        default: return nil
        }
    }

    static func violation(of quote: Quote) -> String? {
        let charges = quote.discounts + [quote.shipping, quote.tax, quote.duties]
        let amounts = charges.map(\.amount) + quote.lines.map(\.unitPrice) + [quote.subtotal]
        if amounts.contains(where: { $0.currency != quote.total.currency || $0.exponent != quote.total.exponent }) {
            return "a quote in two currencies"
        }
        let isOdd = quote.total.isNegative || quote.lines.contains { $0.quantity < 1 || $0.unitPrice.isNegative }
        return isOdd ? "a quote for less than nothing" : nil
    }

    private static func violation(of product: Product) -> String? {
        let isOdd = product.variants.contains { $0.price.isNegative || ($0.stock ?? 0) < 0 || $0.options.count > 8 }
        return isOdd ? "a product for less than nothing, or with more options than there may be" : nil
    }
}
