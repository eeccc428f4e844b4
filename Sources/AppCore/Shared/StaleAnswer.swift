import Domain

/// Reason why an answer is an old one: the shop cannot be asked now.
package struct StaleAnswer: Sendable {
    /// Time at which it was given.
    package let at: Timestamp
    package let failure: ShopFailure

    package init(at: Timestamp, failure: ShopFailure) { (self.at, self.failure) = (at, failure) }
}
