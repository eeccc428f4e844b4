import Domain
import Text

/// A host's own page.
package struct HostPageState: Sendable {
    package var host: Host
    /// All of the host's shows that the shop tells of: the schedule has those of three weeks.
    package var shows: [Show] = []
    /// What they sell, as far as it was looked through.
    package var goods = PagedProducts()
    /// What the shop has found of it, where there is more than was looked through.
    package var found: Found?
    package var selected: ShowOrProduct?

    package init(host: Host) { self.host = host }

    /// nil until the shop has answered.
    package var products: [Product]? { goods.isThere ? goods.items : nil }

    /// The shop's own search.
    package struct Found: Sendable {
        package let text: String
        package var goods = PagedProducts()
        /// When the shop is asked: not at each letter.
        var dueAt: Timestamp?
    }
}
