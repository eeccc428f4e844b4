import Domain
import GRDB
import Hummingbird
import LiveAPI
import Logging

/// Leads each request to the part that answers it, and turns every failure into a problem document.
struct Dispatcher: HTTPResponder {
    typealias Context = ConnectionContext

    let shop: PublicRoutes
    let accounts: AccountRoutes
    let orders: OrderRoutes
    let checkout: CheckoutPage
    let signIn: SignInRoutes
    let signInPage: SignInPage
    let logger: Logger

    func respond(to request: Request, context: Context) async throws -> Response {
        await answer(to: request, from: context.peer).response(to: request)
    }

    /// What is said to any request.
    /// - Parameter peer: the address of whoever sent it, as far as it is known.
    func answer(to request: Request, from peer: String? = nil) async -> Answer {
        do {
            return try await answer(request, peer)
        } catch let problem as Problem {
            return Answer.problem(problem, headers: headers(of: problem))
        } catch {
            logger.error("a request failed", metadata: ["error": "\(error)", "path": "\(request.uri.path)"])
            return Answer.problem(.unavailable, headers: [.retryAfter: "1"])
        }
    }

    private func headers(of problem: Problem) -> HTTPFields {
        switch problem.code {
        case ProblemCode.unauthorized: [.wwwAuthenticate: #"Bearer realm="vitrine""#]
        case ProblemCode.keyInFlight: [.retryAfter: "1"]
        default: [:]
        }
    }

    private func answer(_ request: Request, _ peer: String?) async throws -> Answer {
        if request.uri.path == SignInPage.path { return try await signInPage.answer(request, peer: peer) }
        if let token = CheckoutPage.token(path: request.uri.path) { return try await checkout.answer(request, token) }
        guard let route = Route(path: request.uri.path) else { throw Problem.notFound("path") }
        guard route.methods.contains(request.method) else {
            return .problem(
                .methodNotAllowed, headers: [.allow: route.methods.map(\.rawValue).joined(separator: ", ")])
        }
        let query = try QueryReader(request.uri.query)
        if route.isPublic { return try await shop.answer(route, query: query) }
        switch route {
        case .quotes, .orders, .order, .cancelOrder, .returnOrder:
            return try await orders.answer(route, request, query, account: accounts.account(of: request))
        case .deviceCode, .token, .revocation: return try await signIn.answer(route, request, peer: peer)
        default:
            return try await accounts.answer(route, request)
        }
    }
}

extension Route {
    /// What can be asked at this path; HEAD wherever GET can.
    var methods: [HTTPRequest.Method] {
        switch self {
        case .service, .shows, .show, .head, .segment, .moments, .hosts, .host, .products, .product, .reviews:
            [.get, .head]
        case .me, .follows, .paymentMethods, .addresses, .order: [.get, .head]
        case .follow: [.put, .delete]
        case .guests, .myGuests, .deviceCode, .token, .revocation, .messages, .quotes, .cancelOrder, .returnOrder:
            [.post]
        case .orders: [.get, .head, .post]
        }
    }

    fileprivate var isPublic: Bool {
        switch self {
        case .service, .shows, .show, .head, .segment, .moments, .hosts, .host, .products, .product, .reviews: true
        default: false
        }
    }
}
