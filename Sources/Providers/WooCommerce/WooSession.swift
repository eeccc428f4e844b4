import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI

/// What a shop knows a basket by. Both words may change with every reply: older shops want both, newer ones the token.
struct WooSession: Hashable, Codable, Sendable {
    private(set) var token: String?
    private(set) var nonce: String?

    /// The words that come next.
    mutating func take(_ headers: HTTPHeaders) {
        token = Self.word(headers["Cart-Token"]) ?? token
        nonce = Self.word(headers["Nonce"]) ?? nonce
    }

    func renewed(by response: HTTPResponse) -> WooSession {
        var renewed = self
        renewed.take(response.headers)
        return renewed
    }

    var headers: HTTPHeaders {
        var headers = HTTPHeaders()
        if let token { headers.append("Cart-Token", token) }
        if let nonce { headers.append("Nonce", nonce) }
        return headers
    }

    private static func word(_ value: String?) -> String? {
        guard let value, (1...4096).contains(value.utf8.count), value.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            return nil
        }
        return value
    }
}

extension WooCommerceProvider {
    /// Where the Store API is below the shop's address.
    static let api = "/wp-json/wc/store/v1"

    /// - Parameter path: below the Store API, percent-encoded.
    func get(_ path: String, _ session: WooSession = WooSession()) -> HTTPRequest {
        var headers = session.headers
        headers.append("Accept", "application/json")
        return HTTPRequest(.get, origin + Self.api + path, headers: headers)
    }

    /// - Parameter isFresh: on a connection of its own, so that it is sent no more than once.
    func post(
        _ path: String, _ value: some Encodable, _ session: WooSession, isFresh: Bool = false
    ) throws(ShopFailure) -> HTTPRequest {
        var headers = session.headers
        headers.append("Accept", "application/json")
        headers.append("Content-Type", "application/json")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(value) else { throw .notSent("the question could not be written as JSON") }
        return HTTPRequest(.post, origin + Self.api + path, headers: headers, body: body, freshConnection: isFresh)
    }

    /// A path with a query; pairs without a value are left out.
    static func path(_ path: String, _ query: KeyValuePairs<String, String?>) -> String {
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(PercentEncoding.encode($0))" } }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }
}

extension HTTPResponse {
    /// The server's clock, cut to the second; the local time where it does not tell it.
    func time(orLocal now: Timestamp) -> Timestamp {
        headers["Date"].flatMap(HTTPDate.secondsSince1970).map { Timestamp(seconds: $0) } ?? now
    }
}
