import Domain
import FoundationEssentials
import LiveAPI

/// A basket that was filled for a quote, as it is kept until it is bought or forgotten.
struct WooBasket: Codable, Hashable, Sendable {
    var session: WooSession
    var sku: SKU
    var quantity: Int
    /// Of the contact details that its figures are for.
    var contact: String
    var expiresAt: Timestamp
    /// Deliveries that the shopper has asked for, by parcel.
    private var asked: [String: String]?
    /// Rates that its figures are for, by parcel; nil in notes of earlier versions.
    var selected: [String: String]?
    /// Until then a draft of its order may hold the stock for this session alone; nil where there is none.
    var heldUntil: Timestamp?

    init(
        session: WooSession, sku: SKU, quantity: Int, contact: String, expiresAt: Timestamp, _ choice: DeliveryChoice,
        selected: [String: String], heldUntil: Timestamp?
    ) {
        self.session = session
        self.sku = sku
        self.quantity = quantity
        self.contact = contact
        self.expiresAt = expiresAt
        let names = choice.map { ($0.key.rawValue, $0.value.rawValue) }
        asked = names.isEmpty ? nil : Dictionary(names) { first, _ in first }
        self.selected = selected
        self.heldUntil = heldUntil
    }

    var choice: DeliveryChoice {
        (asked ?? [:]).reduce(into: [:]) { $0[ShipmentID($1.key)] = DeliveryID($1.value) }
    }

    static func name(_ quote: QuoteID) -> String { "basket/" + quote.rawValue }
    static let prefix = "basket/"
}

/// What is kept of a purchase from the moment before it is sent.
struct WooPurchase: Codable, Hashable, Sendable {
    enum State: String, Codable, Sendable {
        /// The checkout has been sent, or was about to be.
        case sent
        /// The basket is being emptied, so that it says nothing any more of whether it was bought.
        case clearing
        /// The basket was emptied while it was full: a checkout that comes later buys nothing.
        case cleared
        /// The shop has the order.
        case placed
    }

    var state: State
    var session: WooSession
    /// By which the shop shows a guest's order to its buyer.
    var email: String
    /// The shop's number of the order, and the word that shows it; nil where it has not told them.
    var number: Int?
    var orderKey: String?
    /// As it is known, or as it would be.
    var order: Order
    /// Whether the shop has a way to ask for an order at all.
    var canAsk: Bool
    /// When the shop was asked last.
    var askedAt: Timestamp
    /// Whether the checkout broke off in the shop: an order may have been made, and the basket left as it was.
    var hasBrokenOff: Bool?
    /// Why the shop did not take the payment, where it said so before it was known whether there is an order.
    var refusal: String?
    /// Most that it was to cost; nil in notes of earlier versions.
    var agreed: Money?

    /// Tells whether a basket that is still full says nothing: one that costs nothing stays full when it is bought, too. A shop
    /// saves its session at the very end, so that a checkout which dies leaves its basket full; only an order whose number
    /// was told before is found all the same.
    var mayBeAnOrder: Bool { number == nil || hasBrokenOff == true || order.total.amount == 0 }

    /// With the number that the shop has for it.
    func named(by said: WooOrderReply) -> WooPurchase {
        var named = self
        named.number = said.number
        named.orderKey = said.key
        named.order.id = OrderID(String(said.number))
        return named
    }

    static func name(_ key: String) -> String { "purchase/" + key }
    static let prefix = "purchase/"

    var name: String { Self.name(order.key) }
}
