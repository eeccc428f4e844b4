import Text

/// What an order would cost, in full, until `expiresAt`.
package struct Quote: Hashable, Sendable, Identifiable {
    /// How many of a thing an order can be for.
    package static let quantities = 1...99

    package var id: QuoteID
    package var lines: [QuoteLine]
    package var subtotal: Money
    /// Deals and coupons, each a negative amount with its reason.
    package var discounts: [Charge]
    package var shipping: Charge
    package var tax: Charge
    /// Whether `tax` is part of the prices already.
    package var taxIncluded: Bool
    package var duties: Charge
    package var total: Money
    /// Where the figures say it is sent to; nil where the shop does not say.
    package var address: Address?
    package var expiresAt: Timestamp
    /// The total is what the goods cost: the shop's own page adds shipping, taxes and duties, and shows them before it
    /// takes the payment.
    package var isGoodsOnly: Bool
    /// What this can be paid with, where the shop says so of each purchase; nil where it takes the same for all of them.
    package var paymentMethods: [PaymentMethod]?
    /// Ways of delivery to choose from, by shipment; empty where the shop offers no choice. `shipping` is for those chosen.
    package var shipments: [Shipment]

    package init(
        id: QuoteID, lines: [QuoteLine], subtotal: Money, discounts: [Charge] = [], shipping: Charge, tax: Charge,
        taxIncluded: Bool, duties: Charge, total: Money, address: Address? = nil, expiresAt: Timestamp,
        isGoodsOnly: Bool = false, paymentMethods: [PaymentMethod]? = nil, shipments: [Shipment] = []
    ) {
        self.id = id
        self.lines = lines
        self.subtotal = subtotal
        self.discounts = discounts
        self.shipping = shipping
        self.tax = tax
        self.taxIncluded = taxIncluded
        self.duties = duties
        self.total = total
        self.address = address
        self.expiresAt = expiresAt
        self.isGoodsOnly = isGoodsOnly
        self.paymentMethods = paymentMethods
        self.shipments = shipments
    }
}

extension Quote {
    /// Tells whether everything costs the same, whatever the quotes are called and however long they hold. Deliveries that are
    /// not chosen cost nothing.
    package func hasSameFigures(as other: Quote) -> Bool {
        var other = other
        (other.id, other.expiresAt, other.paymentMethods) = (id, expiresAt, paymentMethods)
        guard chosenDeliveries == other.chosenDeliveries else { return false }
        other.shipments = shipments
        return self == other
    }

    private var chosenDeliveries: DeliveryChoice {
        Dictionary(shipments.compactMap { part in part.chosen.map { (part.id, $0) } }) { first, _ in first }
    }

    /// Amount that the total has beyond its parts, such as a rounding; nil where they add up, or cannot be added.
    package var unexplained: Money? {
        var goods: Money? = total.zero
        for line in lines { goods = line.unitPrice.multiplied(by: line.quantity).flatMap { goods?.adding($0) } }
        return goods.flatMap { OrderBill(self).unexplained(in: total, goods: $0) }
    }
}

extension OrderBill {
    /// Amount that a total has beyond these parts; nil where they add up, or cannot be added.
    /// - Parameter goods: cost of the items before `discounts`.
    package func unexplained(in total: Money, goods: Money) -> Money? {
        var rest = goods.negated.flatMap(total.adding)
        let charges = discounts.map(\.amount) + [shipping.amount, duties.amount] + (taxIncluded ? [] : [tax.amount])
        for charge in charges { rest = charge.negated.flatMap { rest?.adding($0) } }
        return rest.flatMap { $0.amount == 0 ? nil : $0 }
    }
}

/// An amount with what it is for.
package struct Charge: Hashable, Sendable {
    package var label: SafeText
    package var amount: Money

    package init(label: SafeText, amount: Money) {
        self.label = label
        self.amount = amount
    }
}

/// One position of a quote or an order.
package struct QuoteLine: Hashable, Sendable {
    package var sku: SKU
    package var title: SafeText
    package var quantity: Int
    package var unitPrice: Money
    /// What it is a variant of; nil where the shop does not say.
    package var product: ProductID?

    package init(sku: SKU, title: SafeText, quantity: Int, unitPrice: Money, product: ProductID? = nil) {
        self.sku = sku
        self.title = title
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.product = product
    }
}

