import Domain
import Text

extension OrdersState {
    /// Most purchases that stay after they are over, so that whoever waits for one can see how it ended.
    private static let mostOver = 16

    /// Purchases whose outcome is not known yet, oldest first.
    package var unresolved: [OrderIntent] { inOrder(\.isUnresolved).map(\.intent) }

    /// Purchases that came to nothing, newest first, until they are taken off the list.
    package var refused: [OrderIntent] { inOrder(\.isRefused).reversed().map(\.intent) }

    /// Purchases that cost something, or may: those that are written down first, too.
    var open: [OrderIntent] { inOrder { $0.phase == .recording || $0.isUnresolved }.map(\.intent) }

    package var hasUnresolved: Bool { purchases.values.contains(where: \.isUnresolved) }

    private func inOrder(_ isWanted: (Purchase) -> Bool) -> [Purchase] {
        purchases.values.filter(isWanted).sorted { $0.ordinal < $1.ordinal }
    }

    /// Resumes the purchases that the disk had when the program began, each channel's oldest first.
    package mutating func resume(_ intents: [OrderIntent]) {
        purchases = [:]
        let refused = intents.filter { if case .refused = $0.state { true } else { false } }
        let oldestFirst = refused.sorted { $0.createdAt > $1.createdAt }.reversed()
        // A shop that is two channels has one history.
        for intent in intents.filter({ !$0.isResolved }) + oldestFirst where purchases[intent.key] == nil {
            add(intent)
        }
    }

    /// Begins a purchase that the shopper has just confirmed.
    mutating func begin(_ intent: OrderIntent) {
        for purchase in inOrder(\.isOver).dropLast(Self.mostOver - 1) { purchases[purchase.key] = nil }
        purchases[intent.key] = Purchase(confirmed: intent, ordinal: nextOrdinal)
        nextOrdinal += 1
    }

    /// Adds a purchase that stands on the disk, where it is not known yet.
    mutating func add(_ intent: OrderIntent) {
        guard purchases[intent.key] == nil else { return }
        purchases[intent.key] = Purchase(resumed: intent, ordinal: nextOrdinal)
        nextOrdinal += 1
    }

    /// Moves a purchase to those that came to nothing, above the earlier ones.
    /// - Returns: nil where it is not one that does.
    mutating func keepRefusal(of key: String) -> Purchase? {
        guard var purchase = purchases[key], purchase.keepRefusal(at: nextOrdinal) else { return nil }
        nextOrdinal += 1
        purchases[key] = purchase
        return purchase
    }

    /// The purchase to go on with next of those that may be asked about, each in its turn.
    func next(of channel: Channel, where mayBeAsked: (OrderIntent) -> Bool) -> Purchase? {
        let last = lastAsked[channel].flatMap { purchases[$0] }.flatMap { $0.isUnresolved ? $0.ordinal : nil } ?? -1
        let waiting = purchases.values.filter { $0.channel == channel && $0.isWaiting && mayBeAsked($0.intent) }
        return waiting.min { ($0.ordinal <= last ? 1 : 0, $0.ordinal) < ($1.ordinal <= last ? 1 : 0, $1.ordinal) }
    }

    /// Takes what the shop tells now of an order that a purchase has become.
    mutating func renew(_ order: Order) {
        for (key, purchase) in purchases where purchase.order?.id == order.id { purchases[key]?.place(as: order) }
    }
}
