import Domain
import Hummingbird
import LiveAPI
import Synchronization

/// Quotes and orders.
struct OrderRoutes: Sendable {
    let floor: ShowFloor
    let desk: OrderDesk
    private let inFlight = InFlightKeys()

    init(floor: ShowFloor, shop: ShopSetup, origin: ServerOrigin) {
        self.floor = floor
        desk = OrderDesk(origin: origin, shop: shop)
    }

    func answer(
        _ route: Route, _ request: Request, _ query: QueryReader, account: AccountRecord
    ) async throws -> Answer {
        switch (route, request.method) {
        case (.quotes, _): return try await quote(request, account)
        case (.orders, .post): return try await place(request, account)
        case (.orders, _): return try await list(query, account)
        case (.order(let id), _):
            let now = floor.clock.now()
            let order = try await floor.pool.read { [desk] in try desk.order($0, id, of: account.id, now: now) }
            guard let order else { throw Problem.notFound("order") }
            return try .json(order, freshness: .ownAndChecked)
        case (.cancelOrder(let id), _):
            let order = try await floor.write { [desk] in try desk.cancel(id, of: account.id, &$0) }
            return try .json(order)
        case (.returnOrder(let id), _):
            let wish = try await request.json(ReturnWish.self)
            let order = try await floor.write { [desk] in try desk.takeBack(id, wish, of: account.id, &$0) }
            return try .json(order)
        default: throw Problem.notFound("path")
        }
    }

    private func quote(_ request: Request, _ account: AccountRecord) async throws -> Answer {
        let wish = try await request.json(QuoteRequest.self)
        let quote = try await floor.write { [desk] turn in
            // Asked of a new wish alone: an old one is priced anew although its show may have been forgotten since.
            if let show = wish.show, try ShowRecords.row(turn.db, show) == nil {
                throw Problem.unprocessable("there is no such show")
            }
            return try QuoteDesk.quote(wish, for: account.id, desk.shop, &turn)
        }
        return try .json(quote, .created)
    }

    private func place(_ request: Request, _ account: AccountRecord) async throws -> Answer {
        guard let key = request.headers[.idempotencyKey], !key.isEmpty else {
            throw Problem(
                code: ProblemCode.keyMissing, status: 400, title: "An order needs an Idempotency-Key",
                detail: "choose a new random key for each purchase and send it again with each retry")
        }
        guard key.utf8.count <= RequestLimits.keyBytes, key.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw Problem.invalid("an Idempotency-Key is at most \(RequestLimits.keyBytes) visible ASCII characters")
        }
        let wish = try await request.json(OrderRequest.self)
        guard inFlight.begin(account.id, key) else {
            throw Problem(
                code: ProblemCode.keyInFlight, status: 409, title: "An order with this key is being placed",
                detail: "ask again in a moment")
        }
        defer { inFlight.end(account.id, key) }
        let stored = try await floor.write { [desk] in try desk.place(wish, key: key, for: account.id, &$0) }
        var answer = Answer(
            .init(code: stored.status), bytes: stored.body.utf8,
            mediaType: stored.status == 201 ? "application/json" : Problem.mediaType)
        if stored.isReplay { answer.headers[.idempotencyReplayed] = "true" }
        if let id = stored.order { answer.headers[.location] = Route.order(id).path }
        return answer
    }

    private func list(_ query: QueryReader, _ account: AccountRecord) async throws -> Answer {
        let key = try query.text("key", limit: RequestLimits.keyBytes)
        let cursor = try query.timeAndID()
        let limit = RequestLimits.pageSize
        let now = floor.clock.now()
        let orders = try await floor.pool.read { [desk] in
            try desk.orders($0, of: account.id, key: key, before: cursor, limit: limit + 1, now: now)
        }
        var page = Page(items: Array(orders.prefix(limit)))
        if orders.count > limit, let last = page.items.last {
            page.nextCursor = "\(last.placedAt.milliseconds)~\(last.id.rawValue)"
        }
        return try .json(page, freshness: .ownAndChecked)
    }
}

/// The keys of the orders that are being placed at this moment.
private final class InFlightKeys: Sendable {
    private let keys = Mutex<Set<[String]>>([])

    func begin(_ account: String, _ key: String) -> Bool { keys.withLock { $0.insert([account, key]).inserted } }
    func end(_ account: String, _ key: String) { keys.withLock { _ = $0.remove([account, key]) } }
}

/// Address of the server, known once it listens, and the key that its secret addresses are made from.
final class ServerOrigin: Sendable {
    let checkouts: CheckoutSecret
    private let url = Mutex("")

    init(checkouts: CheckoutSecret) { self.checkouts = checkouts }

    var value: String {
        get { url.withLock { $0 } }
        set { url.withLock { $0 = newValue } }
    }
}
