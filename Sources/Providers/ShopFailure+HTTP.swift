import Domain
import HTTPTransport
import Text

extension ShopFailure {
    /// A transport's failure in a shopper's terms. What the transport is not sure of may have arrived.
    package init(_ failure: HTTPFailure) {
        let words = SafeText(failure.description)
        switch failure {
        case .badRequest, .insecure: self = .notSent(words)
        case .cannotResolve, .cannotConnect, .timedOut, .tooLarge, .tooSlow, .tls, .connectionLost, .protocolError,
            .cancelled, .redirectRefused, .notRecorded:
            self = .unreachable(words, mayHaveArrived: failure.mayHaveBeenSent)
        }
    }
}
