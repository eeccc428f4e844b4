import Domain
import GRDB
import Hummingbird
import LiveAPI
import Logging

/// Leads each request to the part that answers it, and turns every failure into a problem document.
struct Dispatcher: HTTPResponder {
    typealias Context = BasicRequestContext

    let shop: PublicRoutes
    let accounts: AccountRoutes
    let orders: OrderRoutes
    let checkout: CheckoutPage
    let logger: Logger

    func respond(to request: Request, context: Context) async throws -> Response {
        do {
            return try await answer(request).response(to: request)
        } catch let problem as Problem {
            return Answer.problem(problem, headers: headers(of: problem)).response(to: request)
        } catch {
            logger.error("a request failed", metadata: ["error": "\(error)", "path": "\(request.uri.path)"])
            return Answer.problem(.unavailable, headers: [.retryAfter: "1"]).response(to: request)
        }
    }

    private func headers(of problem: Problem) -> HTTPFields {
        switch problem.code {
        case ProblemCode.unauthorized: [.wwwAuthenticate: #"Bearer realm="vitrine""#]
        case ProblemCode.keyInFlight: [.retryAfter: "1"]
        default: [:]
        }
    }

    private func answer(_ request: Request) async throws -> Answer {
        if let token = CheckoutPage.token(path: request.uri.path) { return try await checkout.answer(request, token) }
        guard let route = Route(path: request.uri.path) else { throw Problem.notFound("path") }
        let method: HTTPRequest.Method = request.method == .head ? .get : request.method
        guard Self.methods(of: route).contains(method) else {
            return .problem(
                .methodNotAllowed, headers: [.allow: Self.methods(of: route).map(\.rawValue).joined(separator: ", ")])
        }
        if route.isPublic, method == .get { return try await shop.answer(route, query: QueryReader(request.uri.query)) }
        switch route {
        case .quotes, .orders, .order, .cancelOrder:
            return try await orders.answer(route, request, account: accounts.account(of: request))
        default:
            return try await accounts.answer(route, request)
        }
    }

    private static func methods(of route: Route) -> [HTTPRequest.Method] {
        switch route {
        case .service, .shows, .show, .head, .segment, .moments, .hosts, .host, .products, .product: [.get]
        case .follows, .paymentMethods, .addresses, .order: [.get]
        case .follow: [.put, .delete]
        case .guests, .messages, .quotes, .cancelOrder: [.post]
        case .orders: [.get, .post]
        }
    }
}

extension Route {
    fileprivate var isPublic: Bool {
        switch self {
        case .service, .shows, .show, .head, .segment, .moments, .hosts, .host, .products, .product: true
        default: false
        }
    }
}

extension Request {
    /// The body, bounded.
    func bytes() async throws -> ByteBuffer {
        do {
            return try await body.collect(upTo: RequestLimits.bodyBytes)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Problem.bodyTooLarge
        }
    }

    /// The body as a value that the API knows.
    func json<Value: Decodable>(_ type: Value.Type = Value.self) async throws -> Value {
        try Self.decode(type, from: await bytes())
    }

    static func decode<Value: Decodable>(_ type: Value.Type = Value.self, from bytes: ByteBuffer) throws -> Value {
        do {
            return try WireCoding.decode(type, from: bytes.readableBytesView)
        } catch let error as DecodingError {
            throw Problem.invalid(error.forPeople)
        }
    }
}

extension DecodingError {
    /// What is wrong with a body, in one line.
    fileprivate var forPeople: String {
        switch self {
        case .keyNotFound(let key, _): "\(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")) is not what it should be"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "the body is not valid JSON"
                : "\(context.codingPath.map(\.stringValue).joined(separator: ".")) is not what it should be"
        @unknown default: "the body cannot be understood"
        }
    }
}
