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

    fileprivate static func word(_ value: String?) -> String? {
        guard let value, (1...4096).contains(value.utf8.count), value.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            return nil
        }
        return value
    }
}

extension ShopIO {
    /// The same, with which a request whose nonce the shop no longer knows is sent once more with the one that came with the
    /// refusal: the shop has done nothing yet.
    func renewingNonce() -> ShopIO {
        var io = self
        io.send = Self.renewingNonce(send)
        io.decide = Self.renewingNonce(decide)
        return io
    }

    private static func renewingNonce(_ exchange: @escaping Exchange) -> Exchange {
        { (request) async throws(ShopFailure) in
            let response = try await exchange(request)
            guard let renewed = request.withNonce(of: response) else { return response }
            return try await exchange(renewed)
        }
    }
}

extension HTTPRequest {
    /// The same request with the nonce of a reply that has refused the one before; nil for any other reply.
    fileprivate func withNonce(of response: HTTPResponse) -> HTTPRequest? {
        guard WooReply(response).hasStaleNonce, let fresh = WooSession.word(response.headers["Nonce"]),
            fresh != headers["Nonce"]
        else { return nil }
        var request = self
        request.headers.set("Nonce", fresh)
        return request
    }
}

extension WooCommerceProvider {
    /// The Store API's name among those that WordPress answers.
    static let api = "wc/store/v1"

    /// - Parameter path: below the Store API, percent-encoded.
    func get(
        _ path: String, _ query: KeyValuePairs<String, String?> = [:], _ session: WooSession = WooSession()
    ) -> HTTPRequest {
        read(Self.api + path, query, session.headers)
    }

    /// - Parameter name: of an interface of WordPress's, percent-encoded.
    func read(
        _ name: String, _ query: KeyValuePairs<String, String?>, _ headers: HTTPHeaders = HTTPHeaders()
    ) -> HTTPRequest {
        // Before version 8 a basket's word is looked for by this one spelling, where the server keeps what was sent.
        let isOfBasket = headers["Cart-Token"] != nil
        var headers = headers
        headers.append("Accept", "application/json")
        var request = HTTPRequest(.get, site.root.address(name, Self.pairs(query)), headers: headers)
        request.keepsHeaderCase = isOfBasket
        return request
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
        var request = HTTPRequest(
            .post, site.root.address(Self.api + path, []), headers: headers, body: body, freshConnection: isFresh)
        request.keepsHeaderCase = true
        return request
    }

    /// A query; pairs without a value are left out.
    static func pairs(_ query: KeyValuePairs<String, String?>) -> [String] {
        query.compactMap { name, value in value.map { "\(name)=\(PercentEncoding.encode($0))" } }
    }
}

extension HTTPResponse {
    /// The server's clock, cut to the second; the local time where it does not tell it.
    func time(orLocal now: Timestamp) -> Timestamp {
        headers["Date"].flatMap(HTTPDate.secondsSince1970).map { Timestamp(seconds: $0) } ?? now
    }
}
