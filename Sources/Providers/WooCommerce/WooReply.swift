import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Text

/// A reply of the Store API, looked at for what it is before anything is read from it.
struct WooReply {
    let response: HTTPResponse
    let body: ReplyBody

    init(_ response: HTTPResponse) {
        self.response = response
        body = ReplyBody(response)
    }

    var isSuccess: Bool { (200..<300).contains(response.status) }

    /// Reads a success strictly: a name that stands twice in it could be read in two ways.
    func read<Value: Decodable>(_: Value.Type) throws(ShopFailure) -> Value {
        if let obstacle = body.obstacle { throw .notUnderstood(obstacle.words) }
        guard !body.json.isEmpty else { throw .notUnderstood("the shop sent an empty reply") }
        do { return try WireJSON.decodeUnambiguous(Value.self, from: body.json) } catch {
            throw .notUnderstood("the shop's reply is not what WooCommerce promises")
        }
    }

    /// Reads a success; anything else is the failure that it means.
    func value<Value: Decodable>(_ type: Value.Type) throws(ShopFailure) -> Value {
        guard isSuccess else { throw failure }
        return try read(type)
    }

    /// The shop's own no; nil when the reply comes from something else, such as a proxy.
    var error: WooError? {
        guard body.obstacle == nil else { return nil }
        return try? WireJSON.decodeUnambiguous(WooError.self, from: body.json)
    }

    /// What a reply other than a success means for a question, and for an act that certainly has not happened.
    var failure: ShopFailure {
        let status = response.status
        if let busy { return busy }
        guard let error else { return .notUnderstood(unexplained) }
        guard (400..<500).contains(status) else { return .notUnderstood(unexplained) }
        if status == 404, error.code != WooError.noRoute { return .notFound }
        if error.code == WooError.noRoute {
            return .notUnderstood("there is no WooCommerce shop at this address, or it has closed its Store API")
        }
        if isClosed { return .notUnderstood(closedWords) }
        return .refused(error.refusal)
    }

    /// WordPress's own no, before any shop is asked: its owner has closed the interface of programs, or all but a part of
    /// it.
    var isClosed: Bool {
        guard response.status == 401 || response.status == 403, let error else { return false }
        return !error.code.hasPrefix("woocommerce") || error.code == "woocommerce_rest_authentication_error"
    }

    var closedWords: SafeText {
        let reason: SafeText = error.map { " (“" + $0.message + "”)" } ?? ""
        return "the shop has closed its Store API, by which programs ask" + reason + ": only its owner can open it"
    }

    /// The shop did not know the word by which it protects a basket, and has done nothing.
    var hasStaleNonce: Bool {
        (response.status == 401 || response.status == 403)
            && error.map { WooError.staleNonce.contains($0.code) } == true
    }

    /// The shop is not up to it just now. A firewall that says its name, and a network that wants its
    /// users to sign in, are not the shop.
    var busy: ShopFailure? {
        guard response.status == 429 || (500..<600).contains(response.status) else { return nil }
        if case .firewall(_?)? = body.obstacle { return nil }
        if body.obstacle == .signInPage { return nil }
        return .busy(status: response.status, retryAfterSeconds: retryAfterSeconds)
    }

    /// WooCommerce has a header of its own for it, in seconds.
    private var retryAfterSeconds: Int? {
        if let own = response.headers["RateLimit-Retry-After"].flatMap({ Int($0) }), own >= 0 {
            return min(own, 86_400)
        }
        return response.retryAfter(now: .max).map { Int(clamping: $0.wholeSeconds) }
    }

    private var unexplained: SafeText {
        if let obstacle = body.obstacle, response.status != 404 || obstacle != .webPage { return obstacle.words }
        switch response.status {
        case 300..<400: return "the shop points to another place; give the address it really has"
        case 404: return "there is no WooCommerce shop at this address (status 404)"
        default: return SafeText("the shop answered with status \(response.status) and no reason")
        }
    }
}

