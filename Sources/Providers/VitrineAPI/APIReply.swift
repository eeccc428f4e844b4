import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Text

/// A reply of the API, looked at once for what it is before anything is read from it.
struct APIReply {
    let response: HTTPResponse
    let body: ReplyBody

    init(_ response: HTTPResponse) {
        self.response = response
        body = ReplyBody(response)
    }

    /// A network that wants its users to sign in first answers any request with a page of its own, and so do others.
    var isWebPage: Bool { body.obstacle != nil }

    func answer(to query: ShopQuery) throws(ShopFailure) -> ShopAnswer {
        switch query {
        case .follow, .unfollow:
            if let obstacle = body.obstacle { throw .notUnderstood(obstacle.words) }
            return .done
        case .service: return .service(ShopInfo(try read(ServiceDocument.self)))
        case .shows:
            let page = try read(Page<Show>.self)
            return .shows(page.items, nextCursor: page.nextCursor)
        case .show(let id): return .show(try read(ShowDetail.self, is: { $0.show.id == id }))
        case .head(let id): return .head(try read(ShowHead.self, is: { $0.show == id }))
        case .segment(_, let number):
            return .segment(try read(TimelineSegment.self, is: { $0.number == number }))
        case .moments: return .moments(try read(Page<Moment>.self).items)
        case .hosts:
            let page = try read(Page<Host>.self)
            return .hosts(page.items, nextCursor: page.nextCursor)
        case .host(let id): return .host(try read(Host.self, is: { $0.id == id }))
        case .products, .productsOfHost:
            let page = try read(Page<Product>.self)
            return .products(page.items, nextCursor: page.nextCursor)
        case .product(let id): return .product(try read(Product.self, is: { $0.id == id }))
        case .productAt: return .product(try read(Product.self))
        case .reviews:
            let page = try read(Page<Review>.self)
            return .reviews(page.items, nextCursor: page.nextCursor)
        case .openGuestAccount: return .guestAccount(Account(try read(GuestAccount.self, is: \.isUsable)))
        case .follows: return .follows(try read(Page<Host>.self).items)
        case .postMessage: return .message(try read(ChatMessage.self), pause: pause)
        case .paymentMethods: return .paymentMethods(try read(Page<PaymentMethod>.self).items)
        case .addresses: return .addresses(try read(Page<Address>.self).items)
        case .quote(let sku, let quantity, _, _):
            return .quote(try read(Quote.self, is: { $0.isFor(sku, quantity: quantity) }))
        case .placeOrder(let intent): return .order(try read(Order.self, is: { $0.key == intent.key }))
        case .orders:
            let page = try read(Page<Order>.self)
            return .orders(page.items, nextCursor: page.nextCursor)
        case .traceOrder(let intent):
            let order = try read(OrdersByKey.self, is: { $0.items.allSatisfy { $0.key == intent.key } }).items.first
            return order.map { .order($0) } ?? .noSuchOrder
        case .order(let id), .cancelOrder(let id), .returnOrder(let id, _, _):
            return .order(try read(Order.self, is: { $0.id == id }))
        }
    }

    /// - Parameter isAnswer: whether it answers what was asked; a proxy's mix-up must not pass for an answer.
    func read<Value: Decodable>(
        _: Value.Type, is isAnswer: (Value) -> Bool = { _ in true }
    ) throws(ShopFailure) -> Value {
        if let obstacle = body.obstacle { throw .notUnderstood(obstacle.words) }
        if body.json.isEmpty { throw .notUnderstood("the shop sent an empty reply") }
        let value: Value
        do {
            value = try WireJSON.decode(Value.self, from: body.json)
        } catch {
            throw .notUnderstood("the shop's reply is not what its API promises")
        }
        guard isAnswer(value) else { throw .notUnderstood("the shop's reply is about something else") }
        return value
    }

    /// `RateLimit: "chat";r=0;t=4` (draft-ietf-httpapi-ratelimit-headers): nothing more for four seconds.
    private var pause: Duration? {
        let fields = response.headers["RateLimit"]?.split(separator: ";").map { $0.drop { $0 == " " } } ?? []
        guard fields.contains("r=0"), let reset = fields.first(where: { $0.hasPrefix("t=") }),
            let seconds = Int64(reset.dropFirst(2)), (1...3600).contains(seconds)
        else { return nil }
        return .seconds(seconds)
    }

}

/// Read strictly: were an order that cannot be read left out, as lists elsewhere do, a purchase would seem not made.
private struct OrdersByKey: Decodable {
    let items: [Order]
}

extension Quote {
    /// Whether it prices exactly what was asked for, all of it in one currency's one unit, and for no less than nothing.
    func isFor(_ sku: SKU, quantity: Int) -> Bool {
        let offered = shipments.flatMap(\.deliveries).compactMap(\.price)
        let amounts = [subtotal, shipping.amount, tax.amount, duties.amount] + discounts.map(\.amount) + offered
        return lines.allSatisfy { $0.sku == sku && $0.quantity > 0 && !$0.unitPrice.isNegative }
            && lines.reduce(0, { $0 &+ $1.quantity }) == quantity && !total.isNegative
            && (amounts + lines.map(\.unitPrice)).allSatisfy {
                $0.currency == total.currency && $0.exponent == total.exponent
            }
    }
}

extension GuestAccount {
    /// Whether the token can travel in a header.
    fileprivate var isUsable: Bool {
        !account.isEmpty && (1...2048).contains(token.utf8.count) && token.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    }
}

extension Account {
    fileprivate init(_ guest: GuestAccount) {
        self.init(
            id: guest.account, name: WireLimits.safe(guest.name, limit: WireLimits.nameCharacters), token: guest.token)
    }
}

extension ShopInfo {
    fileprivate init(_ document: ServiceDocument) {
        let known: [String: ShopCapabilities] = [
            "chat": .chat, "orders": .orders, "follows": .follows, "guests": .guests, "replay": .replay,
        ]
        // Shows and keys are what the API promises, not what a server may leave out.
        let promised: ShopCapabilities = [.shows, .orderKeys]
        let offered = document.capabilities.compactMap { known[$0] }.reduce(into: promised) { $0.formUnion($1) }
        self.init(
            name: WireLimits.safe(document.name, limit: WireLimits.nameCharacters), capabilities: offered,
            serverTime: document.serverTime,
            chatCharacters: max(1, min(document.limits.chatCharacters, WireLimits.chatCharacters)))
    }
}
