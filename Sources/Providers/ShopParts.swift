import Domain

/// Part of a list, with the cursor of the next part; nil where it is the last.
package struct ListPage<Item: Sendable>: Sendable {
    package var items: [Item]
    package var next: String?

    package init(_ items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }
}

/// Shows that can be watched, and what happens in them.
package protocol ShopShows: Sendable {
    /// Capabilities that screens may offer because of this part.
    var showCapabilities: ShopCapabilities { get }

    func schedule(
        _ filter: ShowFilter, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Show>
    func show(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> ShowDetail
    /// The newest part of the timeline: a poll.
    func head(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> ShowHead
    func segment(_ id: ShowID, _ number: Int, _ io: ShopIO) async throws(ShopFailure) -> TimelineSegment
    func moments(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> [Moment]
}

/// Chat of the shows. It is read in their timelines; this writes to it.
package protocol ShopChat: Sendable {
    var chatCapabilities: ShopCapabilities { get }

    /// - Returns: what was written, and how long the shop wants to wait for the next message, where it says so.
    func post(
        _ text: String, in show: ShowID, _ io: ShopIO
    ) async throws(ShopFailure) -> (message: ChatMessage, pause: Duration?)
}

/// Hosts, and who is followed.
package protocol ShopHosts: Sendable {
    var hostCapabilities: ShopCapabilities { get }

    func findHosts(search: String?, cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Host>
    func host(_ id: HostID, _ io: ShopIO) async throws(ShopFailure) -> Host
    func follows(_ io: ShopIO) async throws(ShopFailure) -> [Host]
    func follow(_ id: HostID, _ isFollowed: Bool, _ io: ShopIO) async throws(ShopFailure)
}

/// Products, as everybody sees them.
package protocol ShopCatalogue: Sendable {
    /// - Parameter show: the show in whose line-up they are; nil for all.
    func products(
        search: String?, show: ShowID?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product>
    func products(
        of host: HostID, search: String?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product>
    func product(_ id: ProductID, _ io: ShopIO) async throws(ShopFailure) -> Product
    /// The product that is sold at an address of the shop's own pages.
    func product(at address: String, _ io: ShopIO) async throws(ShopFailure) -> Product
    func reviews(of id: ProductID, cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Review>
}

/// Catalogue of a shop that is its own only host: all products are that host's.
package protocol SingleHostCatalogue: ShopCatalogue {
    static var host: HostID { get }
}

extension SingleHostCatalogue {
    package func products(
        of host: HostID, search: String?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product> {
        guard host == Self.host else { throw .notFound }
        return try await products(search: search, show: nil, cursor: cursor, io)
    }
}

/// Outcome of a purchase whose reply was lost.
package enum OrderTrace: Sendable {
    case order(Order)
    /// There is none; one that is still on its way may come.
    case noOrder
    /// Orders that it may be, at a shop that does not know which.
    case possible([Order])
}

/// Prices of purchases, and the purchases.
package protocol ShopCheckout: Sendable {
    var checkoutCapabilities: ShopCapabilities { get }

    func paymentMethods(_ io: ShopIO) async throws(ShopFailure) -> [PaymentMethod]
    func quote(
        _ sku: SKU, quantity: Int, show: ShowID?, _ deliveries: DeliveryChoice, _ io: ShopIO
    ) async throws(ShopFailure) -> Quote
    /// Buys. The request that does is sent by `io.decide`.
    func place(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> Order
    func trace(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> OrderTrace
    func orders(cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Order>
    func order(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order
    func cancel(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order
    func giveBack(
        _ id: OrderID, _ reason: ReturnReason, note: String, _ io: ShopIO
    ) async throws(ShopFailure) -> Order
}

/// Accounts of whoever buys.
package protocol ShopAccounts: Sendable {
    var accountCapabilities: ShopCapabilities { get }

    /// Opens one, where no guest is known from the beginning.
    func openGuestAccount(_ io: ShopIO) async throws(ShopFailure) -> Account
    func addresses(_ io: ShopIO) async throws(ShopFailure) -> [Address]
}