/// `{code, message, data: {status, cart, params}}`.
struct WooError: Decodable {
    static let noRoute = "rest_no_route"
    static let staleNonce: Set = ["woocommerce_rest_missing_nonce", "woocommerce_rest_invalid_nonce"]
    static let cartEmpty = "woocommerce_rest_cart_empty"
    /// Whatever is thrown while the order is paid or marked as paid: it may have been thrown after that.
    static let paymentBrokeOff = "woocommerce_rest_checkout_process_payment_error"
    static let outOfStock: Set = [
        "woocommerce_rest_product_out_of_stock", "woocommerce_rest_cart_product_no_stock",
        "woocommerce_product_out_of_stock", "woocommerce-blocks-product-out-of-stock",
    ]
    static let partlyOutOfStock: Set = [
        "woocommerce_rest_product_partially_out_of_stock", "woocommerce_rest_product_too_many_in_cart",
        "woocommerce_product_partially_out_of_stock", "woocommerce_product_not_enough_stock",
    ]
    static let aboutStock = outOfStock.union(partlyOutOfStock)
    private static let addressParameters: Set = ["billing_address", "shipping_address"]

    let code: String
    let message: SafeText
    /// The basket as it is now, where the shop sends it along (409).
    let cart: WooCart?
    private let isAboutAddress: Bool

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        code = try wire.get("code")
        guard (1...128).contains(code.utf8.count) else {
            throw wire.corrupted("code", "not a code")
        }
        let words: String? = try? wire.find("message")
        var said = HTMLText.safe(words ?? "", limit: 200)
        if said.isEmpty { said = SafeText(code) }
        let data = try? wire.object("data")
        cart = try? data?.find("cart")
        let parameters = try? data?.object("params")
        let named = parameters?.names ?? []
        let isAboutAddress =
            code.contains("address") || code.contains("email") || code.contains("postcode")
            || code.contains("country") || code.contains("phone")
            || named.contains(where: Self.addressParameters.contains)
        self.isAboutAddress = isAboutAddress
        // What is wrong with a parameter says more than that one is.
        let detail: String? = named.first { Self.addressParameters.contains($0) }.flatMap { name in
            WireKey(stringValue: name).flatMap { key in try? parameters?.find(key) }
        }
        let reason = detail.map { HTMLText.safe($0, limit: 200) } ?? said
        guard isAboutAddress else {
            message = reason
            return
        }
        // The shop's own code for the field stands beside the parameter's, where it tells it.
        let details = try? data?.object("details")
        let codes = details?.names.compactMap { key -> String? in
            let detail = try? details?.object(WireKey(stringLiteral: key))
            return try? detail?.find("code")
        }
        message = Self.aboutAddress(reason, [code] + (codes ?? []))
    }

    /// A sentence that names the fields which the shop does not take, as far as its code or its words tell them.
    private static func aboutAddress(_ reason: SafeText, _ codes: [String]) -> SafeText {
        let words = (codes + [reason.string]).joined(separator: " ").lowercased()
        let fields = ContactDetails.Field.allCases.filter { field in
            field.wordsOfShops.contains { words.contains($0) }
        }
        let end: SafeText = reason.string.last.map { ".!?".contains($0) } == true ? "" : "."
        return SafeText("The shop does not take \(ContactDetails.names(of: fields)): ") + reason + end
    }

    /// Said before anything is done.
    var isAboutNonce: Bool { code.hasPrefix("woocommerce_rest_") && code.hasSuffix("_nonce") }

    var refusal: Refusal {
        Refusal(
            code: isAboutAddress ? Refusal.addressNeeded : code, message: message,
            stock: Self.outOfStock.contains(code) ? 0 : nil)
    }
}

extension ContactDetails.Field {
    /// By which the codes and the English texts of shops name it.
    fileprivate var wordsOfShops: [String] {
        switch self {
        case .firstName: ["first_name", "first name"]
        case .lastName: ["last_name", "last name"]
        case .company: ["company"]
        case .line1: ["address_1", "address line 1", "street address"]
        case .line2: ["address_2", "address line 2", "apartment"]
        case .city: ["city", "town"]
        case .state: ["invalid_state", "state", "province", "county", "region"]
        case .postcode: ["postcode", "zip", "postal code"]
        case .country: ["country"]
        case .email: ["email", "e-mail"]
        case .phone: ["phone"]
        }
    }
}
