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
    package func paymentMethods(_ io: ShopIO) async throws(ShopFailure) -> [PaymentMethod] {
        let cart = try WooReply(try await io.send(get("/cart"))).value(WooCart.self)
        return WooPayment.methods(cart.paymentMethods)
    }

    /// The shop's own checkout with this in the basket, for a browser. A site that is not set up as most are is asked where
    /// its checkout is; one that does not tell shows its first page, with this in the basket.
    /// - Parameter line: it in the shop's basket.
    func checkoutPage(
        _ item: WooItem, _ line: WooCart.Item?, quantity: Int, _ io: ShopIO
    ) async throws(ShopFailure) -> String {
        let filling = item.link(quantity: quantity, names: try await nameAttributes(item, line, io))
        guard let page = try await findCheckout(io) else { return origin + "/?" + filling }
        return page + (page.contains("?") ? "&" : "?") + filling
    }

    /// Names in links of the attributes that are chosen, by their labels. The basket has them; older shops are asked for the
    /// product.
    private func nameAttributes(
        _ item: WooItem, _ line: WooCart.Item?, _ io: ShopIO
    ) async throws(ShopFailure) -> [String: String] {
        let told = (line?.attributes ?? []).compactMap { attribute in attribute.rawName.map { (attribute.name, $0) } }
        let names = Dictionary(told) { first, _ in first }
        guard item.attributes.contains(where: { names[$0.attribute] == nil }) else { return names }
        guard let parent = try await findProduct(item.id, io)?.parent, parent > 0 else { return names }
        let listed = (try await findProduct(parent, io)?.attributes ?? []).map {
            ($0.name, WooItem.linkName($0.name, taxonomy: $0.taxonomy))
        }
        return names.merging(listed) { told, _ in told }
    }

    /// nil where the shop's reply is no product.
    private func findProduct(_ id: Int, _ io: ShopIO) async throws(ShopFailure) -> WooProduct? {
        let response = try await io.send(get("/products/\(id)"))
        return try? WooReply(response).value(WooProduct.self)
    }

    /// The shop's page of an order: where it is paid, or where it says how the money is to be sent. Both know whose it is by
    /// the order's key.
    func page(of purchase: WooPurchase, _ io: ShopIO) async throws(ShopFailure) -> String? {
        let isUnpaid = purchase.order.status == .unpaid
        guard isUnpaid || purchase.order.awaitsTransfer, let number = purchase.number, let key = purchase.orderKey,
            let page = try await findCheckout(io)
        else { return nil }
        let name = isUnpaid ? "order-pay" : "order-received"
        let words = Self.pairs(["pay_for_order": isUnpaid ? "true" : nil, "key": key]).joined(separator: "&")
        guard page.contains("?") else {
            return page + (page.hasSuffix("/") ? "" : "/") + "\(name)/\(number)/?" + words
        }
        return page + "&\(name)=\(number)&" + words
    }

    /// nil where the shop does not tell.
    private func findCheckout(_ io: ShopIO) async throws(ShopFailure) -> String? {
        guard site.api != nil else { return origin + "/checkout/" }
        let response = try await io.send(read("wp/v2/pages", ["slug": "checkout", "_fields": "link"]))
        let pages = try? WooReply(response).value(LenientList<WooPage>.self).elements
        guard let page = pages?.first?.link, isOwn(page), !page.contains("#") else { return nil }
        return page
    }
}

/// A page of the site's own, as WordPress lists it.
private struct WooPage: Decodable {
    let link: String

    init(from decoder: any Decoder) throws { link = try decoder.wire().get("link") }
}
