import Domain
import GRDB
import Hummingbird
import Text

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
        try Row.fetchOne(db, sql: "SELECT * FROM orders WHERE checkout = ?", arguments: [token])
            .map { try Orders.record(db, $0, now: now) }
    }

    private static func page(_ order: Order?, now: Timestamp) -> Answer {
        guard let order else { return html(.notFound, "No such order", "<p>There is no order to pay here.</p>") }
        let lines = order.lines.map {
            "<li>\($0.quantity) × \(escaped($0.title.string)) (\(escaped($0.sku.rawValue)))</li>"
        }
        let sum = "<ul>\(lines.joined())</ul><p>Total: <strong>\(order.total.displayString)</strong></p>"
        switch order.status {
        case .unpaid where CheckoutTime.end(of: order) <= now:
            return html(
                .ok, "Order \(order.id)", sum + "<p>The time to pay this order is over. Nothing was charged.</p>")
        case .unpaid:
            return html(
                .ok, "Pay order \(order.id)",
                sum + "<form method=\"post\"><button autofocus>Pay \(order.total.displayString)</button></form>")
        case .cancelled: return html(.ok, "Order \(order.id)", sum + "<p>This order was cancelled.</p>")
        default: return html(.ok, "Order \(order.id)", sum + "<p>Paid. Thank you! You can close this page.</p>")
        }
    }

    private static func html(_ status: HTTPResponse.Status, _ title: String, _ body: String) -> Answer {
        let page = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(escaped(title))</title>
            <style>body{font:1.1rem/1.5 system-ui;max-width:36rem;margin:3rem auto;padding:0 1rem}\
            button{font:inherit;padding:.6rem 1.2rem}</style></head>
            <body><h1>\(escaped(title))</h1>\(body)<p><small>A demo shop: no money moves.</small></p></body></html>

            """
        return Answer(status, bytes: page.utf8, mediaType: "text/html; charset=utf-8")
            .with(.contentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
