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
    let limits: Limits
    let clock: WorldClock
    let logger: Logger
    private let requests: RateLimiter<ClientAddress>?

    init(
        _ housekeeping: Housekeeping, shop setup: ShopSetup, origin: ServerOrigin, limits: Limits, logger: Logger
    ) throws {
        let floor = housekeeping.floor
        shop = PublicRoutes(
            housekeeping: housekeeping, name: setup.name, heads: RenderedHeads(floor: floor), limits: limits)
        let hosts = try floor.pool.read { try String.fetchAll($0, sql: "SELECT name FROM hosts") }
        let names = NameRules(hosts: hosts, moderators: setup.moderators)
        accounts = AccountRoutes(floor: floor, shop: setup, names: names, limits: limits)
        orders = OrderRoutes(floor: floor, shop: setup, origin: origin)
        checkout = CheckoutPage(floor: floor)
        signIn = SignInRoutes(floor: floor, origin: origin)
        signInPage = SignInPage(floor: floor, names: names)
        requests = RateLimiter("client", limits.requestsPerClient)
        clock = floor.clock
        self.limits = limits
        self.logger = logger
    }

    func respond(to request: Request, context: Context) async throws -> Response {
        await answer(to: request, from: client(of: request, context)).response(to: request)
    }

    private func client(of request: Request, _ context: Context) -> ClientAddress? {
        guard limits.isBehindProxy, let field = request.headers[.named("X-Forwarded-For")] else { return context.peer }
        return ClientAddress(forwardedFor: field) ?? context.peer
    }

    /// What is said to any request.
    /// - Parameter client: whoever sent it, as far as it is known.
    func answer(to request: Request, from client: ClientAddress? = nil) async -> Answer {
        do {
            if let client, let requests { try requests.admit(client, now: clock.now()) }
            return try await answer(request, client)
        } catch let refusal as TooManyRequests {
            return refusal.answer
        } catch let problem as Problem {
            return Answer.problem(problem, headers: headers(of: problem))
        } catch is CancellationError {
            // The server ends and does not wait for the rest of the request.
            return Answer.problem(.unavailable, headers: [.retryAfter: "1"])
        } catch {
            logger.error("a request failed", metadata: ["error": "\(error)", "path": "\(request.uri.path)"])
            return Answer.problem(.unavailable, headers: [.retryAfter: "1"])
        }
    }

    private func headers(of problem: Problem) -> HTTPFields {
        switch problem.code {
        case ProblemCode.unauthorized: [.wwwAuthenticate: #"Bearer realm="vitrine""#]
        case ProblemCode.keyInFlight: [.retryAfter: "1"]
        // The body's end may be where something else begins.
        case Problem.unknownCoding.code: [.connection: "close"]
        default: [:]
        }
    }

    private func answer(_ request: Request, _ client: ClientAddress?) async throws -> Answer {
        try request.checkHost()
        try request.checkFraming()
        // What only reads is answered without its body, should it have one.
        let reads = request.method == .get || request.method == .head
        let request = reads ? request : try await request.arrived(upTo: limits.bodyBytes)
        if request.uri.path == SignInPage.path { return try await signInPage.answer(request, client: client) }
        if let token = CheckoutPage.token(path: request.uri.path) { return try await checkout.answer(request, token) }
        guard let route = Route(path: request.uri.path) else { throw Problem.notFound("path") }
        guard route.methods.contains(request.method) else {
            return .problem(
                .methodNotAllowed, headers: [.allow: route.methods.map(\.rawValue).joined(separator: ", ")])
        }
        let query = try QueryReader(request.uri.query, knowing: route.queryNames)
        if route.isPublic { return try await shop.answer(route, query: query) }
        switch route {
        case .quotes, .orders, .order, .cancelOrder, .returnOrder:
            return try await orders.answer(route, request, query, account: accounts.account(of: request))
        case .deviceCode, .token, .revocation: return try await signIn.answer(route, request, client: client)
        default:
            return try await accounts.answer(route, request, client: client)
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

    /// Names that can stand in its query.
    fileprivate var queryNames: Set<String> {
        switch self {
        case .shows: ["from", "to", "state", "host", "tag", "q", "cursor"]
        case .hosts: ["q", "cursor"]
        case .products: ["q", "show", "host", "cursor"]
        case .reviews: ["cursor"]
        case .orders: ["key", "cursor"]
        case .service, .show, .head, .segment, .moments, .host, .product, .me, .myGuests, .follows, .follow,
            .paymentMethods, .addresses, .order, .guests, .deviceCode, .token, .revocation, .messages, .quotes,
            .cancelOrder, .returnOrder:
            []
        }
    }

    fileprivate var isPublic: Bool {
        switch self {
        case .service, .shows, .show, .head, .segment, .moments, .hosts, .host, .products, .product, .reviews: true
        default: false
        }
    }
}
