import Domain
import LiveAPI
import Text

/// A product with the forms that the shop told along with it.
struct ShopifyProduct: Decodable, Sendable {
    /// More forms of one thing than anybody chooses from.
    static let mostForms = 250

    let number: String
    let title: SafeText
    let vendor: SafeText
    let summary: SafeLines
    let options: [SafeText]
    var forms: [ShopifyForm]
    /// By which the next forms are asked for; nil where there are no more, or where that was not asked.
    let nextForms: String?
    /// The most that a form of it costs, also of those that were not told; nil where that was not asked.
    let highest: Money?

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        number = try wire.number("id", .product)
        title = try wire.text("title", limit: 200)
        vendor = try wire.findText("vendor", limit: 80) ?? ""
        summary = (try? wire.findLines("description")) ?? ""
        let names: [Named] = try wire.list("options")
        options = names.map(\.name)
        let page: ShopifyPage<ShopifyForm> = try wire.get("variants")
        forms = page.nodes
        nextForms = page.next
        let range = try? wire.object("priceRange")
        let most: ShopifyAmount? = try? range?.find("maxVariantPrice")
        highest = most?.money
    }

    private struct Named: Decodable {
        let name: SafeText
        init(from decoder: any Decoder) throws { name = try decoder.wire().text("name", limit: 80) }
    }

    /// As the program knows products.
    var product: Product {
        let isPlain = forms.count == 1 && forms[0].isPlain
        let variants = forms.prefix(Self.mostForms).map(\.variant)
        return Product(
            id: ProductID(number), title: title, brand: vendor, summary: summary,
            optionNames: isPlain ? [] : options, variants: variants,
            hasDearerForms: highest.map { most in variants.allSatisfy { most.exceeds($0.price) == true } } ?? false)
    }
}

/// One form of a product, which is what goes into a basket.
struct ShopifyForm: Decodable, Sendable {
    let number: String
    let values: [SafeText]
    let price: Money
    let was: Money?
    let isAvailable: Bool

    init(number: String, values: [SafeText], price: Money, was: Money?, isAvailable: Bool) {
        self.number = number
        self.values = values
        self.price = price
        self.was = was.flatMap { $0.exceeds(price) == true ? $0 : nil }
        self.isAvailable = isAvailable
    }

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        let price: ShopifyAmount = try wire.get("price")
        // What cannot be compared with is no reason to show no price.
        let before = try? wire.object("compareAtPrice")
        let was: String? = try? before?.find("amount")
        let values: [ShopifyValue] = try wire.list("selectedOptions")
        self.init(
            number: try wire.number("id", .variant), values: values.map(\.text), price: price.money,
            was: was.flatMap { ShopifyMoney.money($0, price.money.currency) },
            isAvailable: try wire.get("availableForSale"))
    }

    /// What a shop calls the only form of a thing that comes in one.
    var isPlain: Bool { values.isEmpty || values == ["Default Title"] }

    /// How many there are is told to the shop's own programs alone.
    var variant: Variant {
        Variant(
            sku: SKU(number), options: isPlain ? [] : values, price: price, was: was,
            stock: isAvailable ? nil : 0)
    }
}

/// `{value}` of a form's options.
struct ShopifyValue: Decodable {
    let text: SafeText
    init(from decoder: any Decoder) throws { text = try decoder.wire().text("value", limit: 80) }
}

/// A page of a list, of which the elements that cannot be understood are left out, so that one odd product hides no others.
struct ShopifyPage<Element: Decodable & Sendable>: Decodable, Sendable {
    let nodes: [Element]
    /// nil on the last page.
    let next: String?

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        nodes = try wire.list("nodes")
        let info = try? wire.object("pageInfo")
        let hasNext: Bool = (try? info?.find("hasNextPage")) ?? false
        let cursor: String? = try? info?.find("nextCursor")
        next = hasNext ? cursor.flatMap { IDAlphabet.isCursor($0) ? $0 : nil } : nil
    }
}

extension WireReader {
    /// The number in a name such as `gid://shopify/Product/7001`.
    func number(_ key: WireKey, _ kind: ShopifyNumber.Kind) throws -> String {
        guard let number = ShopifyNumber.number(try get(key), kind) else {
            throw corrupted(key, "no name of a \(kind)")
        }
        return number
    }
}
