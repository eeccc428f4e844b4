import FoundationEssentials
import HTTPTransport
import Synchronization

/// A shop that behaves as WooCommerce's Store API does: state, sessions, stock, drafts, orders and errors, of two
/// versions. It was built from the vendor's documentation and from what real servers were seen to answer.
package final class StandInShop: Sendable {
    /// How the shop is set up.
    package struct Rules: Sendable {
        /// 7.9, which wants a nonce with the token and shows no orders; else 11.
        package var isOld: Bool
        package var currency = "USD"
        package var decimals = 2
        /// Percent on goods and shipping, beside the prices.
        package var tax = 0
        package var shipping = 500
        /// To these countries it sends; to others not.
        package var countries: Set = ["US", "CH", "DE"]
        /// Fetching it costs nothing, and is what the shop proposes.
        package var hasPickup = false
        /// What the shop offers beside its flat rate, after it.
        package var moreRates: [StandInRate] = []
        /// Whether it sends at a flat rate.
        package var hasFlatRate = true
        /// A basket is sent in so many parcels.
        package var parcels = 1
        /// The shop sets what it gives back as it sets texts, e-mail addresses too.
        package var setsAddresses: Bool { isOld }
        /// A draft of an order holds its stock, against all sessions but its own; until 9.6.
        package var draftsHoldStock: Bool { isOld }
        package var methods = ["bacs", "cheque", "cod"]
        /// Cash at the door is for what is sent, as the setting for virtual goods can have it.
        package var cashNeedsParcel = false
        /// Whether a look at the checkout drafts the order and tells its number.
        package var drafts = true
        /// Since 11.1 a checkout can be told the most that it may come to.
        package var takesMaximum = false
        /// The payment step says no, after the order was made.
        package var refusing: PaymentRefusal?
        /// Scheme, host and port.
        package var address = "http://127.0.0.1"
        /// Where on its server the site is: empty, or such as `/shop`.
        package var folder = ""
        package var permalinks = Permalinks.pretty
        package var telling = Telling.everywhere

        package init(isOld: Bool = false) { self.isOld = isOld }
    }

    /// How a payment is refused: the order stays, and can be paid later.
    package struct PaymentRefusal: Sendable {
        package var words: String
        /// `pending`, or `failed` where the way to pay says so.
        package var orderStatus: String
        /// The reply is the order with what came of the payment, in the place of an error.
        package var isResult: Bool

        package init(_ words: String, orderStatus: String = "pending", isResult: Bool = false) {
            self.words = words
            self.orderStatus = orderStatus
            self.isResult = isResult
        }
    }

    /// How a WordPress makes addresses.
    package enum Permalinks: Sendable {
        /// `/wp-json/`, beside the parameter, which is answered always.
        case pretty
        /// `/index.php?rest_route=/` alone.
        case plain
    }

    /// Where a page says where programs are answered.
    package enum Telling: Sendable {
        case everywhere, inPageAlone, nowhere
    }

    /// What can go wrong on the way.
    package enum Fault: Sendable {
        /// The shop acts, and its reply is lost.
        case loseReply
        /// It makes the order and dies, before it saves the session: the basket stays full, and nothing comes back.
        case die
        /// The shop acts, and somebody on the way says this in the place of its reply.
        case replaceReply(Int, String)
        /// It does not reach the shop.
        case loseRequest
        /// It answers, and its parcels cost so much from then on.
        case raiseShipping(to: Int)
        /// It makes the order, then something of the shop's own throws: the basket stays full, and this is the reply.
        case breakOff(Int, String)
        /// It drafts the order, then says this.
        case refuseAfterDraft(Int, String)
        /// The shop says this, and does nothing.
        case status(Int, String)
    }

    struct Line: Sendable {
        var goods: Int
        var quantity: Int
        var choice: [(String, String)]
        var key: String { "line-\(goods)" }
    }

    struct Session: Sendable {
        var lines: [Line] = []
        var billing: [String: String] = [:]
        var shipping: [String: String] = [:]
        /// Rates that were selected, by parcel.
        var rates: [String: String] = [:]
        var draft: Int?
    }

    package struct Order: Sendable {
        package var id: Int
        package var key: String
        package var status: String
        package var email: String
        package var method: String
        package var total: Int
        /// What was paid back.
        package var refund = 0
        var lines: [Line]
    }

    struct State: Sendable {
        var rules: Rules
        var goods: [StandInGoods]
        var sessions: [String: Session] = [:]
        var orders: [Int: Order] = [:]
        var nextOrder = 101
        var faults: [(request: String, fault: Fault)] = []
        var log: [String] = []
        var count = 0
        /// Those before it are no longer taken.
        var oldestNonce = 0
        /// Held up on the way: the shop gets it later.
        var late: [HTTPRequest] = []
    }

    let state: Mutex<State>

    package init(_ rules: Rules = Rules(), goods: [StandInGoods] = StandInGoods.assortment) {
        state = Mutex(State(rules: rules, goods: goods))
    }

    /// Orders that were placed, without drafts.
    package var orders: [Order] {
        state.withLock { $0.orders.values.filter { $0.status != "checkout-draft" }.sorted { $0.id < $1.id } }
    }

    /// `GET /cart` for each request that came, without queries.
    package var log: [String] { state.withLock { $0.log } }

    package func stock(of id: Int) -> Int? { state.withLock { $0.goods.first { $0.id == id }?.stock } }

    package func change(_ change: (inout Rules, inout [StandInGoods]) -> Void) {
        state.withLock { change(&$0.rules, &$0.goods) }
    }

    package func setStatus(_ status: String, of order: Int) { state.withLock { $0.orders[order]?.status = status } }

    /// A part of it is paid back; with all of it the shop calls it refunded.
    package func refund(_ amount: Int, of order: Int) {
        state.withLock { state in
            state.orders[order]?.refund += amount
            if let paid = state.orders[order], paid.refund >= paid.total { state.orders[order]?.status = "refunded" }
        }
    }

    /// An order as somebody at the shop changes it.
    package func change(_ order: Int, _ change: (inout Order) -> Void) {
        state.withLock { state in
            guard var changed = state.orders[order] else { return }
            change(&changed)
            state.orders[order] = changed
        }
    }

    /// The order is for so many.
    package func setQuantity(_ quantity: Int, of order: Int) {
        state.withLock { $0.orders[order]?.lines[0].quantity = quantity }
    }

    /// The next request of this kind, such as `POST /checkout`, is struck.
    package func arm(_ fault: Fault, at request: String) { state.withLock { $0.faults.append((request, fault)) } }

    /// The time of all drafts is over: what they held is free again.
    package func endDrafts() {
        state.withLock { state in
            state.orders = state.orders.filter { $0.value.status != "checkout-draft" }
        }
    }

    /// Whether a browser that opens an address of the shop's has this many of something in its basket.
    package func isFilled(by address: String, with id: Int, _ quantity: Int) -> Bool {
        state.withLock { $0.isFilled(by: address, with: id, quantity) }
    }

    /// None of the nonces that were given so far is taken any more, as after half a day.
    package func expireNonces() { state.withLock { $0.oldestNonce = $0.count + 1 } }

    /// What was lost on the way comes after all.
    package func deliverLate() {
        let late = state.withLock { state in
            defer { state.late = [] }
            return state.late
        }
        for request in late { _ = state.withLock { $0.answer(request) } }
    }

    /// Whether it is asked of what is in the shop's folder.
    package func isHome(of request: HTTPRequest) -> Bool {
        let path = request.url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }.prefix { $0 != "?" }
        return (path + "/").hasPrefix(state.withLock { $0.rules.folder } + "/")
    }

    /// nil where nothing comes back.
    package func answer(_ request: HTTPRequest) -> HTTPResponse? {
        state.withLock { state in
            let name = request.method.rawValue + " " + state.path(request.url)
            state.log.append(name)
            guard let index = state.faults.firstIndex(where: { $0.request == name }) else {
                return state.answer(request)
            }
            switch state.faults.remove(at: index).fault {
            case .loseReply:
                _ = state.answer(request)
                return nil
            case .die:
                let before = state.sessions
                _ = state.answer(request)
                for (name, session) in before { state.sessions[name] = session }
                return nil
            case .replaceReply(let status, let body):
                _ = state.answer(request)
                return HTTPResponse(
                    status: status, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
            case .raiseShipping(let price):
                let reply = state.answer(request)
                state.rules.shipping = price
                return reply
            case .breakOff(let status, let body):
                let before = state.sessions
                _ = state.answer(request)
                for (name, session) in before { state.sessions[name] = session }
                return HTTPResponse(
                    status: status, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
            case .refuseAfterDraft(let status, let body):
                state.draftOrder(for: request)
                return HTTPResponse(
                    status: status, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
            case .loseRequest:
                state.late.append(request)
                return nil
            case .status(let status, let body):
                return HTTPResponse(status: status, headers: ["Content-Type": "text/html"], body: Data(body.utf8))
            }
        }
    }

    /// The shop in this process.
    package var client: HTTPClient {
        HTTPClient { [self] request, completion in
            completion(answer(request).map { .success($0) } ?? .failure(.timedOut(sent: true)))
            return HTTPCancellation {}
        }
    }
}
