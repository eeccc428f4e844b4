import Domain

/// Shows of a live source beside a shop. The live source never learns who buys.
struct JoinedShows: ShopShows {
    let live: any ShopShows
    let shop: any ShopProvider

    var showCapabilities: ShopCapabilities { live.showCapabilities }

    func schedule(_ filter: ShowFilter, cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Show> {
        try await live.schedule(filter, cursor: cursor, io.asking(as: nil))
    }

    /// The shop's first page is the line-up, so that something can be bought before anything was shown.
    func show(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> ShowDetail {
        let nobody = io.asking(as: nil)
        let show = try await live.show(id, nobody).show
        guard let catalogue = shop.catalogue,
            let goods = try? await catalogue.products(search: nil, show: nil, cursor: nil, nobody)
        else { return ShowDetail(show: show, lineUp: []) }
        return ShowDetail(show: show, lineUp: goods.items, isCatalogue: true)
    }

    func head(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> ShowHead {
        var head = try await live.head(id, io.asking(as: nil))
        guard head.show == id else { throw .notUnderstood("the reply is about something else") }
        head.snapshot = withoutGoods(head.snapshot)
        head.open = withoutGoods(head.open)
        return head
    }

    func segment(_ id: ShowID, _ number: Int, _ io: ShopIO) async throws(ShopFailure) -> TimelineSegment {
        withoutGoods(try await live.segment(id, number, io.asking(as: nil)))
    }

    func moments(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> [Moment] {
        try await live.moments(id, io.asking(as: nil)).map { moment in
            var moment = moment
            moment.products = []
            return moment
        }
    }

    // MARK: What a live source sells itself is not sold here: the shop may give the same names to other things.

    private func withoutGoods(_ snapshot: ShowSnapshot) -> ShowSnapshot {
        var bare = snapshot
        (bare.highlight, bare.offers, bare.onAir) = ([], [], [])
        return bare
    }

    private func withoutGoods(_ segment: TimelineSegment) -> TimelineSegment {
        var bare = segment
        bare.opening = withoutGoods(segment.opening)
        bare.events.removeAll { event in
            if case .link(let address, _) = event.kind { return !shop.isOwn(address) }
            return event.kind.isAboutGoods
        }
        return bare
    }
}

/// A chat that is read, and not written to: nobody has an account there.
struct JoinedChat: ShopChat {
    let live: any ShopChat

    var chatCapabilities: ShopCapabilities {
        live.chatCapabilities.isDisjoint(with: [.chat, .chatToRead]) ? [] : [.chatToRead]
    }

    func post(
        _ text: String, in show: ShowID, _ io: ShopIO
    ) async throws(ShopFailure) -> (message: ChatMessage, pause: Duration?) {
        throw .notSent("this chat can be read here, not written to")
    }
}

struct JoinedHosts: ShopHosts {
    let live: any ShopHosts

    var hostCapabilities: ShopCapabilities { [] }

    func findHosts(search: String?, cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Host> {
        try await live.findHosts(search: search, cursor: cursor, io.asking(as: nil))
    }

    func host(_ id: HostID, _ io: ShopIO) async throws(ShopFailure) -> Host {
        try await live.host(id, io.asking(as: nil))
    }

    /// Hosts without anybody's follows: where somebody could be followed, nobody has an account to do it by.
    func follows(_ io: ShopIO) async throws(ShopFailure) -> [Host] {
        live.hostCapabilities.contains(.follows) ? [] : try await live.follows(io.asking(as: nil))
    }

    func follow(_ id: HostID, _ isFollowed: Bool, _ io: ShopIO) async throws(ShopFailure) {
        throw .notSent("this stream is followed on its own page only")
    }
}

/// Products of the shop, which knows neither the shows nor who presents.
struct JoinedCatalogue: ShopCatalogue {
    let shop: any ShopCatalogue

    func products(
        search: String?, show: ShowID?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product> {
        try await shop.products(search: search, show: nil, cursor: cursor, io)
    }

    /// The host's page is the way to the shop's whole catalogue.
    func products(
        of host: HostID, search: String?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product> {
        try await shop.products(search: search, show: nil, cursor: cursor, io)
    }

    func product(_ id: ProductID, _ io: ShopIO) async throws(ShopFailure) -> Product { try await shop.product(id, io) }

    func product(at address: String, _ io: ShopIO) async throws(ShopFailure) -> Product {
        try await shop.product(at: address, io)
    }

    func reviews(of id: ProductID, cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Review> {
        try await shop.reviews(of: id, cursor: cursor, io)
    }
}

/// Purchases at the shop, which knows no shows.
struct JoinedCheckout: ShopCheckout {
    let shop: any ShopCheckout

    var checkoutCapabilities: ShopCapabilities { shop.checkoutCapabilities }

    func paymentMethods(_ io: ShopIO) async throws(ShopFailure) -> [PaymentMethod] { try await shop.paymentMethods(io) }

    func quote(
        _ sku: SKU, quantity: Int, show: ShowID?, _ deliveries: DeliveryChoice, _ io: ShopIO
    ) async throws(ShopFailure) -> Quote {
        try await shop.quote(sku, quantity: quantity, show: nil, deliveries, io)
    }

    func place(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> Order {
        try await shop.place(intent, io)
    }

    func trace(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> OrderTrace {
        try await shop.trace(intent, io)
    }

    func orders(cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Order> {
        try await shop.orders(cursor: cursor, io)
    }

    func order(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order { try await shop.order(id, io) }
    func cancel(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order { try await shop.cancel(id, io) }

    func giveBack(
        _ id: OrderID, _ reason: ReturnReason, note: String, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        try await shop.giveBack(id, reason, note: note, io)
    }
}
