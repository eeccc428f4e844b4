import Domain
import Text

extension ShopFailure {
    /// What the server asked for, where it did.
    var retryAfterSeconds: Int? { if case .busy(_, let seconds) = self { seconds } else { nil } }

    /// Whether trying again can help.
    package var isTransient: Bool {
        switch self {
        case .unreachable, .busy, .notUnderstood: true
        case .unauthorized, .notFound, .refused, .notSent: false
        }
    }

    /// One line for a shopper.
    package var explanation: SafeText {
        switch self {
        case .unreachable(let reason, _): reason
        case .busy(429, _): "the server asks for patience; try again in a moment."
        case .busy(let status, _): "the server is in trouble (\(status)); try again in a moment."
        case .unauthorized: "the server does not know this account."
        case .notFound: "the server does not know it."
        case .refused(let refusal): refusal.message
        case .notUnderstood(let reason): reason
        case .notSent(let reason): reason
        }
    }
}
