import Domain
import Text

/// What was bought, and what may have been.
package struct OrdersState: Sendable {
    package var orders: [Order] = []
    /// Purchases whose outcome is not known yet, oldest first.
    package var unresolved: [OrderIntent] = []
    /// Keys of purchases that a question is under way for.
    package var inFlight: Set<String> = []
    /// The purchase that was asked about last, so that one which cannot be settled does not hold up the others.
    package var lastAsked: String?
    package var selected: String?
    /// The order that a second key press would cancel.
    package var cancelArmed: OrderID?
    package var isLoaded = false
    package var failure: ShopFailure?
    /// When an unresolved purchase is asked about again.
    package var resolver = Poller()

    package init() {}

    /// The purchase to ask about next, each in its turn.
    package var nextToResolve: OrderIntent? {
        let start = unresolved.firstIndex { $0.key == lastAsked }.map { $0 + 1 } ?? 0
        return (unresolved[start...] + unresolved[..<start]).first { !inFlight.contains($0.key) }
    }

    /// Ids of the rows in their order: unresolved purchases first, then orders, newest first.
    package var rowIDs: [String] { unresolved.map(\.key) + orders.map(\.id.rawValue) }
}
