import Text

/// A question to a shop, in the program's own words; a provider turns it into a request and reads the answer.
package enum ShopQuery: Hashable, Sendable {
    case service
    case shows(ShowFilter, cursor: String?)
    case show(ShowID)
    /// A poll of a live show.
    case head(ShowID)
    case segment(ShowID, Int)
    case moments(ShowID)
    case hosts(search: String?, cursor: String?)
    case host(HostID)
    case products(search: String?, show: ShowID?, cursor: String?)
    /// What a host sells: all, or what is searched for.
    case productsOfHost(HostID, search: String?, cursor: String?)
    case product(ProductID)
    /// What is sold at an address of the shop's own pages.
    case productAt(address: String)
    /// What buyers wrote of a product, the newest first.
    case reviews(ProductID, cursor: String?)
    /// Asks for a guest's account; the answer carries a secret.
    case openGuestAccount
    case follows
    case follow(HostID)
    case unfollow(HostID)
    case postMessage(ShowID, text: String)
    case paymentMethods
    case addresses
    /// - Parameter deliveries: those that the shopper has asked for; the cheapest that ship where there are none.
    case quote(SKU, quantity: Int, show: ShowID?, deliveries: DeliveryChoice = [:])
    /// A purchase: sent once on a connection of its own, with the intent's key.
    case placeOrder(OrderIntent)
    case orders(cursor: String?)
    /// Finds out what became of an intent that was sent, in the name of the account that bought.
    case traceOrder(OrderIntent)
    case order(OrderID)
    case cancelOrder(OrderID)
    /// Asks to send an order back, with what the shopper says of it.
    case returnOrder(OrderID, ReturnReason, note: String)

    /// The only account in whose name it has a meaning; nil for any.
    package var buyer: String? {
        switch self {
        case .placeOrder(let intent), .traceOrder(let intent): intent.buyer
        default: nil
        }
    }

    /// Whether it is about what a shop sells, as everybody sees it: good to look at when the shop is away. What somebody
    /// searched for is nobody's to find later.
    package var isOfCatalogue: Bool {
        switch self {
        case .products(search: nil, _, _), .productsOfHost(_, search: nil, _), .product, .reviews: true
        default: false
        }
    }

    /// Whether it is asked in the name of an account.
    package var isPrivate: Bool {
        switch self {
        case .service, .shows, .show, .head, .segment, .moments, .hosts, .host, .products, .productsOfHost, .product,
            .productAt, .reviews, .openGuestAccount:
            false
        case .follows, .follow, .unfollow, .postMessage, .paymentMethods, .addresses, .quote, .placeOrder, .orders,
            .traceOrder, .order, .cancelOrder, .returnOrder:
            true
        }
    }
}

/// Which shows a schedule asks for.
package struct ShowFilter: Hashable, Sendable {
    package var from: Timestamp?
    package var to: Timestamp?
    package var state: ShowState?
    package var host: HostID?
    package var tag: String?
    package var search: String?

    package init(
        from: Timestamp? = nil, to: Timestamp? = nil, state: ShowState? = nil, host: HostID? = nil, tag: String? = nil,
        search: String? = nil
    ) {
        self.from = from
        self.to = to
        self.state = state
        self.host = host
        self.tag = tag
        self.search = search
    }
}

/// What a shop answered.
package indirect enum ShopAnswer: Hashable, Sendable {
    case service(ShopInfo)
    case shows([Show], nextCursor: String?)
    case show(ShowDetail)
    case head(ShowHead)
    /// What it answered at that time, since it cannot be asked now, and why not.
    case kept(ShopAnswer, at: Timestamp, ShopFailure)
    case segment(TimelineSegment)
    case moments([Moment])
    case hosts([Host], nextCursor: String?)
    case host(Host)
    case products([Product], nextCursor: String?)
    case product(Product)
    case reviews([Review], nextCursor: String?)
    case guestAccount(Account)
    case follows([Host])
    /// What was written, and how long the shop wants to wait for the next message, where it says so.
    case message(ChatMessage, pause: Duration?)
    case paymentMethods([PaymentMethod])
    case addresses([Address])
    case quote(Quote)
    case orders([Order], nextCursor: String?)
    case order(Order)
    /// There is no order of the intent that was asked about; one that is still on its way may come.
    case noSuchOrder
    /// Orders that the intent may have become, at a shop that does not know which.
    case possibleOrders([Order])
    case done
}

