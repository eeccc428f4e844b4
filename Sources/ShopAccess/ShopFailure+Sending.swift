import Domain
import Providers
import Text

extension ShopFailure {
    /// The same failure, of a question that waited for another one.
    var beforeSending: ShopFailure {
        if case .unreachable(let reason, _) = self { .unreachable(reason, mayHaveArrived: false) } else { self }
    }

    /// The same failure, of something that was to be done after the shop had acted.
    var afterDecision: ShopFailure {
        switch self {
        case .notSent(let words): .notUnderstood(words)
        case .unreachable(let reason, _): .unreachable(reason, mayHaveArrived: true)
        default: self
        }
    }

    /// The same failure, on the way to the request that decides. Where twice must not happen, it is certain that once has
    /// not happened either.
    func before(_ query: ShopQuery) -> ShopFailure {
        switch self {
        case .notUnderstood(let words) where query.policy == .strictlyOnce: .notSent(words)
        case .busy where query.policy == .strictlyOnce: .notSent("the shop is busy; try again in a moment")
        case .unauthorized where query.buyer != nil && query.policy == .strictlyOnce:
            .notSent("the shop does not know this account")
        case .notFound where query.buyer != nil && query.policy == .strictlyOnce: .notSent("the shop does not have it")
        default: beforeSending
        }
    }
}