/// A way to pay that the shop keeps for this account.
package struct PaymentMethod: Hashable, Sendable, Identifiable {
    package enum Kind: String, Sendable {
        case card
        /// The shop's own page takes the payment.
        case hosted
        /// The shopper sends the money, by bank or by post, before the shop sends anything. Its page says where to.
        case transfer
        /// Paid outside of the program, when it arrives.
        case later
        /// Bought on the shop's own page from the beginning: what is had here is its address, and whether anything was
        /// bought there is not told.
        case handover
    }

    package var id: PaymentMethodID
    package var kind: Kind
    package var label: SafeText

    package init(id: PaymentMethodID, kind: Kind, label: SafeText) {
        self.id = id
        self.kind = kind
        self.label = label
    }
}

extension [PaymentMethod] {
    /// What is proposed at a shop: the way that was paid there last, where the shop still takes it, else its first.
    /// - Parameter orders: those at this shop, the newest first.
    package func proposed(after orders: [Order]) -> PaymentMethod? {
        let last = orders.lazy.compactMap(\.payment).first?.id
        return first { $0.id == last } ?? first
    }
}

/// Where orders go.
package struct Address: Hashable, Sendable, Identifiable {
    package var id: AddressID
    package var label: SafeText
    /// ISO 3166 alpha-2.
    package var country: SafeText

    package init(id: AddressID, label: SafeText, country: SafeText) {
        self.id = id
        self.label = label
        self.country = country
    }
}

/// Where an order stands, in the field's own words.
package enum OrderStatus: String, Sendable, CaseIterable {
    case unpaid
    case onHold = "on_hold"
    case awaitingShipment = "awaiting_shipment"
    case inTransit = "in_transit"
    case delivered, completed, cancelled, returned
    /// Bought on the shop's page, or not: the page is over, and the shop does not say which.
    case gone
}

/// An order that the shop has.
package struct Order: Hashable, Sendable, Identifiable {
    package var id: OrderID
    /// The idempotency key it was placed with; empty where the shop keeps none and it is not known to be of this viewer.
    package var key: String
    package var status: OrderStatus
    package var lines: [QuoteLine]
    package var total: Money
    package var placedAt: Timestamp
    package var show: ShowID?
    /// The shop's page that takes the payment, while the order is unpaid.
    package var checkoutURL: String?
    /// Until when it takes the payment, by the server's clock.
    package var checkoutExpiresAt: Timestamp?
    package var canCancel: Bool
    /// What the total is made of; nil where the shop does not say.
    package var bill: OrderBill?
    package var payment: PaymentMethod?
    package var address: Address?
    package var course: OrderCourse
    /// Why the shop did not take the payment; nil where it was not tried, or was taken.
    package var declined: SafeText?
    /// Money that the shop has paid back so far; nil for nothing.
    package var refunded: Money?
    /// The shop's figures contradict each other: `total` is what was agreed.
    package var isTotalInDoubt: Bool
    /// Terms that the shopper agreed to; nil for an order that was not bought by this machine. No shop says them.
    package var agreement: Agreement?

    package init(
        id: OrderID, key: String, status: OrderStatus, lines: [QuoteLine], total: Money, placedAt: Timestamp,
        show: ShowID? = nil, checkoutURL: String? = nil, checkoutExpiresAt: Timestamp? = nil, canCancel: Bool = false,
        bill: OrderBill? = nil, payment: PaymentMethod? = nil, address: Address? = nil,
        course: OrderCourse = OrderCourse(), declined: SafeText? = nil, refunded: Money? = nil,
        isTotalInDoubt: Bool = false, agreement: Agreement? = nil
    ) {
        self.id = id
        self.key = key
        self.status = status
        self.lines = lines
        self.total = total
        self.placedAt = placedAt
        self.show = show
        self.checkoutURL = checkoutURL
        self.checkoutExpiresAt = checkoutExpiresAt
        self.canCancel = canCancel
        self.bill = bill
        self.payment = payment
        self.address = address
        self.course = course
        self.declined = declined
        self.refunded = refunded
        self.isTotalInDoubt = isTotalInDoubt
        self.agreement = agreement
    }
}

extension OrderID {
    private static let basketPrefix = "basket-"

