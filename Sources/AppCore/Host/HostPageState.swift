import Domain
import Text

/// A host's own page.
package struct HostPageState: Sendable {
    /// What can be chosen on it.
    package enum Row: Hashable, Sendable {
        case show(ShowID)
        case product(ProductID)
    }

    package var host: Host
    /// All of the host's shows that the shop tells of: the schedule has those of three weeks.
    package var shows: [Show] = []
    /// What they sell; nil until the shop has answered.
    package var products: [Product]?
    package var productsFailure: ShopFailure?
    package var selected: Row?

    package init(host: Host) { self.host = host }
}
