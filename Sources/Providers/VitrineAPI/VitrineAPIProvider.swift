import Domain
import HTTPTransport
import Text

/// Vitrine's own API, as `docs/api/openapi.yaml` specifies it.
package struct VitrineAPIProvider: ShopProvider {
    private let shop: ShopOrigin
    package let origin: String

    package init(origin: String) throws(InvalidShopOrigin) { self.init(origin: try ShopOrigin(origin)) }

    package init(origin: ShopOrigin) {
        shop = origin
        self.origin = origin.description
    }

    package var name: SafeText { SafeText(origin) }
    package var signIn: SignInAPI? { SignInAPI(origin: origin) }

    package func about(_ io: ShopIO) async throws(ShopFailure) -> ShopInfo {
        try await ask(.service, io) { if case .service(let info) = $0 { info } else { nil } }
    }

    package var shows: (any ShopShows)? { self }
    package var chat: (any ShopChat)? { self }
    package var hosts: (any ShopHosts)? { self }
    package var catalogue: (any ShopCatalogue)? { self }
    package var checkout: (any ShopCheckout)? { self }
    package var accounts: (any ShopAccounts)? { self }

    /// Each question is one request; of what must not happen twice, it decides.
    func ask<Value>(
        _ query: ShopQuery, _ io: ShopIO, _ read: (ShopAnswer) -> Value?
    ) async throws(ShopFailure) -> Value {
        let request = try request(for: query, account: io.account)
        let response = query.policy == .strictlyOnce ? try await io.decide(request) : try await io.send(request)
        guard let value = read(try decode(response, for: query)) else {
            throw .notUnderstood("the shop's reply is about something else")
        }
        return value
    }

    package func request(for query: ShopQuery, account: Account?) throws(ShopFailure) -> HTTPRequest {
        let call = try APICall(query)
        var headers: HTTPHeaders = ["Accept": "application/json, application/problem+json"]
        if query.isPrivate {
            guard let account else { throw .unauthorized }
            headers.append("Authorization", "Bearer " + account.token)
        }
        if call.body != nil { headers.append("Content-Type", "application/json") }
        if let key = call.idempotencyKey { headers.append("Idempotency-Key", key) }
        // A transport refuses such a request too; here the reason can still be told in a shopper's words.
        guard headers.refused.isEmpty else { throw .notSent("the saved account or order key is damaged") }
        return HTTPRequest(
            call.method, origin + call.path, headers: headers, body: call.body,
            freshConnection: query.policy.usesFreshConnection)
    }

    /// Reads the reply to `request(for: query, …)`, of whatever status.
    package func decode(_ response: HTTPResponse, for query: ShopQuery) throws(ShopFailure) -> ShopAnswer {
        switch response.status {
        case 200..<300: try APIReply(response).answer(to: query)
        case 404 where query.tracesOrder && APIReply(response).problem?.code == ProblemAnswer.notFound:
            .noSuchOrder
        default: throw APIReply(response).failure(for: query)
        }
    }
}

extension ShopQuery {
    fileprivate var tracesOrder: Bool { if case .traceOrder = self { true } else { false } }
}