    /// An order that is known by its basket alone: the shop has told no number of it.
    package static func ofBasket(_ name: String) -> OrderID { OrderID(basketPrefix + name) }

    fileprivate var isOfBasket: Bool { rawValue.hasPrefix(Self.basketPrefix) }
}

extension Order {
    /// Tells whether its id is a number of the shop's, which the shop's e-mails and its people know.
    package var hasNumber: Bool { !isHandedOver && !id.isOfBasket }

    /// The shop waits for money that the shopper has to send.
    package var awaitsTransfer: Bool { status == .onHold && payment?.kind == .transfer }

    /// It is no order yet, and may never be one: the shop's own page sells it, and this is the way there.
    package var isHandedOver: Bool { payment?.kind == .handover }

    /// What the total has beyond its lines: shipping, taxes that are not in the prices, duties, less deals. nil where
    /// the amounts do not go together.
    package var beyondLines: Money? {
        var rest: Money? = total
        for line in lines {
            guard let cost = line.unitPrice.multiplied(by: line.quantity)?.negated else { return nil }
            rest = rest?.adding(cost)
        }
        return rest
    }
}

/// The wish to buy, written down before anything is sent, so that a purchase is neither lost nor made twice.
package struct OrderIntent: Hashable, Sendable, Identifiable {
    /// Where it stands: committed → sent → placed or refused, or unknown until the shop's truth has been found. Each is
    /// on disk before what it says can have happened.
    package enum State: Hashable, Sendable {
        /// Written down; certainly not sent.
        case committed
        /// It goes out, or has gone out when the program ended.
        case sent
        /// Sent, and no answer was understood: perhaps bought, perhaps not.
        case unknown
        case placed(OrderID)
        /// The shop said no, for this reason; nothing was bought.
        case refused(SafeText)
    }

    /// The idempotency key; never changes.
    package var key: String
    /// What local data are kept under: the server's origin, or `demo`.
    package var account: String
    /// The shop's id of the account that buys: only in its name can the order be found again.
    package var buyer: String
    package var sku: SKU
    package var title: SafeText
    package var quantity: Int
    package var quote: QuoteID
    /// From then on, by the server's clock, the shop sells nothing by this quote any more.
    package var quoteExpiresAt: Timestamp
    package var paymentMethod: PaymentMethodID
    /// What was shown; the shop refuses above it.
    package var maximumTotal: Money
    package var show: ShowID?
    package var createdAt: Timestamp
    /// The shop buys once for a key and finds the order by it (`ShopCapabilities.orderKeys`). Where it does not, what was
    /// sent is never sent again.
    package var isKeyed: Bool
    package var state: State
    /// The shopper no longer wants it: should the shop not have it, it is not sent again.
    package var isWithdrawn: Bool

    package var id: String { key }

    package init(
        key: String, account: String, buyer: String, sku: SKU, title: SafeText, quantity: Int, quote: QuoteID,
        quoteExpiresAt: Timestamp, paymentMethod: PaymentMethodID, maximumTotal: Money, show: ShowID?,
        createdAt: Timestamp, isKeyed: Bool = true, state: State = .committed, isWithdrawn: Bool = false
    ) {
        self.key = key
        self.account = account
        self.buyer = buyer
        self.sku = sku
        self.title = title
        self.quantity = quantity
        self.quote = quote
        self.quoteExpiresAt = quoteExpiresAt
        self.paymentMethod = paymentMethod
        self.maximumTotal = maximumTotal
        self.show = show
        self.createdAt = createdAt
        self.isKeyed = isKeyed
        self.state = state
        self.isWithdrawn = isWithdrawn
    }

    /// Whether the shop's truth about it is known.
    package var isResolved: Bool {
        switch state {
        case .placed, .refused: true
        case .committed, .sent, .unknown: false
        }
    }

    /// The same, further on.
    package func moved(to state: State) -> OrderIntent {
        var moved = self
        moved.state = state
        return moved
    }
}

/// Whether this process may send a purchase, or ask what became of it: of all that have the same data, one at a time.
package enum IntentTurn: Hashable, Sendable {
    /// With the purchase as it is on disk now, and the orders that other purchases are known to have become.
    case taken(OrderIntent, claimed: Set<OrderID> = [])
    /// Another process is at it.
    case elsewhere
    /// Another process has settled it.
    case settled
}
