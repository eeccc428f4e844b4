/// Why there is no answer. An answer of any status, 500 included, is an `HTTPResponse` and none of these.
package enum HTTPFailure: Error, Equatable, Sendable {
    case cannotResolve
    case cannotConnect
    /// `sent`: a part of the request, or all of it, may have left.
    case timedOut(sent: Bool)
    /// The body passed `limit` bytes.
    case tooLarge(limit: Int)
    /// The body came slower than the limit allows.
    case tooSlow
    /// `reason` is in our own words, never the server's.
    case tls(reason: String)
    /// Refused here before anything was sent; `reason` names the fault, not the value.
    case badRequest(reason: String)
    /// `sent`: a part of the request, or all of it, may have left.
    case connectionLost(sent: Bool)
    /// What came back is not HTTP, or breaks off in the middle.
    case protocolError
    /// `sent`: a part of the request, or all of it, may have left.
    case cancelled(sent: Bool)
    /// Plain http to a host that is not this machine; nothing was sent.
    case insecure
    /// The server points to another origin, or does so for something that is not a GET.
    case redirectRefused
    /// A recording stands in for the network, and this was not asked when it was made.
    case notRecorded

    /// Whether the server may have acted on the request. `false` is a promise: no byte of it has left.
    package var mayHaveBeenSent: Bool {
        switch self {
        case .cannotResolve, .cannotConnect, .tls, .badRequest, .insecure, .notRecorded: false
        case .timedOut(let sent), .connectionLost(let sent), .cancelled(let sent): sent
        case .tooLarge, .tooSlow, .protocolError, .redirectRefused: true
        }
    }
}

extension HTTPFailure: CustomStringConvertible {
    /// One short clause for a person; holds no address, header or token.
    package var description: String {
        switch self {
        case .cannotResolve: "the server's name cannot be resolved"
        case .cannotConnect: "the server cannot be reached"
        case .timedOut: "the server did not answer in time"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .tooSlow: "the answer came too slowly"
        case .tls(let reason): "no secure connection: \(reason)"
        case .badRequest(let reason): "the request was not sent: \(reason)"
        case .connectionLost: "the connection was lost"
        case .protocolError: "the answer is not valid HTTP"
        case .cancelled: "cancelled"
        case .insecure: "plain http is allowed to this machine only; use https"
        case .redirectRefused: "the server redirects to another place"
        case .notRecorded: "the recording has no answer to this"
        }
    }
}
