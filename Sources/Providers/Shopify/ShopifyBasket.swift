import Domain
import LiveAPI
import Text

/// A basket that was made for a quote, as it is kept until it is handed over or forgotten.
struct ShopifyNote: Codable, Hashable, Sendable {
    /// By which the shop knows it: a secret. nil where the shop has no API, and its page makes the basket.
    var basket: String?
    var sku: SKU
    var quantity: Int
    var country: String?
    var expiresAt: Timestamp

    static let prefix = "basket/"
    static func name(_ quote: QuoteID) -> String { prefix + quote.rawValue }

    /// The same as a name that opens nothing.
    var digest: String { ShopNote.digest((basket ?? sku.rawValue) + "\(expiresAt.milliseconds)") }
}

/// A basket as the shop has it. Read strictly: a line or an amount that cannot be read must not vanish from a total.
struct ShopifyBasket: Decodable, Sendable {
    struct Line: Decodable, Sendable {
        let id: String
        let quantity: Int
        let unitPrice: Money
        let subtotal: Money
        let variant: String
        let product: String
        let title: SafeText

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            id = try wire.get("id")
            quantity = try wire.count("quantity")
            let cost = try wire.object("cost")
            let (unit, subtotal): (ShopifyAmount, ShopifyAmount) = (
                try cost.get("amountPerQuantity"), try cost.get("subtotalAmount")
            )
            unitPrice = unit.money
            self.subtotal = subtotal.money
            let goods = try wire.object("merchandise")
            variant = try goods.number("id", .variant)
            let values: [ShopifyValue] = try goods.list("selectedOptions")
            let parent = try goods.object("product")
            product = try parent.number("id", .product)
            let name = try parent.text("title", limit: 150)
            let options = values.map(\.text)
            title = options == ["Default Title"] ? name : name.with(options: options)
        }
    }

    let id: String
    let page: String
    let total: Money
    let lines: [Line]
    let groups: [ShopifyDeliveryGroup]

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        id = try wire.get("cartToken")
        page = try wire.get("checkoutUrl")
        let cost = try wire.object("cost")
        let amount: ShopifyAmount = try cost.get("totalAmount")
        total = amount.money
        let connection = try wire.object("lines")
        lines = try connection.get("nodes")
        // No part of the total: what cannot be read of them is left out.
        let deliveries = try? wire.object("deliveryGroups")
        groups = (try? deliveries?.list("nodes")) ?? []
        guard (1...512).contains(id.utf8.count), id.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw wire.corrupted("cartToken", "no name of a basket")
        }
    }

    /// What it costs so far, as a quote.
    /// - Throws: `.refused` where it does not hold what was asked for.
    func quote(for note: ShopifyNote) throws(ShopFailure) -> Quote {
        guard let line = lines.first else {
            throw .refused(Refusal(code: "MERCHANDISE_OUT_OF_STOCK", message: "The shop has none of it.", stock: 0))
        }
        guard lines.count == 1, line.variant == note.sku.rawValue else {
            throw .refused(
                Refusal(code: "basket_differs", message: "The shop's basket holds something else than this."))
        }
        // A shop puts as many into the basket as it has, and calls that a success.
        guard line.quantity == note.quantity else {
            throw .refused(
                Refusal(
                    code: "MERCHANDISE_NOT_ENOUGH_STOCK", message: "The shop has fewer of it.",
                    stock: line.quantity < note.quantity ? line.quantity : nil))
        }
        return try line.quote(total: total, note, groups)
    }
}

extension ShopifyBasket.Line {
    fileprivate func quote(
        total: Money, _ note: ShopifyNote, _ groups: [ShopifyDeliveryGroup]
    ) throws(ShopFailure) -> Quote {
        guard let amounts = ShopifyMoney.alike([unitPrice, subtotal, total]) else {
            throw .notUnderstood("the shop's basket is in two currencies")
        }
        let (unit, goods, total) = (amounts[0], amounts[1], amounts[2])
        guard let difference = goods.negated.flatMap(total.adding) else {
            throw .notUnderstood("the shop's amounts cannot be added up")
        }
        let saved = difference.isNegative ? [Charge(label: "Discount", amount: difference)] : []
        return Quote(
            id: QuoteID(note.digest),
            lines: [
                QuoteLine(
                    sku: note.sku, title: title, quantity: quantity, unitPrice: unit, product: ProductID(product))
            ],
            subtotal: goods, discounts: saved, shipping: Charge(label: "Shipping", amount: total.zero),
            tax: Charge(label: "Taxes so far", amount: difference.isNegative ? total.zero : difference),
            taxIncluded: false, duties: Charge(label: "Duties", amount: total.zero), total: total,
            expiresAt: note.expiresAt, isGoodsOnly: true, shipments: groups.shipments(like: total))
    }
}

/// What a question about a basket is answered with: none where it was bought, or has expired; the shop does not say which.
struct ShopifyBasketReply: Decodable, Sendable {
    let basket: ShopifyBasket?

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        guard wire.contains("cart") else {
            throw wire.corrupted("cart", "no answer about it")
        }
        basket = try wire.find("cart")
    }
}

/// `cartCreate`, `cartLinesRemove` and `cartSelectedDeliveryOptionsUpdate`.
struct ShopifyBasketChange: Decodable, Sendable {
    let basket: ShopifyBasket?
    let errors: [ShopifyError]
    let warnings: [ShopifyError]

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        let names: [WireKey] = ["cartCreate", "cartLinesRemove", "cartSelectedDeliveryOptionsUpdate"]
        let name = names.first { wire.contains($0) } ?? names[0]
        let change = try wire.object(name)
        basket = try change.find("cart")
        errors = try change.find("userErrors") ?? []
        warnings = try change.find("warnings") ?? []
    }

    /// The shop does not take what it was told of the address.
    var refusesAddress: Bool { errors.contains { $0.code.contains("ADDRESS") || $0.code.contains("DELIVERY") } }

    /// The basket that was made or changed.
    func made() throws(ShopFailure) -> ShopifyBasket {
        if let error = errors.first { throw error.failure }
        if let basket { return basket }
        if let warning = warnings.first { throw warning.failure }
        throw .notUnderstood("the shop made no basket, and gave no reason")
    }
}
