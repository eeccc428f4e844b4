import FoundationEssentials
import HTTPTransport
import Synchronization

/// A way in which a stand-in shop delivers.
package struct ShopifyDelivery: Sendable {
    package var handle: String
    package var title: String
    /// In thousandths.
    package var price: Int
    /// `SHIPPING`, `PICK_UP` and so on.
    package var kind: String

    package init(_ handle: String, _ title: String, price: Int, kind: String = "SHIPPING") {
        self.handle = handle
        self.title = title
        self.price = price
        self.kind = kind
    }
}

/// A shop that behaves as Shopify's Storefront API does without a token: products with their forms, markets with currencies,
/// baskets with a secret in their name, limits, points, and a checkout that takes the basket away. It was built from the
/// vendor's documentation.
package final class StandInShopify: Sendable {
    /// How the shop is set up.
    package struct Rules: Sendable {
        package enum Standing: Sendable {
            case open
            /// 402, 423 and 430.
            case frozen, locked, rejecting
            /// Everything is a page that asks for a password.
            case password
            /// There is the list of products, and no API.
            case withoutAPI
            /// The API asks for a key of its own; the list is there.
            case withoutAccess
        }

        /// How decimals are written.
        package enum Scale: Sendable {
            /// `145.0`, `7.99`
            case usual
            /// `145`
            case shortest
            /// `145.000`
            case longest
        }

        package var standing = Standing.open
        package var currency = "CHF"
        package var scale = Scale.usual
        /// Countries whose buyers pay in another currency, and what hundred of the shop's are there.
        package var markets: [String: (currency: String, percent: Int)] = ["US": ("USD", 110), "JP": ("JPY", 17_000)]
        /// The language of what is said of an error.
        package var isGerman = false
        /// Points that there are at most, and come back each second; nil for no end of them.
        package var points: (most: Int, perSecond: Int)?
        /// Off each thing in a basket, in percent.
        package var discount = 0
        package var address = "http://127.0.0.1"
        /// Answers carry an `ETag`, as some servers put it on everything.
        package var hasTags = false
        package var cartNamesCurrency = true
        /// How it delivers to the country of a basket, with prices as goods have them.
        package var deliveries: [ShopifyDelivery] = []
        /// It refuses an address of which it knows the country alone.
        package var needsWholeAddress = false
        /// What the shop is called is told without a key.
        package var tellsName = true

        package init() {}
    }

    package enum Fault: Sendable {
        /// The shop acts, and its reply is lost.
        case loseReply
        /// The shop says this, and does nothing.
        case status(Int, String)
    }

    struct Cart: Sendable {
        var token: String
        var key: String
        var country: String?
        var lines: [(id: String, form: Int, quantity: Int)] = []
        /// It has been said where it goes.
        var isAddressed = false
        /// The handle of the delivery that is selected.
        var delivery: String?
        var id: String { "gid://shopify/Cart/\(token)?key=\(key)" }
    }

    struct State: Sendable {
        var rules: Rules
        var goods: [ShopifyGoods]
        var carts: [String: Cart] = [:]
        var faults: [(request: String, fault: Fault)] = []
        var log: [String] = []
        var bodies: [String] = []
        var count = 0
        var points = 0
        var mostComplex = 0
    }

    let state: Mutex<State>

    package init(_ rules: Rules = Rules(), goods: [ShopifyGoods] = ShopifyGoods.assortment) {
        var state = State(rules: rules, goods: goods)
        state.points = rules.points?.most ?? 0
        self.state = Mutex(state)
    }

    /// The root fields of each question, and `GET /products.json` for the others.
    package var log: [String] { state.withLock { $0.log } }
    /// What came as questions.
    package var bodies: [String] { state.withLock { $0.bodies } }
    /// The most that one question was counted for.
    package var mostComplex: Int { state.withLock { $0.mostComplex } }
    /// The secret names of the baskets that there are.
    package var cartNames: [String] { state.withLock { $0.carts.keys.sorted() } }
    /// How much is in them.
    package var inCarts: Int {
        state.withLock { $0.carts.values.reduce(0) { $0 + $1.lines.reduce(0) { $0 + $1.quantity } } }
    }

    package func change(_ change: (inout Rules, inout [ShopifyGoods]) -> Void) {
        state.withLock { change(&$0.rules, &$0.goods) }
    }

    /// Somebody pays on the shop's page: the goods are gone, and so is the basket.
    package func checkOutAll() {
        state.withLock { state in
            for cart in state.carts.values {
                for line in cart.lines { state.take(line.quantity, of: line.form) }
            }
            state.carts = [:]
        }
    }

    /// What nobody has touched for long goes.
    package func expireAll() { state.withLock { $0.carts = [:] } }

    /// Points come back.
    package func pass(seconds: Int) {
        state.withLock { state in
            guard let points = state.rules.points else { return }
            state.points = min(points.most, state.points + seconds * points.perSecond)
        }
    }

    /// The next request of this kind, such as `cartCreate` or `GET /cart.js`, is struck.
    package func arm(_ fault: Fault, at request: String) { state.withLock { $0.faults.append((request, fault)) } }

    /// nil where nothing comes back.
    package func answer(_ request: HTTPRequest) -> HTTPResponse? { state.withLock { $0.answer(request) } }

    /// The shop in this process.
    package var client: HTTPClient {
        HTTPClient { [self] request, completion in
            completion(answer(request).map { .success($0) } ?? .failure(.timedOut(sent: true)))
            return HTTPCancellation {}
        }
    }
}

extension StandInShopify.State {
    mutating func take(_ quantity: Int, of form: Int) {
        for index in goods.indices {
            guard let place = goods[index].forms.firstIndex(where: { $0.id == form }) else { continue }
            goods[index].forms[place].stock = goods[index].forms[place].stock.map { max(0, $0 - quantity) }
        }
    }

    func form(_ id: Int) -> (goods: ShopifyGoods, form: ShopifyGoods.Form)? {
        for goods in goods { if let form = goods.forms.first(where: { $0.id == id }) { return (goods, form) } }
        return nil
    }

    func currency(in country: String?) -> String { country.flatMap { rules.markets[$0]?.currency } ?? rules.currency }

    /// What an amount of the shop's own is to a buyer there, in thousandths.
    func amount(_ thousandths: Int, in country: String?) -> Int {
        guard let market = country.flatMap({ rules.markets[$0] }) else { return thousandths }
        let amount = thousandths * market.percent / 100
        // Nothing is smaller than a yen.
        return market.currency == "JPY" ? amount / 1000 * 1000 : amount
    }

    /// As the API writes it.
    func decimal(_ thousandths: Int) -> String {
        let whole = thousandths / 1000
        var digits = String(1000 + thousandths % 1000).dropFirst()
        guard rules.scale != .longest else { return "\(whole).\(digits)" }
        while digits.last == "0" { digits.removeLast() }
        if digits.isEmpty { return rules.scale == .shortest ? "\(whole)" : "\(whole).0" }
        return "\(whole).\(digits)"
    }
}
