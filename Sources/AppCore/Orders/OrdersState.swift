import Domain
import Text

/// What was bought, and what may have been.
package struct OrdersState: Sendable {
    package var orders: [Order] = []
    /// Purchases that are being written down, and go out when they are.
    package var committing: [OrderIntent] = []
    /// What is spent, or may be, at other shops.
    package var spentElsewhere: [Spending] = []
    /// Purchases whose outcome is not known yet, oldest first.
    package var unresolved: [OrderIntent] = []
    /// Purchases that came to nothing, newest first, until they are taken off the list.
    package var refused: [OrderIntent] = []
    /// Orders that purchases at a shop without keys have been found to be.
    package var claimed: Set<OrderID> = []
    /// Purchases that came to nothing, while that is being written down.
    var refusing: [String: PendingRefusal] = [:]
    /// Keys of purchases that a question is under way for.
    package var inFlight: Set<String> = []
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

    /// Whether it is not known what became of an earlier purchase of it.
    package func mayHaveBought(_ sku: SKU) -> Bool { (committing + unresolved).contains { $0.sku == sku } }

    /// What is spent, or may be.
    package var spendings: [Spending] {
        Spending.known(orders: orders, intents: committing + unresolved) + spentElsewhere
    }

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

/// A no that is being written down, with the shop's truth where it came with it.
struct PendingRefusal: Sendable {
    let intent: OrderIntent
    let reason: SafeText
    let refusal: Refusal?
}

extension OrderID {
    /// The row of the orders that it stands in.
    package var row: String { channel == .first ? rawValue : "\(channel.index) \(rawValue)" }
}
