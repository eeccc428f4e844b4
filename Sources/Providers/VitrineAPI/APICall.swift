import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Text

/// One call of the API below the server's origin.
struct APICall {
    var method = HTTPMethod.get
    var path: String
    var body: Data?
    var idempotencyKey: String?

    init(_ query: ShopQuery) throws(ShopFailure) {
        switch query {
        case .service: self.init(to: .service)
        case .shows(let filter, let cursor): self.init(path: Self.path(of: filter, cursor: cursor))
        case .show(let id): self.init(to: .show(id))
        case .head(let id): self.init(to: .head(id))
        case .segment(let id, let number):
            guard number >= 0 else { throw .notSent("a timeline has no segment before the first") }
            self.init(to: .segment(id, number))
        case .moments(let id): self.init(to: .moments(id))
        case .hosts(let search, let cursor):
            self.init(path: Route.hosts.path(query: ["q": search, "cursor": cursor]))
        case .host(let id): self.init(to: .host(id))
        case .products(let search, let show, let cursor):
            self.init(
                path: Route.products.path(query: ["q": search, "show": show?.rawValue, "cursor": cursor]))
        case .productsOfHost(let host, let search, let cursor):
            self.init(
                path: Route.products.path(query: ["host": host.rawValue, "q": search, "cursor": cursor]))
        case .product(let id): self.init(to: .product(id))
        // Our own timeline names products; it links to none.
        case .productAt: throw .notFound
        case .reviews(let id, let cursor): self.init(path: Route.reviews(id).path(query: ["cursor": cursor]))
        case .openGuestAccount: self.init(to: .guests, .post)
        case .follows: self.init(to: .follows)
        case .follow(let host): self.init(to: .follow(host), .put)
        case .unfollow(let host): self.init(to: .follow(host), .delete)
        case .postMessage(let show, let text): try self.init(message: text, in: show)
        case .paymentMethods: self.init(to: .paymentMethods)
        case .addresses: self.init(to: .addresses)
        case .quote(let sku, let quantity, let show, let deliveries):
            try self.init(quoteFor: sku, quantity, show, deliveries)
        case .placeOrder(let intent): try self.init(placing: intent)
        case .orders(let cursor): self.init(path: Route.orders.path(query: ["cursor": cursor]))
        case .traceOrder(let intent): self.init(path: Route.orders.path(query: ["key": intent.key]))
        case .order(let id): self.init(to: .order(id))
        case .cancelOrder(let id): self.init(to: .cancelOrder(id), .post)
        case .returnOrder(let id, let reason, let note):
            let wish = ReturnWish(reason: reason, note: note.isEmpty ? nil : note)
            try self.init(to: .returnOrder(id), posting: wish)
        }
    }

    private init(path: String) { self.path = path }

    private init(to route: Route, _ method: HTTPMethod = .get) {
        path = route.path
        self.method = method
    }

    private init(to route: Route, posting value: some Encodable) throws(ShopFailure) {
        self.init(to: route, .post)
        let encoder = JSONEncoder()
        // An order that is sent again must be the same bytes, else the server takes the key for a reused one.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            body = try encoder.encode(value)
        } catch {
            throw .notSent("the question could not be written as JSON")
        }
    }

    private init(message text: String, in show: ShowID) throws(ShopFailure) {
        guard text.contains(where: { !$0.isWhitespace }) else { throw .notSent("the message is empty") }
        guard text.count <= WireLimits.chatCharacters else {
            throw .notSent(SafeText("the message is longer than \(WireLimits.chatCharacters) characters"))
        }
        try self.init(to: .messages(show), posting: MessageRequest(text: text))
    }

    private init(quoteFor sku: SKU, _ quantity: Int, _ show: ShowID?, _ deliveries: DeliveryChoice) throws(ShopFailure)
    {
        guard quantity > 0 else { throw .notSent("the quantity must be at least 1") }
        let line = QuoteRequest.Line(sku: sku, quantity: quantity)
        try self.init(to: .quotes, posting: QuoteRequest(lines: [line], show: show, deliveries: deliveries))
    }

    private init(placing intent: OrderIntent) throws(ShopFailure) {
        let order = OrderRequest(
            quote: intent.quote, maximumTotal: intent.maximumTotal, paymentMethod: intent.paymentMethod)
        try self.init(to: .orders, posting: order)
        guard !intent.key.isEmpty else { throw .notSent("the order has no key") }
        idempotencyKey = intent.key
    }

    private static func path(of filter: ShowFilter, cursor: String?) -> String {
        Route.shows.path(query: [
            "from": filter.from?.rfc3339, "to": filter.to?.rfc3339, "state": filter.state?.rawValue,
            "host": filter.host?.rawValue, "tag": filter.tag, "q": filter.search, "cursor": cursor,
        ])
    }
}
