import Domain
import HTTPTransport
import LiveAPI
import Providers
import Text

/// The same server, as a shop that keeps no keys: two orders that come are two orders, and which of its orders a purchase
/// became is to be found out from what they are of.
struct KeylessShop: ShopProvider, ShopCheckout {
    let base: VitrineAPIProvider
    /// So much may the viewer's clock be ahead of the shop's.
    static let clockTolerance = Duration.seconds(120)

    var name: SafeText { base.name }
    var origin: String { base.origin }
    var checkoutCapabilities: ShopCapabilities { base.checkoutCapabilities.subtracting(.orderKeys) }

    func about(_ io: ShopIO) async throws(ShopFailure) -> ShopInfo { try await base.about(io) }

    var shows: (any ShopShows)? { base.shows }
    var chat: (any ShopChat)? { base.chat }
    var hosts: (any ShopHosts)? { base.hosts }
    var catalogue: (any ShopCatalogue)? { base.catalogue }
    var checkout: (any ShopCheckout)? { self }
    var accounts: (any ShopAccounts)? { base.accounts }

    // MARK: Purchases

    func place(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> Order {
        let query = ShopQuery.placeOrder(intent)
        let response = try await io.decide(base.request(for: query, account: io.account))
        guard (200..<300).contains(response.status) else {
            _ = try base.decode(response, for: query)
            throw .notUnderstood("no order")
        }
        do { return try WireJSON.decode(Order.self, from: response.body).keyless } catch {
            throw .notUnderstood("no order")
        }
    }

    func trace(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> OrderTrace {
        .possible(try await orders(cursor: nil, io).items.filter { $0.mayBe(intent) })
    }

    func orders(cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Order> {
        var page = try await base.orders(cursor: cursor, io)
        page.items = page.items.map(\.keyless)
        return page
    }

    func paymentMethods(_ io: ShopIO) async throws(ShopFailure) -> [PaymentMethod] { try await base.paymentMethods(io) }

    func quote(
        _ sku: SKU, quantity: Int, show: ShowID?, _ deliveries: DeliveryChoice, _ io: ShopIO
    ) async throws(ShopFailure) -> Quote {
        try await base.quote(sku, quantity: quantity, show: show, deliveries, io)
    }

    func order(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order { try await base.order(id, io) }
    func cancel(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order { try await base.cancel(id, io) }

    func giveBack(
        _ id: OrderID, _ reason: ReturnReason, note: String, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        try await base.giveBack(id, reason, note: note, io)
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
