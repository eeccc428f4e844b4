import Domain
import Text

/// What was bought, and what may have been.
package struct OrdersState: Sendable {
    package var orders: [Order] = []
    /// Purchases that are under way or came to nothing, and the newest of those that are over, by their keys.
    package internal(set) var purchases: [String: Purchase] = [:]
    /// Place of the purchase that begins next, or comes to nothing next.
    var nextOrdinal = 0
    /// What is spent, or may be, at other shops.
    package var spentElsewhere: [Spending] = []
    /// Orders that purchases at a shop without keys have been found to be.
    package var claimed: Set<OrderID> = []
    /// The purchases that were asked about last, so that one which cannot be settled does not hold up the others.
    package var lastAsked: [Channel: String] = [:]
    package var selected: String?
    /// The row that a second key press would cancel or let go.
    package var cancelArmed: String?
    /// When a key was last pressed that armed it, or came too early to be the second.
    var cancelArmedAt = Timestamp(milliseconds: 0)
    /// The channels that have told of all orders.
    package var loaded: Set<Channel> = []
    /// Why channels could not be asked the last time.
    package var failures: [Channel: ShopFailure] = [:]
    /// When an unresolved purchase is asked about again.
    package var resolver = PerChannel(Poller())
    /// When orders that are under way are asked for again, while they are on the screen.
    package var watcher = PerChannel(Poller())

    /// For how long a purchase that came to nothing is told of, unless it is taken off the list.
    package static let nothingIsTold = Duration.seconds(7 * 86_400)

    package init() {}

    /// The rows in their order: unresolved purchases first, then what was bought and what came to nothing, newest first.
    package var entries: [OrderEntry] {
        var entries = unresolved.map { OrderEntry.purchase($0) }
        var nothing = refused[...]
        for order in orders {
            while let intent = nothing.first, intent.createdAt >= order.placedAt {
                entries.append(.purchase(nothing.removeFirst()))
            }
            entries.append(.order(order))
        }
        return entries + nothing.map { .purchase($0) }
    }

    package var rowIDs: [String] { entries.map(\.id) }

    /// What is spent, or may be.
    package var spendings: [Spending] { Spending.known(orders: orders, intents: open) + spentElsewhere }

    package var selectedEntry: OrderEntry? { entries.first { $0.id == selected } }
}

/// A row of the orders.
package enum OrderEntry: Hashable, Sendable, Identifiable {
    case order(Order)
    /// One that is no order, or not known to be one.
    case purchase(OrderIntent)

    package var id: String {
        switch self {
        case .order(let order): order.id.row
        case .purchase(let intent): intent.key
        }
    }

    /// Whose it is.
    package var channel: Channel {
        switch self {
        case .order(let order): order.id.channel
        case .purchase(let intent): intent.channel
        }
    }
}

extension OrderID {
    /// The row of the orders that it stands in.
    package var row: String { channel == .first ? rawValue : "\(channel.index) \(rawValue)" }
}
