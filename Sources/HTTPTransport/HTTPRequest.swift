import FoundationEssentials

/// The methods that the program uses.
package enum HTTPMethod: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
}

/// One request, complete as a value.
package struct HTTPRequest: Sendable, Equatable {
    package var method: HTTPMethod
    /// Absolute; https, or http for a loopback host. Must already be percent-encoded.
    package var url: String
    package var headers: HTTPHeaders
    package var body: Data?
    /// A connection of its own, used by nothing before or after. Set for a purchase: on a reused connection that closes
    /// without a reply, libcurl sends a POST a second time by itself.
    package var freshConnection: Bool
    /// Names of headers reach the server as they are written here: HTTP/1.1, since later ones make them small, and some
    /// programs take that for another name.
    package var keepsHeaderCase = false
    package var limits: HTTPLimits
    /// To where it may be followed, which is within its origin; else the answer says where it points to.
    package var followsRedirects: Bool

    package init(
        _ method: HTTPMethod, _ url: String, headers: HTTPHeaders = HTTPHeaders(), body: Data? = nil,
        freshConnection: Bool = false, limits: HTTPLimits = .standard, followsRedirects: Bool = true
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.freshConnection = freshConnection
        self.limits = limits
        self.followsRedirects = followsRedirects
    }
}

/// What an answer may cost before it is given up.
package struct HTTPLimits: Sendable, Equatable {
    /// Bytes of the body after decoding, so that a small compressed answer cannot fill the memory.
    package var body: Int
    /// Until the connection stands, TLS included.
    package var connect: Duration
    /// From sending to the last byte, redirects included.
    package var whole: Duration
    /// Bytes a second below which, for `slowFor`, the answer is given up. 0 means never.
    package var slowestRate: Int
    /// Whole seconds.
    package var slowFor: Duration

    package init(
        body: Int = 2 << 20, connect: Duration = .seconds(5), whole: Duration = .seconds(15), slowestRate: Int = 100,
        slowFor: Duration = .seconds(10)
    ) {
        self.body = body
        self.connect = connect
        self.whole = whole
        self.slowestRate = slowestRate
        self.slowFor = slowFor
    }

    /// 2 MiB, 5 s to connect, 15 s in all, 100 B/s over 10 s.
    package static let standard = HTTPLimits()
}
