import Domain
import Providers
import Text

/// Order that a toy of a shop makes of an intent.
func placed(_ intent: OrderIntent) -> Order {
    Order(
        id: "1", key: intent.key, status: .awaitingShipment, lines: [], total: intent.maximumTotal,
        placedAt: intent.createdAt, show: nil)
}

/// Shop that sells, and answers nothing but whether something was bought.
protocol ToyCheckout: ShopProvider, ShopCheckout {}

extension ToyCheckout {
    var name: SafeText { "toy" }
    var origin: String { "https://shop.example" }
    var checkout: (any ShopCheckout)? { self }
    var checkoutCapabilities: ShopCapabilities { [.orders] }

    func about(_ io: ShopIO) async throws(ShopFailure) -> ShopInfo { throw .notFound }
    func paymentMethods(_ io: ShopIO) async throws(ShopFailure) -> [PaymentMethod] { [] }
    func quote(
        _ sku: SKU, quantity: Int, show: ShowID?, _ deliveries: DeliveryChoice, _ io: ShopIO
    ) async throws(ShopFailure) -> Quote { throw .notFound }
    func trace(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> OrderTrace { .noOrder }
    func orders(cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Order> { ListPage([]) }
    func order(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order { throw .notFound }
    func cancel(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order { throw .notFound }
    func giveBack(
        _ id: OrderID, _ reason: ReturnReason, note: String, _ io: ShopIO
    ) async throws(ShopFailure) -> Order { throw .notFound }
}

/// Shop with one list of products.
protocol ToyCatalogue: ShopProvider, ShopCatalogue {}

extension ToyCatalogue {
    var name: SafeText { "toy" }
    var origin: String { "https://shop.example" }
    var catalogue: (any ShopCatalogue)? { self }

    func about(_ io: ShopIO) async throws(ShopFailure) -> ShopInfo { throw .notFound }
    func products(
        of host: HostID, search: String?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product> {
        try await products(search: search, show: nil, cursor: cursor, io)
    }
    func product(_ id: ProductID, _ io: ShopIO) async throws(ShopFailure) -> Product { throw .notFound }
    func product(at address: String, _ io: ShopIO) async throws(ShopFailure) -> Product { throw .notFound }
    func reviews(of id: ProductID, cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Review> {
        ListPage([])
    }
}
