import Domain
import LiveAPI
import Text

/// A basket as the shop has it: what is in it, what it costs, and where it goes. Read strictly: a line or an amount that
/// cannot be read must not vanish from a total.
struct WooCart: Decodable, Sendable {
    struct Item: Decodable, Sendable {
        let key: String
        let id: Int
        let quantity: Int
        let name: SafeText
        /// Attributes of a variation, with the value of each.
        let attributes: [Attribute]
        let price: Money
        let subtotal: Money
        let subtotalTax: Money
        let quantities: QuantityRule

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            key = try wire.get("key")
            id = try wire.count("id")
            quantity = try wire.count("quantity")
            name = HTMLText.safe(try wire.get("name"), limit: 150)
            attributes = (try? wire.list("variation")) ?? []
            let prices: WooPrices = try wire.get("prices")
            let totals = try wire.object("totals")
            let currency = try WooCurrency(from: totals)
            subtotal = try totals.amount("line_subtotal", currency)
            subtotalTax = try totals.findAmount("line_subtotal_tax", currency) ?? subtotal.zero
            price = prices.price ?? subtotal
            let limits = try? wire.object("quantity_limits")
            quantities = QuantityRule(limits, mostPerOrder: WooProduct.limit(limits))
        }

        struct Attribute: Decodable, Sendable {
            /// As the shop calls it: its label.
            let name: String
            /// As its links call it, such as `attribute_pa_size`; nil where the shop does not say.
            let rawName: String?
            let value: SafeText

            init(from decoder: any Decoder) throws {
                let wire = try decoder.wire()
                name = HTMLText.plain((try? wire.find("attribute")) ?? "")
                rawName = try? wire.find("raw_attribute")
                value = HTMLText.safe(try wire.get("value"), limit: 40)
            }
        }

        var values: [SafeText] { attributes.map(\.value) }
        var title: SafeText { name.with(options: values) }
    }

    /// Something with a name that costs or saves: a fee, a coupon.
    struct Extra: Decodable, Sendable {
        let name: SafeText

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            name = HTMLText.safe(try wire.find("name") ?? wire.find("code") ?? "", limit: 60)
        }
    }

    struct Totals: Decodable, Sendable {
        let items, itemsTax, fees, feesTax, discount, discountTax, shippingTax, tax, price: Money
        /// nil while the shop has not worked it out.
        let shipping: Money?

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            let currency = try WooCurrency(from: wire)
            func amount(_ key: WireKey) throws -> Money? { try wire.findAmount(key, currency) }
            price = try wire.amount("total_price", currency)
            guard !price.isNegative else {
                throw wire.corrupted("total_price", "below nothing")
            }
            items = try wire.amount("total_items", currency)
            itemsTax = try amount("total_items_tax") ?? price.zero
            fees = try amount("total_fees") ?? price.zero
            feesTax = try amount("total_fees_tax") ?? price.zero
            discount = try amount("total_discount") ?? price.zero
            discountTax = try amount("total_discount_tax") ?? price.zero
            shipping = try amount("total_shipping")
            shippingTax = try amount("total_shipping_tax") ?? price.zero
            tax = try amount("total_tax") ?? price.zero
        }
    }

    let items: [Item]
    let totals: Totals
    let needsShipping: Bool
    let packages: [WooPackage]
    let coupons: [Extra]
    let fees: [Extra]
    let paymentMethods: [String]
    /// Why it cannot be bought as it is.
    let problems: [WooProblem]
    /// Whose it is; empty for one that nobody has said anything of.
    let email: String

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        items = try wire.get("items")
        totals = try wire.get("totals")
        needsShipping = try wire.find("needs_shipping") ?? false
        packages = try wire.find("shipping_rates") ?? []
        coupons = try wire.list("coupons")
        fees = try wire.list("fees")
        paymentMethods = try wire.list("payment_methods")
        problems = try wire.list("errors")
        let billing = try? wire.object("billing_address")
        email = (try? billing?.find("email")) ?? ""
    }

    /// Whether it holds this and nothing else.
    func holds(_ item: WooItem, quantity: Int) -> Bool {
        items.count == 1 && items[0].id == item.id && items[0].quantity == quantity
    }
}

struct WooProblem: Decodable, Sendable {
    let code: String
    let message: SafeText

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        code = try wire.find("code") ?? ""
        message = HTMLText.safe(try wire.find("message") ?? "", limit: 200)
    }
}

/// A parcel of a basket, with the ways that it can be sent.
struct WooPackage: Decodable, Sendable {
    struct Rate: Decodable, Sendable {
        let id: String
        let method: String
        let name: SafeText
        /// Without tax.
        let price: Money
        let taxes: Money
        /// Time that it takes, in the shop's words; empty where it does not say.
        let time: SafeText
        let isSelected: Bool

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            id = try wire.get("rate_id")
            method = try wire.find("method_id") ?? ""
            name = HTMLText.safe(try wire.find("name") ?? "", limit: 60)
            let currency = try WooCurrency(from: wire)
            price = try wire.amount("price", currency)
            taxes = try wire.findAmount("taxes", currency) ?? price.zero
            time = HTMLText.safe((try? wire.find("delivery_time")) ?? "", limit: 60)
            isSelected = try wire.find("selected") ?? false
        }

        /// To be fetched by the buyer.
        var isPickup: Bool { method.contains("pickup") || method.contains("pick_up") || method.contains("collect") }
    }

    /// A number, or a word that an extension has given it.
    enum Name: Codable, Hashable, Sendable {
        case number(Int)
        case word(String)

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let number = try? value.decode(Int.self) {
                self = .number(number)
            } else {
                self = .word(try value.decode(String.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var value = encoder.singleValueContainer()
            switch self {
            case .number(let number): try value.encode(number)
            case .word(let word): try value.encode(word)
            }
        }

        var text: String {
            switch self {
            case .number(let number): String(number)
            case .word(let word): word
            }
        }
    }

    let name: Name
    /// As the shop calls the parcel.
    let label: SafeText
    let rates: [Rate]

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        name = try wire.get("package_id")
        label = HTMLText.safe((try? wire.find("name")) ?? "", limit: 60)
        rates = try wire.list("shipping_rates")
    }

    var selected: Rate? { rates.first(where: \.isSelected) }
}
