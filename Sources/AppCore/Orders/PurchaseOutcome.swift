import Domain
import Text

/// What a purchase that was not answered with an order means: a clear no, or that it has to be found out.
package enum PurchaseOutcome: Hashable, Sendable {
    case refused(SafeText)
    case unknown

    /// - Parameter intent: as it was when it was sent: `committed` for the first time, `unknown` for another try.
    package init(_ failure: ShopFailure, of intent: OrderIntent) {
        self =
            switch failure {
            // Sent for the first time, and not a byte of it left: that is certain, and the shopper can try again.
            case .unreachable(let reason, mayHaveArrived: false) where intent.state == .committed: .refused(reason)
            // The shop is at work on this purchase, or has had it in another form: it is the one to say what became of it.
            case .refused(let refusal) where Self.isAboutTheKey(refusal): .unknown
            case .refused(let refusal): .refused(refusal.message)
            case .notSent(let reason): .refused(reason)
            // At another try, an earlier one may have got through while the account was still known.
            case .unauthorized where intent.state == .committed: .refused("the server does not know this account")
            case .notFound where intent.state == .committed: .refused("the server no longer knows what was asked for")
            case .unauthorized, .notFound: .unknown
            case .unreachable, .busy, .notUnderstood: .unknown
            }
    }

    private static func isAboutTheKey(_ refusal: Refusal) -> Bool {
        refusal.code == "idempotency_key_in_flight" || refusal.code == "idempotency_key_reused"
    }
}
