import Domain
import GRDB
import Hummingbird

/// The page that takes the payment of an order placed for hosted checkout: a sum, and a button that pays it.
struct CheckoutPage: Sendable {
    let floor: ShowFloor
    private static let prefix = "/checkout/"

    static func url(_ token: String, _ origin: ServerOrigin) -> String { origin.value + prefix + token }

    /// The token in the path of a checkout page; nil for any other path.
    static func token(path: String) -> String? {
        guard path.hasPrefix(prefix) else { return nil }
        let token = path.dropFirst(prefix.count)
        return token.isEmpty || token.utf8.count > 64 || token.contains("/") ? nil : String(token)
    }

    func answer(_ request: Request, _ token: String) async throws -> Answer {
        switch request.method {
        case .get, .head:
            let now = floor.clock.now()
            let order = try await floor.pool.read { try Self.record($0, token, now: now)?.order }
            return Self.page(order, now: now)
        case .post:
            let (order, now) = try await floor.write { turn -> (Order?, Timestamp) in
                guard var order = try Self.record(turn.db, token, now: turn.now)?.order else { return (nil, turn.now) }
                if order.status == .unpaid, CheckoutTime.end(of: order) > turn.now {
                    try Orders.set(turn, .awaitingShipment, of: order.id)
                    order.status = .awaitingShipment
                }
                return (order, turn.now)
            }
            return Self.page(order, now: now)
        default: return .problem(.methodNotAllowed, headers: [.allow: "GET, HEAD, POST"])
        }
    }

    private static func record(_ db: Database, _ token: String, now: Timestamp) throws -> OrderRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM orders WHERE checkout = ?", arguments: [CheckoutSecret.hash(token)])
            .map { try Orders.record(db, $0, now: now) }
    }

    private static func page(_ order: Order?, now: Timestamp) -> Answer {
        guard let order else {
            return WebPage(title: "No such order", body: "<p>There is no order to pay here.</p>").answer(.notFound)
        }
        // A name in another script does not change the order of what stands beside it.
        let lines = order.lines.map {
            "<li>\($0.quantity) × <bdi>\(WebPage.escaped($0.title.string))</bdi> (\(WebPage.escaped($0.sku.rawValue)))</li>"
        }
        let total = order.total.displayString
        let sum = "<ul>\(lines.joined())</ul><p>Total: <strong>\(total)</strong></p>"
        let id = order.id.rawValue
        let (title, rest) =
            switch order.status {
            case .unpaid where CheckoutTime.end(of: order) <= now:
                ("Order \(id)", "<p role=\"status\">The time to pay this order is over. Nothing was charged.</p>")
            case .unpaid:
                (
                    "Pay order \(id)",
                    "<form method=\"post\"><div class=\"acts\"><button autofocus>Pay \(total)</button></div></form>"
                )
            case .cancelled: ("Order \(id)", "<p role=\"status\">This order was cancelled.</p>")
            default: ("Order \(id)", "<p role=\"status\">Paid. Thank you! You can close this page.</p>")
            }
        return WebPage(title: title, body: sum + rest).answer()
    }
}
