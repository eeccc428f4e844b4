import Domain
import HTTPTransport
import LiveAPI
import Text

/// A way to pay that the shop offers, and whether the checkout alone completes it.
enum WooPayment {
    /// Paid at the door, by transfer or by post: the order is whole when it is placed.
    private static let completed: [String: (kind: PaymentMethod.Kind, label: SafeText)] = [
        "cod": (.later, "Cash on delivery"), "bacs": (.transfer, "Bank transfer"), "cheque": (.transfer, "Cheque"),
    ]

    static func method(_ name: String) -> PaymentMethod? {
        guard name.utf8.count <= 64, IDAlphabet.isID(name) else { return nil }
        if let known = completed[name] {
            return PaymentMethod(id: PaymentMethodID(name), kind: known.kind, label: known.label)
        }
        let words = name.map { $0 == "_" || $0 == "-" ? " " : String($0) }.joined()
        return PaymentMethod(
            id: PaymentMethodID(name), kind: .handover, label: SafeText(words) + ", on the shop's page")
    }

    /// The ones that are completed here come first.
    static func methods(_ names: [String]) -> [PaymentMethod] {
        let methods = names.compactMap(method)
        return methods.filter { $0.kind != .handover } + methods.filter { $0.kind == .handover }
    }

    static func isCompletedHere(_ id: PaymentMethodID) -> Bool { completed[id.rawValue] != nil }
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
        return try findCheckout { (page) throws(ShopFailure) in
            guard let page else { return try next(origin + "/?" + filling) }
            return try next(page + (page.contains("?") ? "&" : "?") + filling)
        }
    }

    /// The shop's page of an order: where it is paid, or where it says how the money is to be sent. Both know whose it is by
    /// the order's key.
    func page(
        of purchase: WooPurchase, _ next: @escaping ShopStep.Next<String?>
    ) throws(ShopFailure) -> ShopStep {
        let isUnpaid = purchase.order.status == .unpaid
        guard isUnpaid || purchase.order.awaitsTransfer, let number = purchase.number, let key = purchase.orderKey
        else {
            return try next(nil)
        }
        let name = isUnpaid ? "order-pay" : "order-received"
        let words = Self.pairs(["pay_for_order": isUnpaid ? "true" : nil, "key": key]).joined(separator: "&")
        return try findCheckout { (page) throws(ShopFailure) in
            guard let page else { return try next(nil) }
            guard page.contains("?") else {
                return try next(page + (page.hasSuffix("/") ? "" : "/") + "\(name)/\(number)/?" + words)
            }
            return try next(page + "&\(name)=\(number)&" + words)
        }
    }

    /// nil where the shop does not tell.
    private func findCheckout(_ next: @escaping ShopStep.Next<String?>) throws(ShopFailure) -> ShopStep {
        guard site.api != nil else { return try next(origin + "/checkout/") }
        let request = read("wp/v2/pages", ["slug": "checkout", "_fields": "link"])
        return .send(request, isDecisive: false) { (response) throws(ShopFailure) in
            let pages = try? WooReply(response).value(LenientList<WooPage>.self).elements
            guard let page = pages?.first?.link, isOwn(page), !page.contains("#") else { return try next(nil) }
            return try next(page)
        }
    }
}

/// A page of the site's own, as WordPress lists it.
private struct WooPage: Decodable {
    let link: String

    init(from decoder: any Decoder) throws { link = try decoder.wire().get("link") }
}
