import Domain
import HTTPTransport
import LiveAPI
import Text

/// A way to pay that the shop offers, and whether the checkout alone completes it.
enum WooPayment {
    /// Paid at the door, by transfer or by post: the order is whole when it is placed.
    private static let later: [String: SafeText] = [
        "cod": "Cash on delivery", "bacs": "Bank transfer", "cheque": "Cheque",
    ]

    static func method(_ name: String) -> PaymentMethod? {
        guard (1...64).contains(name.utf8.count) else { return nil }
        if let label = later[name] { return PaymentMethod(id: PaymentMethodID(name), kind: .later, label: label) }
        let words = name.map { $0 == "_" || $0 == "-" ? " " : String($0) }.joined()
        return PaymentMethod(
            id: PaymentMethodID(name), kind: .handover, label: SafeText(words) + ", on the shop's page")
    }

    /// The ones that are completed here come first.
    static func methods(_ names: [String]) -> [PaymentMethod] {
        let methods = names.compactMap(method)
        return methods.filter { $0.kind == .later } + methods.filter { $0.kind != .later }
    }

    static func isCompletedHere(_ id: PaymentMethodID) -> Bool { later[id.rawValue] != nil }
}

extension WooCommerceProvider {
    /// What an empty basket can be paid with; a quote says what its own can.
    func askPaymentMethods() -> ShopStep {
        .send(get("/cart"), isDecisive: false) { (response) throws(ShopFailure) in
            let cart = try WooReply(response).value(WooCart.self)
            return .answer(.paymentMethods(WooPayment.methods(cart.paymentMethods)))
        }
    }

    /// The shop's own checkout with this in the basket, for a browser. A site that is not set up as most are is asked where
    /// its checkout is; one that does not tell shows its first page, with this in the basket.
    func checkoutPage(
        _ item: WooItem, quantity: Int, _ next: @escaping ShopStep.Next<String>
    ) throws(ShopFailure) -> ShopStep {
        let filling = Self.pairs(["add-to-cart": String(item.id), "quantity": String(quantity)]).joined(separator: "&")
        guard site.api != nil else { return try next(origin + "/checkout/?" + filling) }
        let request = read("wp/v2/pages", ["slug": "checkout", "_fields": "link"])
        return .send(request, isDecisive: false) { (response) throws(ShopFailure) in
            let pages = try? WooReply(response).value(LenientList<WooPage>.self).elements
            guard let page = pages?.first?.link, isOwn(page), !page.contains("#") else {
                return try next(origin + "/?" + filling)
            }
            return try next(page + (page.contains("?") ? "&" : "?") + filling)
        }
    }
}

/// A page of the site's own, as WordPress lists it.
private struct WooPage: Decodable {
    let link: String

    init(from decoder: any Decoder) throws { link = try decoder.wire().get("link") }
}
