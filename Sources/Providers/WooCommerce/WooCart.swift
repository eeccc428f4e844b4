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
        /// The values of a variation.
        let values: [SafeText]
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
            let variation: [Value] = (try? wire.list("variation")) ?? []
            values = variation.map(\.value)
            let prices: WooPrices = try wire.get("prices")
            let totals = try wire.nestedContainer(keyedBy: WireKey.self, forKey: "totals")
            let currency = try WooCurrency(from: totals)
            subtotal = try totals.amount("line_subtotal", currency)
            subtotalTax = try totals.findAmount("line_subtotal_tax", currency) ?? subtotal.zero
            price = prices.price ?? subtotal
            let limits = try? wire.nestedContainer(keyedBy: WireKey.self, forKey: "quantity_limits")
            quantities = QuantityRule(limits, mostPerOrder: WooProduct.limit(limits))
        }

        private struct Value: Decodable {
            let value: SafeText
            init(from decoder: any Decoder) throws { value = HTMLText.safe(try decoder.wire().get("value"), limit: 40) }
        }

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
                throw DecodingError.dataCorruptedError(
                    forKey: "total_price", in: wire, debugDescription: "below nothing")
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
        let billing = try? wire.nestedContainer(keyedBy: WireKey.self, forKey: "billing_address")
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
        let price: Money
        let isSelected: Bool

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            id = try wire.get("rate_id")
            method = try wire.find("method_id") ?? ""
            name = HTMLText.safe(try wire.find("name") ?? "", limit: 60)
            price = try wire.amount("price", WooCurrency(from: wire))
            isSelected = try wire.find("selected") ?? false
        }

        /// To be fetched by the buyer.
        var isPickup: Bool { method == "local_pickup" || method == "pickup_location" }
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
    }

    let name: Name
    let rates: [Rate]

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        name = try wire.get("package_id")
        rates = try wire.list("shipping_rates")
    }

    var selected: Rate? { rates.first(where: \.isSelected) }

    /// The rate to choose in the place of the shop's own choice: something is sent rather than fetched, as cheaply as it
    /// goes. nil where the shop's choice is good, or there is none.
    var better: Rate? {
        if let selected, !selected.isPickup { return nil }
        let sent = rates.filter { !$0.isPickup }
        let cheapest = (sent.isEmpty ? rates : sent).min { $0.price.amount < $1.price.amount }
        return cheapest?.id == selected?.id ? nil : cheapest
    }
}
