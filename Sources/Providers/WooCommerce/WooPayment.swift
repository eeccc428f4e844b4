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
        return PaymentMethod(
            id: PaymentMethodID(name), kind: .handover, label: WooGateway.label(name) + ", on the shop's page")
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
    /// - Parameter line: it in the shop's basket.
    func checkoutPage(
        _ item: WooItem, _ line: WooCart.Item?, quantity: Int, _ next: @escaping ShopStep.Next<String>
    ) throws(ShopFailure) -> ShopStep {
        try nameAttributes(item, line) { (names) throws(ShopFailure) in
            let filling = item.link(quantity: quantity, names: names)
            return try findCheckout { (page) throws(ShopFailure) in
                guard let page else { return try next(origin + "/?" + filling) }
                return try next(page + (page.contains("?") ? "&" : "?") + filling)
            }
        }
    }

    /// Names in links of the attributes that are chosen, by their labels. The basket has them; older shops are asked for the
    /// product.
    private func nameAttributes(
        _ item: WooItem, _ line: WooCart.Item?, _ next: @escaping ShopStep.Next<[String: String]>
    ) throws(ShopFailure) -> ShopStep {
        let told = (line?.attributes ?? []).compactMap { attribute in attribute.rawName.map { (attribute.name, $0) } }
        let names = Dictionary(told) { first, _ in first }
        guard item.attributes.contains(where: { names[$0.attribute] == nil }) else { return try next(names) }
        @Sendable func product(_ id: Int, _ next: @escaping ShopStep.Next<WooProduct?>) -> ShopStep {
            .send(get("/products/\(id)"), isDecisive: false) { (response) throws(ShopFailure) in
                try next(try? WooReply(response).value(WooProduct.self))
            }
        }
        return product(item.id) { (variation) throws(ShopFailure) in
            guard let parent = variation?.parent, parent > 0 else { return try next(names) }
            return product(parent) { (parent) throws(ShopFailure) in
                let listed = (parent?.attributes ?? []).map {
                    ($0.name, WooItem.linkName($0.name, taxonomy: $0.taxonomy))
                }
                return try next(names.merging(listed) { told, _ in told })
            }
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
