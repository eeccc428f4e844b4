import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Text

/// `application/problem+json` as RFC 9457 lets it come: anything but the code may be missing.
struct ProblemAnswer: Decodable {
    static let notFound = ProblemCode.notFound

    let code: String
    let message: SafeText
    let quote: Quote?
    let stock: Int?

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        code = try wire.get("code")
        guard (1...64).contains(code.utf8.count), code.utf8.allSatisfy(Self.isCodeByte) else {
            throw wire.corrupted("code", "not a code")
        }
        let words = try? wire.findText("detail", limit: 200) ?? wire.findText("title", limit: 200)
        message = words.flatMap { $0.string.isEmpty ? nil : $0 } ?? SafeText(code)
        // What cannot be read of the current truth is asked for anew; the refusal stands all the same.
        quote = try? wire.find("quote")
        stock = try? wire.findCount("stock")
    }

    private static func isCodeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension APIReply {
    /// The shop's own no; nil when the reply comes from something that does not speak its API.
    var problem: ProblemAnswer? {
        guard !isWebPage else { return nil }
        return try? WireJSON.decode(ProblemAnswer.self, from: body.json)
    }

    /// What a reply other than a success means. Only a problem with a code is the shop's no: a proxy's bare 403 says
    /// nothing about an order.
    func failure(for query: ShopQuery) -> ShopFailure {
        let status = response.status
        if status == 511 { return .notUnderstood(ReplyObstacle.signInPage.words) }
        if status == 429 || (500..<600).contains(status) {
            return .busy(status: status, retryAfterSeconds: retryAfterSeconds)
        }
        guard let problem else { return .notUnderstood(unexplained) }
        switch (status, problem.code) {
        case (401, _): return .unauthorized
        case (409, ProblemCode.keyInFlight): return .busy(status: status, retryAfterSeconds: retryAfterSeconds)
        // What stands between here and the shop says these, too, also of an order that it has let through.
        case (404, _) where query.isPurchase, (408, _) where query.isPurchase, (413, _) where query.isPurchase:
            return .notUnderstood(problem.message)
        case (404, _) where !query.isAct: return .notFound
        case (400..<500, _):
            return .refused(
                Refusal(
                    code: problem.code, message: problem.message, quote: problem.quote.flatMap(query.itsOwn),
                    stock: problem.stock))
        default: return .notUnderstood(unexplained)
        }
    }

    private var unexplained: SafeText {
        switch response.status {
        case 407: return "the proxy asks for a password (status 407)"
        case 404 where body.obstacle == .webPage: return "there is no shop's API at this address (status 404)"
        default: break
        }
        if let obstacle = body.obstacle { return obstacle.words }
        switch response.status {
        case 300..<400: return "the server points to another place; give the address it really has"
        case 404: return "there is no shop's API at this address (status 404)"
        default: return SafeText("the server answered with status \(response.status) and no reason")
        }
    }

    private var retryAfterSeconds: Int? {
        // A date counts from the reply's own Date; without one it counts as passed.
        response.retryAfter(now: .max).map { Int(clamping: $0.wholeSeconds) }
    }
}

extension ShopQuery {
    /// A new quote that came with a no; nil where it is for something else than what was asked for.
    fileprivate func itsOwn(_ quote: Quote) -> Quote? {
        switch self {
        case .placeOrder(let intent): quote.isFor(intent.sku, quantity: intent.quantity) ? quote : nil
        case .quote(let sku, let quantity, _, _): quote.isFor(sku, quantity: quantity) ? quote : nil
        default: nil
        }
    }

    fileprivate var isPurchase: Bool { if case .placeOrder = self { true } else { false } }

    /// Something is to happen, so what it names being gone is a reason to be told, not an empty screen.
    fileprivate var isAct: Bool {
        switch self {
        case .quote, .placeOrder, .cancelOrder, .returnOrder, .postMessage, .follow, .unfollow: true
        default: false
        }
    }
}
