import Domain

/// How a question may be asked: what the code that carries it out must know beside the request itself.
package struct RequestPolicy: Hashable, Sendable {
    /// The transport may send it again by itself after a lost reply.
    package var isIdempotent: Bool
    /// A connection of its own, used by nothing before or after, so that libcurl does not send it a second time.
    package var usesFreshConnection: Bool
    /// The reply's ETag is worth keeping, and may be sent as `If-None-Match` the next time.
    package var isCacheable: Bool

    package init(isIdempotent: Bool, usesFreshConnection: Bool, isCacheable: Bool) {
        self.isIdempotent = isIdempotent
        self.usesFreshConnection = usesFreshConnection
        self.isCacheable = isCacheable
    }

    /// Public reading.
    static let publicRead = RequestPolicy(isIdempotent: true, usesFreshConnection: false, isCacheable: true)
    /// Reading or setting what belongs to an account: the same twice as once.
    static let repeatable = RequestPolicy(isIdempotent: true, usesFreshConnection: false, isCacheable: false)
    /// Reading what belongs to an account, again and again.
    static let watched = RequestPolicy(isIdempotent: true, usesFreshConnection: false, isCacheable: true)
    /// Twice is one time too many, but no harm is done.
    static let once = RequestPolicy(isIdempotent: false, usesFreshConnection: false, isCacheable: false)
    /// Twice must not happen.
    package static let strictlyOnce = RequestPolicy(isIdempotent: false, usesFreshConnection: true, isCacheable: false)
}

extension ShopQuery {
    /// The same for every kind of shop, because it follows from what is asked.
    package var policy: RequestPolicy {
        switch self {
        case .service, .shows, .show, .head, .segment, .moments, .hosts, .host, .products, .productsOfHost, .product,
            .productAt, .reviews:
            .publicRead
        case .follows, .follow, .unfollow, .paymentMethods, .addresses, .traceOrder: .repeatable
        case .orders, .order: .watched
        // A second quote replaces the first, and a second guest is one account too many.
        case .quote, .openGuestAccount: .once
        case .placeOrder, .cancelOrder, .returnOrder, .postMessage: .strictlyOnce
        }
    }
}
