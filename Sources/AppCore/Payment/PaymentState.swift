import Domain
import QRCode

/// The view of an order that is paid on the shop's page: over everything else, until it is left.
package struct PaymentState: Sendable {
    package let order: OrderID
    /// Until when the page was said to take the payment; the shop no longer says it once it has the money.
    package let expiresAt: Timestamp?
    /// The page's address, for a phone; nil where no code holds it.
    package let code: QRCode?
    package let openedAt: Timestamp

    package init(_ order: Order, _ page: PaymentPage, now: Timestamp) {
        self.order = order.id
        expiresAt = page.expiresAt
        code = QRCode(page.address.string)
        openedAt = now
    }
}

/// Orders that wait for a payment elsewhere, and when the shop is asked about one of them next.
package struct PaymentWatch: Sendable {
    package var poller = Poller()
    /// The one that was asked about last, so that each has its turn.
    package var lastAsked: OrderID?
    /// Those that the shop does not show to this account; asking again would not change that.
    package var unknown: Set<OrderID> = []

    /// Failure of the shop to answer the last time; nil where it answered.
    package var failure: ShopFailure?

    package init() {}

    /// A payment takes a minute or two as a rule: every three seconds at first, then the more seldom the longer it takes.
    /// - Parameter wait: how long somebody has been waiting.
    package static func interval(after wait: Duration) -> Duration { min(max(wait / 10, .seconds(3)), .seconds(30)) }
}
