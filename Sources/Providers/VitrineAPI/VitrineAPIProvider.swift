import Domain
import HTTPTransport
import Text

/// Vitrine's own API, as `docs/api/openapi.yaml` specifies it.
package struct VitrineAPIProvider: SingleRequestProvider {
    private let shop: ShopOrigin
    package let origin: String

    package init(origin: String) throws(InvalidShopOrigin) { self.init(origin: try ShopOrigin(origin)) }

    package init(origin: ShopOrigin) {
        shop = origin
        self.origin = origin.description
    }

    package var name: SafeText { SafeText(origin) }
    package var capabilities: ShopCapabilities { .all }
    package var signIn: SignInAPI? { SignInAPI(origin: origin) }

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

    package func decode(_ response: HTTPResponse, for query: ShopQuery) throws(ShopFailure) -> ShopAnswer {
        switch response.status {
        case 200..<300: try APIReply(response).answer(to: query)
        case 304 where query.policy.isCacheable: .unchanged
        case 404 where query.tracesOrder && APIReply(response).problem?.code == ProblemAnswer.notFound:
            .noSuchOrder
        default: throw APIReply(response).failure(for: query)
        }
    }
}

extension ShopQuery {
    fileprivate var tracesOrder: Bool { if case .traceOrder = self { true } else { false } }
}