/// Whose clock a time is by: a live source that is joined to a shop has one of its own.
package enum ClockOwner: Hashable, Sendable { case shop, liveSource }

/// What a shop says of itself.
package struct ShopInfo: Hashable, Sendable {
    package var name: SafeText
    package var capabilities: ShopCapabilities
    package var serverTime: Timestamp?
    /// How long a chat message may be, in characters.
    package var chatCharacters: Int

    package init(
        name: SafeText, capabilities: ShopCapabilities, serverTime: Timestamp?, chatCharacters: Int = 500
    ) {
        self.name = name
        self.capabilities = capabilities
        self.serverTime = serverTime
        self.chatCharacters = chatCharacters
    }
}

/// What a shop can do; screens offer no more than this.
package struct ShopCapabilities: OptionSet, Hashable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let chat = Self(rawValue: 1 << 0)
    package static let orders = Self(rawValue: 1 << 1)
    package static let follows = Self(rawValue: 1 << 2)
    package static let guests = Self(rawValue: 1 << 3)
    package static let replay = Self(rawValue: 1 << 4)
    /// The same order sent twice with one key is bought once, and is found by its key.
    package static let orderKeys = Self(rawValue: 1 << 5)
    /// It knows nobody: who buys, and where it is sent, is kept here, and told with each purchase.
    package static let contact = Self(rawValue: 1 << 6)
    /// Its chat can be read, whether or not this program can write to it.
    package static let chatToRead = Self(rawValue: 1 << 7)
    /// Things are sold in shows; a shop without them has a catalogue to look around in.
    package static let shows = Self(rawValue: 1 << 8)
    /// It may change what it has called over: it pays back what was completed, and goes on with what had failed.
    package static let reopensOrders = Self(rawValue: 1 << 16)
    package static let all: Self = [.shows, .chat, .orders, .follows, .guests, .replay, .orderKeys]
}

/// An account at a shop. The token is a secret: it is never drawn, logged or put into a database.
package struct Account: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    package var id: String
    package var name: SafeText
    package var token: String

    package init(id: String, name: SafeText, token: String) {
        self.id = id
        self.name = name
        self.token = token
    }

    package var description: String { "Account(\(id))" }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

/// Why a question has no answer, in the kinds that a program or a person acts on differently.
package enum ShopFailure: Error, Hashable, Sendable {
    /// The network or the server could not be reached, or the reply was lost; the reason in a few words.
    /// `mayHaveArrived` says whether the shop may have read the question.
    case unreachable(SafeText, mayHaveArrived: Bool)
    /// The server asks for fewer questions, or is busy (429, 503, 5xx).
    case busy(status: Int, retryAfterSeconds: Int?)
    /// The account is not known, or no longer.
    case unauthorized
    case notFound
    /// The shop says no, with a stable code, words for people and its current truth.
    case refused(Refusal)
    /// The reply is not what the API promises: HTML, garbage, an empty body. `mayHaveArrived` as above.
    case notUnderstood(SafeText)
    /// The question could not be put at all; nothing was sent.
    case notSent(SafeText)
}

/// A shop's no.
package struct Refusal: Hashable, Sendable {
    package var code: String
    package var message: SafeText
    package var quote: Quote?
    package var stock: Int?
    /// How many an order can be for, where the number was what is wrong.
    package var quantities: QuantityRule?
    /// Deliveries to choose from, where one has to be chosen first.
    package var shipments: [Shipment]

    package init(
        code: String, message: SafeText, quote: Quote? = nil, stock: Int? = nil, quantities: QuantityRule? = nil,
        shipments: [Shipment] = []
    ) {
        self.code = code
        self.message = message
        self.quote = quote
        self.stock = stock
        self.quantities = quantities
        self.shipments = shipments
    }
}
