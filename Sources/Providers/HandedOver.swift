import Domain
import Text

/// A purchase that ends on the shop's own page, as it is kept here: the shop would not list it. It is no order, and what
/// becomes of it a shop says only as far as it still has the basket.
struct HandedOver: Codable, Hashable, Sendable {
    /// By which the shop is asked for the basket: a secret. nil where the page's address only fills a browser's own.
    var basket: String?
    var order: Order
    /// When the shop was asked last.
    var askedAt: Timestamp

    static let prefix = "handover/"
    static func name(_ key: String) -> String { prefix + key }
    var name: String { Self.name(order.key) }

    /// The way to pay that means it.
    static let method = PaymentMethod(id: "checkout", kind: .handover, label: "On the shop's own page")

    /// A page of which nothing can be asked is taken for over after so long.
    private static let pageHolds = Duration.seconds(86_400)

    /// - Parameters:
    ///   - id: a name that opens nothing.
    ///   - page: the shop's page that sells it.
    ///   - time: by the shop's clock, where it tells it.
    init(
        _ intent: OrderIntent, _ quote: Quote, id: String, basket: String?, page: PaymentPage, method: PaymentMethod,
        at time: Timestamp
    ) {
        let now = OrderCourse.Step(.unpaid, at: time)
        self.basket = basket
        order = Order(
            id: OrderID(id), key: intent.key, status: .unpaid, lines: quote.lines, total: quote.total, placedAt: time,
            show: intent.show,
            checkoutURL: page.address.string, checkoutExpiresAt: basket == nil ? time + Self.pageHolds : nil,
            canCancel: true, bill: quote.isGoodsOnly ? nil : OrderBill(quote), payment: method,
            address: quote.address, course: OrderCourse(history: [now]))
        askedAt = time
    }

    /// Whether the shopper may still buy there, as far as is known.
    var isOpen: Bool { order.status == .unpaid }

    /// It is over, in one way or another.
    mutating func end(as status: OrderStatus, at time: Timestamp) {
        order.status = status
        order.canCancel = false
        order.course.history.append(OrderCourse.Step(status, at: time))
    }

    /// One that nothing can be asked of is over when its time is.
    private func expired(_ now: Timestamp) -> HandedOver {
        guard isOpen, let end = order.checkoutExpiresAt, now >= end else { return self }
        var over = self
        over.end(as: .gone, at: end)
        return over
    }

    static let isOver = Refusal(code: "not_open", message: "The shop's page is over for this one.")

    /// Looks up what was written down of the purchase. Nothing is bought by handing over, so what is not written down never
    /// was.
    static func trace(_ intent: OrderIntent, _ io: ShopIO) async throws(ShopFailure) -> OrderTrace {
        guard let note = try await io.recall(name(intent.key)) else { return .noOrder }
        guard let known = ShopNote.value(HandedOver.self, note) else {
            throw .notUnderstood("what was kept of the purchase cannot be read")
        }
        return .order(known.order)
    }

    /// All that are kept, the newest first, as they are now.
    static func all(in notes: [String: String], _ now: Timestamp) -> [HandedOver] {
        notes.values.compactMap { ShopNote.value(HandedOver.self, $0)?.expired(now) }
            .sorted { $0.order.placedAt > $1.order.placedAt }
    }

    /// The shopper does not buy there, as far as this program can know: nothing is done at the shop.
    func letGo(at time: Timestamp, _ io: ShopIO) async throws(ShopFailure) -> Order {
        var handed = self
        handed.end(as: .cancelled, at: time)
        try await io.keep(handed.name, try ShopNote.text(handed))
        return handed.order
    }
}
