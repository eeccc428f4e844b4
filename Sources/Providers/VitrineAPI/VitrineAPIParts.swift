import Domain

extension VitrineAPIProvider: ShopShows {
    package var showCapabilities: ShopCapabilities { [.shows, .replay] }

    package func schedule(
        _ filter: ShowFilter, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Show> {
        try await ask(.shows(filter, cursor: cursor), io) {
            if case .shows(let shows, let next) = $0 { ListPage(shows, next: next) } else { nil }
        }
    }

    package func show(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> ShowDetail {
        try await ask(.show(id), io) { if case .show(let detail) = $0 { detail } else { nil } }
    }

    package func head(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> ShowHead {
        try await ask(.head(id), io) { if case .head(let head) = $0 { head } else { nil } }
    }

    package func segment(_ id: ShowID, _ number: Int, _ io: ShopIO) async throws(ShopFailure) -> TimelineSegment {
        try await ask(.segment(id, number), io) { if case .segment(let segment) = $0 { segment } else { nil } }
    }

    package func moments(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> [Moment] {
        try await ask(.moments(id), io) { if case .moments(let moments) = $0 { moments } else { nil } }
    }
}

extension VitrineAPIProvider: ShopChat {
    package var chatCapabilities: ShopCapabilities { [.chat] }

    package func post(
        _ text: String, in show: ShowID, _ io: ShopIO
    ) async throws(ShopFailure) -> (message: ChatMessage, pause: Duration?) {
        try await ask(.postMessage(show, text: text), io) {
            if case .message(let message, let pause) = $0 { (message, pause) } else { nil }
        }
    }
}

extension VitrineAPIProvider: ShopHosts {
    package var hostCapabilities: ShopCapabilities { [.follows] }

    package func findHosts(
        search: String?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Host> {
        try await ask(.hosts(search: search, cursor: cursor), io) {
            if case .hosts(let hosts, let next) = $0 { ListPage(hosts, next: next) } else { nil }
        }
    }

    package func host(_ id: HostID, _ io: ShopIO) async throws(ShopFailure) -> Host {
        try await ask(.host(id), io) { if case .host(let host) = $0 { host } else { nil } }
    }

    package func follows(_ io: ShopIO) async throws(ShopFailure) -> [Host] {
        try await ask(.follows, io) { if case .follows(let hosts) = $0 { hosts } else { nil } }
    }

    package func follow(_ id: HostID, _ isFollowed: Bool, _ io: ShopIO) async throws(ShopFailure) {
        try await ask(isFollowed ? .follow(id) : .unfollow(id), io) { if case .done = $0 { () } else { nil } }
    }
}

extension VitrineAPIProvider: ShopCatalogue {
    package func products(
        search: String?, show: ShowID?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product> {
        try await ask(.products(search: search, show: show, cursor: cursor), io, Self.products)
    }

    package func products(
        of host: HostID, search: String?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product> {
        try await ask(.productsOfHost(host, search: search, cursor: cursor), io, Self.products)
    }

    private static func products(_ answer: ShopAnswer) -> ListPage<Product>? {
        if case .products(let products, let next) = answer { ListPage(products, next: next) } else { nil }
    }

    package func product(_ id: ProductID, _ io: ShopIO) async throws(ShopFailure) -> Product {
        try await ask(.product(id), io) { if case .product(let product) = $0 { product } else { nil } }
    }

    package func product(at address: String, _ io: ShopIO) async throws(ShopFailure) -> Product {
        try await ask(.productAt(address: address), io) { if case .product(let product) = $0 { product } else { nil } }
    }

    package func reviews(of id: ProductID, cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Review>
    {
        try await ask(.reviews(id, cursor: cursor), io) {
            if case .reviews(let reviews, let next) = $0 { ListPage(reviews, next: next) } else { nil }
        }
    }
}

extension VitrineAPIProvider: ShopCheckout {
    package var checkoutCapabilities: ShopCapabilities { [.orders, .orderKeys] }

    package func paymentMethods(_ io: ShopIO) async throws(ShopFailure) -> [PaymentMethod] {
        try await ask(.paymentMethods, io) { if case .paymentMethods(let methods) = $0 { methods } else { nil } }
    }

    package func quote(
        _ sku: SKU, quantity: Int, show: ShowID?, _ deliveries: DeliveryChoice, _ io: ShopIO
    ) async throws(ShopFailure) -> Quote {
        try await ask(.quote(sku, quantity: quantity, show: show, deliveries: deliveries), io) {
            if case .quote(let quote) = $0 { quote } else { nil }
        }
    }

    package func place(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> Order {
        try await ask(.placeOrder(intent), io, Self.order)
    }

    package func trace(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> OrderTrace {
        try await ask(.traceOrder(intent), io) { answer in
            switch answer {
            case .order(let order): .order(order)
            case .noSuchOrder: .noOrder
            default: nil
            }
        }
    }

    package func orders(cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Order> {
        try await ask(.orders(cursor: cursor), io) {
            if case .orders(let orders, let next) = $0 { ListPage(orders, next: next) } else { nil }
        }
    }

    package func order(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order {
        try await ask(.order(id), io, Self.order)
    }

    package func cancel(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order {
        try await ask(.cancelOrder(id), io, Self.order)
    }

    package func giveBack(
        _ id: OrderID, _ reason: ReturnReason, note: String, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        try await ask(.returnOrder(id, reason, note: note), io, Self.order)
    }

    private static func order(_ answer: ShopAnswer) -> Order? {
        if case .order(let order) = answer { order } else { nil }
    }
}

extension VitrineAPIProvider: ShopAccounts {
    package var accountCapabilities: ShopCapabilities { [.guests] }

    package func openGuestAccount(_ io: ShopIO) async throws(ShopFailure) -> Account {
        try await ask(.openGuestAccount, io) { if case .guestAccount(let account) = $0 { account } else { nil } }
    }

    package func addresses(_ io: ShopIO) async throws(ShopFailure) -> [Address] {
        try await ask(.addresses, io) { if case .addresses(let addresses) = $0 { addresses } else { nil } }
    }
}
