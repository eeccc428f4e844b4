import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Text

@testable import Providers

/// A stall: the smallest shop that sells. `docs/adding-a-provider.md` walks through it, and quotes it.
struct StallProvider: ShopProvider {
    let origin: String
    let name: SafeText = "the stall"

    init(origin: ShopOrigin) { self.origin = origin.description }

    /// Whoever buys need not be anybody.
    var guest: Account? { Account(id: "guest", name: "Guest", token: "guest") }

    func about(_ io: ShopIO) async throws(ShopFailure) -> ShopInfo {
        let list = try await list(io)
        return ShopInfo(name: list.name, capabilities: capabilities, serverTime: nil)
    }

    var catalogue: (any ShopCatalogue)? { self }
    var checkout: (any ShopCheckout)? { self }

    func list(_ io: ShopIO) async throws(ShopFailure) -> StallList {
        let response = try await io.send(HTTPRequest(.get, origin + "/stall.json"))
        return try StallReply(response).value(StallList.self)
    }
}

extension StallProvider: ShopCatalogue {
    func products(
        search: String?, show: ShowID?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product> {
        let words = search?.lowercased() ?? ""
        let found = try await list(io).goods.filter { words.isEmpty || $0.title.string.lowercased().contains(words) }
        return ListPage(found.map(\.product))
    }

    func products(
        of host: HostID, search: String?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product> { throw .notFound }

    func product(_ id: ProductID, _ io: ShopIO) async throws(ShopFailure) -> Product {
        guard let good = try await list(io).goods.first(where: { $0.id == id }) else { throw .notFound }
        return good.product
    }

    func product(at address: String, _ io: ShopIO) async throws(ShopFailure) -> Product { throw .notFound }

    func reviews(of id: ProductID, cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Review> {
        ListPage([])
    }
}

extension StallProvider: ShopCheckout {
    /// It has no idempotency keys, so `.orderKeys` is not among them.
    var checkoutCapabilities: ShopCapabilities { [.orders] }

    static let cash = PaymentMethod(id: "cash", kind: .later, label: "Cash at the stall")

    func paymentMethods(_ io: ShopIO) async throws(ShopFailure) -> [PaymentMethod] { [Self.cash] }

    func quote(
        _ sku: SKU, quantity: Int, show: ShowID?, _ deliveries: DeliveryChoice, _ io: ShopIO
    ) async throws(ShopFailure) -> Quote {
        guard Quote.quantities.contains(quantity) else { throw .notSent("the quantity must be from 1 to 99") }
        guard let good = try await list(io).goods.first(where: { $0.sku == sku }) else { throw .notFound }
        guard let total = good.price.multiplied(by: quantity) else { throw .notUnderstood("the sum is too large") }
        let nothing = total.zero
        return Quote(
            id: QuoteID("\(sku)-\(quantity)"),
            lines: [
                QuoteLine(sku: sku, title: good.title, quantity: quantity, unitPrice: good.price, product: good.id)
            ],
            subtotal: total, shipping: Charge(label: "Shipping", amount: nothing),
            tax: Charge(label: "Taxes", amount: nothing), taxIncluded: true,
            duties: Charge(label: "Duties", amount: nothing), total: total, expiresAt: io.now + .seconds(300),
            paymentMethods: [Self.cash])
    }

    func place(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> Order {
        // The price is compared just before: the stall has no maximum to be told.
        let quote = try await quote(intent.sku, quantity: intent.quantity, show: nil, [:], io)
        guard quote.total.exceeds(intent.maximumTotal) == false else {
            throw .refused(Refusal(code: "price_changed", message: "It costs more now.", quote: quote))
        }

        // What the purchase is found by is on disk before it is sent.
        var order = Order(
            id: OrderID(intent.key), key: intent.key, status: .awaitingShipment, lines: quote.lines,
            total: quote.total, placedAt: io.now, payment: Self.cash)
        try await io.keep(StallNote.prefix + intent.key, try ShopNote.text(StallNote(order)))

        // This request buys.
        let body = #"{"sku":"\#(intent.sku)","quantity":\#(intent.quantity),"mark":"\#(intent.key)"}"#
        let response = try await io.decide(
            HTTPRequest(.post, origin + "/buy", body: Data(body.utf8), freshConnection: true))
        let receipt = try StallReply(response).value(StallReceipt.self)

        order.id = receipt.number
        try await io.keep(StallNote.prefix + intent.key, try ShopNote.text(StallNote(order)))
        return order
    }

    func trace(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> OrderTrace {
        guard let note = ShopNote.value(StallNote.self, try await io.recall(StallNote.prefix + intent.key)) else {
            return .noOrder
        }
        let response = try await io.send(HTTPRequest(.get, origin + "/sold/" + intent.key))
        if response.status == 404 { return .noOrder }
        var order = note.order
        order.id = try StallReply(response).value(StallReceipt.self).number
        try await io.keep(StallNote.prefix + intent.key, try ShopNote.text(StallNote(order)))
        return .order(order)
    }

    func orders(cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Order> {
        let notes = try await io.recallAll(StallNote.prefix).values.compactMap { ShopNote.value(StallNote.self, $0) }
        return ListPage(notes.map(\.order).sorted { $0.placedAt > $1.placedAt })
    }

    func order(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order {
        guard let order = try await orders(cursor: nil, io).items.first(where: { $0.id == id }) else { throw .notFound }
        return order
    }

    func cancel(_ id: OrderID, _ io: ShopIO) async throws(ShopFailure) -> Order {
        throw .notSent("the stall takes that by word of mouth only")
    }

    func giveBack(
        _ id: OrderID, _ reason: ReturnReason, note: String, _ io: ShopIO
    ) async throws(ShopFailure) -> Order {
        throw .notSent("the stall takes that by word of mouth only")
    }
}

// MARK: What it says

/// A reply, looked at for what it is before anything is read from it.
struct StallReply {
    let response: HTTPResponse

    init(_ response: HTTPResponse) { self.response = response }

    func value<Value: Decodable>(_: Value.Type) throws(ShopFailure) -> Value {
        if response.status == 429 || response.status >= 500 {
            throw .busy(status: response.status, retryAfterSeconds: nil)
        }
        let body = ReplyBody(response)
        guard response.status == 200, body.obstacle == nil else { throw .notUnderstood("this is no stall") }
        do { return try WireJSON.decode(Value.self, from: body.json) } catch {
            throw .notUnderstood("the reply is not what a stall says")
        }
    }
}

struct StallList: Decodable {
    struct Good: Decodable {
        let id: ProductID
        let sku: SKU
        let title: SafeText
        let price: Money

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            id = try wire.id("id")
            sku = SKU(id.rawValue)
            title = try wire.text("title", limit: 80)
            guard let price = Money(amount: Int64(try wire.count("rappen")), exponent: 2, currency: "CHF") else {
                throw wire.corrupted("rappen", "no price")
            }
            self.price = price
        }

        var product: Product { Product(id: id, title: title, variants: [Variant(sku: sku, price: price)]) }
    }

    let name: SafeText
    let goods: [Good]

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        name = try wire.text("name", limit: 80)
        goods = try wire.list("goods")
    }
}

struct StallReceipt: Decodable {
    let number: OrderID

    init(from decoder: any Decoder) throws { number = try decoder.wire().id("number") }
}

/// A purchase as it is kept here: the stall would not list it.
struct StallNote: Codable {
    static let prefix = "stall/"
    var order: Order

    init(_ order: Order) { self.order = order }
}
