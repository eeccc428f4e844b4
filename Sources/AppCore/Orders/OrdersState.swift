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
    /// The row that a second key press would cancel or let go.
    package var cancelArmed: String?
    package var isLoaded = false
    package var failure: ShopFailure?
    /// When an unresolved purchase is asked about again.
    package var resolver = Poller()

    package init() {}

    /// Ids of the rows in their order: unresolved purchases first, then orders, newest first.
    package var rowIDs: [String] { unresolved.map(\.key) + orders.map(\.id.rawValue) }
}
