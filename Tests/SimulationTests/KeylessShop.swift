import Domain
import HTTPTransport
import LiveAPI
import Providers
import Text

/// The same server, as a shop that keeps no keys: two orders that come are two orders, and which of its orders a purchase
/// became is to be found out from what they are of.
struct KeylessShop: SingleRequestProvider {
    let base: VitrineAPIProvider
    /// So much may the viewer's clock be ahead of the shop's.
    static let clockTolerance = Duration.seconds(120)

    var name: SafeText { base.name }
    var origin: String { base.origin }
    var capabilities: ShopCapabilities { base.capabilities.subtracting(.orderKeys) }

    func request(for query: ShopQuery, account: Account?) throws(ShopFailure) -> HTTPRequest {
        guard case .traceOrder = query else { return try base.request(for: query, account: account) }
        return try base.request(for: .orders(cursor: nil), account: account)
    }

    func decode(_ response: HTTPResponse, for query: ShopQuery) throws(ShopFailure) -> ShopAnswer {
        switch query {
        case .placeOrder where (200..<300).contains(response.status):
            do { return .order(try WireJSON.decode(Order.self, from: response.body).keyless) } catch {
                throw .notUnderstood("no order")
            }
        case .traceOrder(let intent):
            guard case .orders(let orders, _) = try base.decode(response, for: .orders(cursor: nil)) else { break }
            return .possibleOrders(orders.filter { $0.mayBe(intent) }.map(\.keyless))
        case .orders:
            guard case .orders(let orders, let next) = try base.decode(response, for: query) else { break }
            return .orders(orders.map(\.keyless), nextCursor: next)
        default: break
        }
        return try base.decode(response, for: query)
    }
}

extension Order {
    fileprivate var keyless: Order {
        var order = self
        order.key = ""
        return order
    }

    fileprivate func mayBe(_ intent: OrderIntent) -> Bool {
        lines.map(\.sku) == [intent.sku] && lines.map(\.quantity) == [intent.quantity]
            && total.exceeds(intent.maximumTotal) == false
            && placedAt > intent.createdAt - KeylessShop.clockTolerance
    }
}
