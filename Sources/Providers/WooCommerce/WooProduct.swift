import Domain
import LiveAPI
import Text

/// A product or a variation as the Store API lists it.
struct WooProduct: Decodable, Sendable {
    struct Term: Decodable, Sendable {
        let name: String
        let slug: String

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            name = HTMLText.plain(try wire.get("name"))
            slug = try wire.get("slug")
        }
    }

    struct Attribute: Decodable, Sendable {
        let name: String
        /// As WordPress calls it where several products share it, such as `pa_size`.
        let taxonomy: String?
        let hasVariations: Bool
        let terms: [Term]

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            name = HTMLText.plain(try wire.get("name"))
            taxonomy = try? wire.find("taxonomy")
            hasVariations = try wire.find("has_variations") ?? false
            terms = try wire.list("terms")
        }
    }

    /// A variation as its product names it, with the value of each attribute; empty for one that is open.
    struct Variation: Decodable, Sendable {
        let id: Int
        let values: [String: String]

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            id = try wire.count("id")
            let pairs: [Value] = try wire.list("attributes")
            values = Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first }
        }

        private struct Value: Decodable {
            let name: String
            let value: String

            init(from decoder: any Decoder) throws {
                let wire = try decoder.wire()
                name = HTMLText.plain(try wire.get("name"))
                value = try wire.find("value") ?? ""
            }
        }
    }

    let id: Int
    let parent: Int
    let type: String
    /// Its name in addresses.
    let slug: String
    let name: SafeText
    let summary: SafeLines
    let brand: SafeText
    let rating: Rating?
    let prices: WooPrices?
    let attributes: [Attribute]
    let variations: [Variation]
    let hasOptions: Bool
    /// Whether it can be put into a basket at all, were there any of it.
    let isPurchasable: Bool
    /// How many are left; nil where the shop does not count, or does not say.
    let stock: Int?
    /// It can be ordered before the shop has it.
    let isOnBackorder: Bool
    let quantities: QuantityRule
    /// Its page in the shop.
    let page: String?
    /// Link of its button: the other shop's page where another shop sells it.
    let buttonPage: String?
    /// Parts of a set.
    let parts: [Int]

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        id = try wire.count("id")
        guard id > 0 else {
            throw wire.corrupted("id", "no number of a product")
        }
        parent = (try? wire.findCount("parent")) ?? 0
        type = try wire.find("type") ?? "simple"
        slug = (try? wire.find("slug")) ?? ""
        name = HTMLText.safe(try wire.get("name"), limit: 200)
        let texts: [String] = [try wire.find("short_description") ?? "", try wire.find("description") ?? ""]
        summary = HTMLText.lines(texts.joined(separator: " <br>"), limit: WireLimits.textCharacters)
        let brands: [Named] = (try? wire.list("brands")) ?? []
        brand = brands.first?.name ?? ""
        rating = Rating(
            average: (try? wire.find("average_rating")) ?? "", count: (try? wire.findCount("review_count")) ?? 0)
        prices = try? wire.find("prices")
        attributes = (try? wire.list("attributes")) ?? []
        variations = (try? wire.list("variations")) ?? []
        hasOptions = (try? wire.find("has_options")) ?? false
        let isHidden: Bool = (try? wire.find("is_password_protected")) ?? false
        isPurchasable = try wire.find("is_purchasable") ?? true && !isHidden
        let cart = try? wire.object("add_to_cart")
        let stock = try Self.stock(wire, cart)
        self.stock = stock
        isOnBackorder = (try? wire.find("is_on_backorder")) ?? false
        let isSoldSingly: Bool = (try? wire.find("sold_individually")) ?? false
        quantities = QuantityRule(
            cart, mostPerOrder: isSoldSingly ? 1 : stock == 0 ? nil : Self.limit(cart, beyond: stock))
        page = try? wire.findLink("permalink")
        let link: String? = try? cart?.find("url")
        buttonPage = link.map { HTMLText.plain($0) }.flatMap { PaymentPage($0)?.address.string }
        parts = (try? wire.list("grouped_products")) ?? []
    }

    /// Number that can be had at once, as far as the shop says.
    var remaining: Int? { stock ?? quantities.maximum }

    /// - Parameter slug: as an address has it; the shop may write its letters as percent signs.
    func isCalled(_ slug: String) -> Bool {
        self.slug == slug || PercentEncoding.decode(self.slug[...]).map { $0.lowercased() == slug.lowercased() } == true
    }

    /// The most that one order can have is the stock only where the shop counts: then its words have the number, or it
    /// says that few are left.
    private static func stock(_ wire: WireReader, _ cart: WireReader?) throws -> Int? {
        guard try wire.find("is_in_stock") ?? true else { return 0 }
        // What can be ordered before it is there, or one at a time, says nothing of how many there are.
        let isOnBackorder: Bool = (try? wire.find("is_on_backorder")) ?? false
        let isSoldSingly: Bool = (try? wire.find("sold_individually")) ?? false
        guard !isOnBackorder, !isSoldSingly else { return nil }
        let isLimited = (try? cart?.findCount("maximum")) != nil
        let most = limit(cart)
        // Of what may be ordered beyond the stock there is no end.
        guard most != nil || !isLimited else { return nil }
        if let few = try? wire.findCount("low_stock_remaining"), few > 0 { return few }
        let words = try? wire.object("stock_availability")
        let text: String = (try? words?.find("text")) ?? ""
        let numbers = HTMLText.plain(text).split { !$0.isNumber }
        guard let most, numbers.count == 1, let number = Int(numbers[0]), number >= most else { return nil }
        return number
    }

    /// Shops say this for "as many as you like", made a whole number of steps.
    private static let noLimit = 9999

    /// The `maximum` of a product, or of a line in a basket; nil where that is none.
    static func limit(_ limits: WireReader?) -> Int? {
        let step = max(1, (try? limits?.findCount("multiple_of")) ?? 1)
        guard let most = try? limits?.findCount("maximum"), most > 0, most <= noLimit - step else { return nil }
        return most
    }

    /// The `maximum` where it is more than that no more are left.
    private static func limit(_ limits: WireReader?, beyond stock: Int?) -> Int? {
        guard let most = limit(limits), let stock else { return limit(limits) }
        let step = max(1, (try? limits?.findCount("multiple_of")) ?? 1)
        return stock / step * step <= most ? nil : most
    }

    private struct Named: Decodable {
        let name: SafeText

        init(from decoder: any Decoder) throws { name = HTMLText.safe(try decoder.wire().get("name"), limit: 80) }
    }
}

extension QuantityRule {
    /// `minimum` and `multiple_of`, as products and the lines of baskets have them.
    init(_ limits: WireReader?, mostPerOrder: Int?) {
        func count(_ key: WireKey) -> Int { (try? limits?.findCount(key)) ?? 1 }
        self.init(minimum: count("minimum"), step: count("multiple_of"), maximum: mostPerOrder)
    }
}

extension Rating {
    /// `average` is a decimal such as `4.50`; nil where nobody has rated it.
    fileprivate init?(average: String, count: Int) {
        let parts = average.split(separator: ".", maxSplits: 1)
        let hundredths = (parts.dropFirst().first ?? "").prefix(2)
        guard count > 0, let stars = parts.first.flatMap({ Int($0) }), (1...5).contains(stars),
            let rest = Int(hundredths + String(repeating: "0", count: 2 - hundredths.count)), rest >= 0,
            stars < 5 || rest == 0
        else { return nil }
        self.init(tenths: stars * 10 + (rest + 5) / 10, count: count, verified: 0)
    }
}
