import StandInJSON

/// A rate that a stand-in shop sends at.
package struct StandInRate: Sendable {
    package var id: String
    package var name: String
    package var price: Int
    package var time: String

    /// - Parameter id: the method's name and a number: `flat_rate:3`.
    package init(_ id: String, _ name: String, price: Int, time: String = "") {
        self.id = id
        self.name = name
        self.price = price
        self.time = time
    }

    var method: String { String(id.prefix { $0 != ":" }) }
}

/// Something that a stand-in shop sells, or a variation of it.
package struct StandInGoods: Sendable {
    package enum Kind: String, Sendable { case simple, variable, variation, grouped, external }

    package var id: Int
    package var kind: Kind
    package var name: String
    /// In the shop's smallest unit.
    package var price: Int
    /// Without the sale.
    package var regular: Int
    /// nil where the shop does not count.
    package var stock: Int?
    package var text: String
    /// Of a variation.
    package var parent: Int
    /// What a product can be chosen by, with the values; of a variation what it is, empty being any.
    package var attributes: [(name: String, values: [String])]
    package var isVirtual: Bool
    /// It is sold from so many on, in multiples of so many.
    package var minimum = 1
    package var multiple = 1
    package var isSoldSingly = false
    /// The most of it for one order, whatever the stock is.
    package var limit: Int?
    /// It can be ordered although there is none, and comes later.
    package var takesBackorders = false
    /// Where another shop sells it.
    package var otherShop = ""
    /// Parts of a set.
    package var parts: [Int] = []
    /// What WordPress calls attributes that several products share, by their label: `pa_size`.
    package var taxonomies: [String: String] = [:]

    /// An attribute's label, or its shared name, as links have it.
    func slug(of attribute: String) -> String {
        taxonomies[attribute] ?? attribute.lowercased().split(separator: " ").joined(separator: "-")
    }

    /// Its name in addresses, made of its title.
    package var slug: String {
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
        return words.utf8.reduce(into: "") { slug, byte in
            slug += byte < 0x80 ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16)
        }
    }
    /// Whether it is neither among what the shop lists nor found there.
    package var isHidden = false

    package init(
        _ id: Int, _ name: String, price: Int, regular: Int? = nil, stock: Int? = nil, kind: Kind = .simple,
        text: String = "", parent: Int = 0, attributes: [(String, [String])] = [], isVirtual: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.price = price
        self.regular = regular ?? price
        self.stock = stock
        self.text = text
        self.parent = parent
        self.attributes = attributes.map { (name: $0.0, values: $0.1) }
        self.isVirtual = isVirtual
    }

    var isSoldOut: Bool { stock == 0 && !takesBackorders }
    var isOnBackorder: Bool { stock == 0 && takesBackorders }
    /// What a page of the shop says of the stock.
    var availability: String {
        if isSoldOut { return "Out of stock" }
        if isOnBackorder { return "Available on backorder" }
        return stock.map { takesBackorders ? "\($0) in stock (can be backordered)" : "\($0) in stock" } ?? ""
    }

    /// Of a variation: `Size: S`.
    var choice: String {
        attributes.filter { $0.values != [""] }.map { "\($0.name): \($0.values.first ?? "")" }.joined(separator: ", ")
    }

    /// A small shop with a little of everything that makes a difference.
    package static var assortment: [StandInGoods] {
        [
            StandInGoods(31, "Wool scarf", price: 1800, regular: 2000, stock: 5, text: "<p>Soft &amp; warm.</p>"),
            StandInGoods(32, "Field notebook", price: 450, text: "<ul><li>96 pages</li><li>dotted</li></ul>"),
            StandInGoods(
                40, "Tea bowl", price: 12_000, kind: .variable, text: "<p>Thrown by hand.</p>",
                attributes: [("Size", ["S", "L"])]),
            StandInGoods(
                41, "Tea bowl", price: 12_000, stock: 4, kind: .variation, parent: 40, attributes: [("Size", ["S"])]),
            StandInGoods(
                42, "Tea bowl", price: 18_000, stock: 0, kind: .variation, parent: 40, attributes: [("Size", ["L"])]),
            StandInGoods(
                50, "Tote bag", price: 2500, kind: .variable,
                attributes: [("Colour", ["Blue", "Red"]), ("Handle", ["Long", "Short"])]),
            StandInGoods(
                51, "Tote bag", price: 2500, stock: 9, kind: .variation, parent: 50,
                attributes: [("Colour", ["Blue"]), ("Handle", [""])]),
            StandInGoods(
                52, "Tote bag", price: 2700, stock: 3, kind: .variation, parent: 50,
                attributes: [("Colour", ["Red"]), ("Handle", [""])]),
            StandInGoods(60, "Desk set", price: 0, kind: .grouped),
            StandInGoods(61, "Pattern, as a file", price: 700, isVirtual: true),
            StandInGoods(62, "Last teapot", price: 9900, stock: 0),
        ]
    }
}

extension StandInGoods {
    /// As the shop reckons them: both ends are multiples.
    var fewest: Int { (minimum + multiple - 1) / multiple * multiple }
    func most(_ left: Int) -> Int { isSoldSingly ? 1 : min(left, limit ?? .max) / multiple * multiple }
}

extension StandInShop.State {
    func limits(of goods: StandInGoods, most: Int) -> JSONText {
        [
            "minimum": .number(goods.fewest), "maximum": .number(goods.most(most)),
            "multiple_of": .number(goods.multiple),
        ]
    }

    func prices(_ goods: StandInGoods) -> JSONText {
        let others = goods.kind == .variable ? self.goods.filter { $0.parent == goods.id }.map(\.price) : []
        let range: JSONText =
            others.isEmpty
            ? nil : ["min_amount": JSONText(others.min() ?? 0), "max_amount": JSONText(others.max() ?? 0)]
        return [
            "price": JSONText(goods.price), "regular_price": JSONText(goods.regular),
            "sale_price": JSONText(goods.price), "price_range": range,
        ] + currency
    }

    var currency: JSONText {
        [
            "currency_code": .string(rules.currency), "currency_symbol": .string(rules.currency),
            "currency_minor_unit": .number(rules.decimals), "currency_decimal_separator": ".",
            "currency_thousand_separator": ",", "currency_prefix": "", "currency_suffix": "",
        ]
    }

    func page(_ goods: StandInGoods) -> JSONText {
        let variations = self.goods.filter { $0.parent == goods.id && goods.kind == .variable }
        let left = available(goods, in: nil)
        // A shop that has none left names no limit.
        let most = left.map { $0 == 0 ? 9999 : $0 } ?? 9999
        let isElsewhere = goods.kind == .external
        var cart: JSONText = [
            "text": isElsewhere ? "Buy there" : "Add to cart", "description": .string("Add " + goods.name),
            "url": .string(isElsewhere ? goods.otherShop.replacing("&", with: "&#038;") : "?add=1"),
        ]
        if !rules.isOld { cart = cart + ["single_text": "Add to cart"] }
        cart = cart + limits(of: goods, most: most)
        var page: JSONText = [
            "id": .number(goods.id), "name": .string(goods.name), "slug": .string(goods.slug),
            "parent": .number(goods.parent), "type": .string(goods.kind.rawValue),
            "variation": .string(goods.kind == .variation ? goods.choice : ""),
            "permalink": .string(address(of: goods)), "sku": "", "short_description": "",
            "description": .string(goods.text), "on_sale": .truth(goods.price < goods.regular),
            "prices": prices(goods), "price_html": "", "average_rating": "0", "review_count": 0, "images": [],
            "categories": [], "tags": [],
        ]
        if !rules.isOld { page = page + ["brands": []] }
        page =
            page + [
                "attributes": .array(
                    goods.kind == .variable ? goods.attributes.map { Self.attribute($0, of: goods) } : []),
                "variations": .array(variations.map(Self.mention)),
            ]
        if !rules.isOld { page = page + ["grouped_products": .array(goods.parts.map { .number($0) })] }
        page =
            page + [
                "has_options": .truth(goods.kind == .variable),
                "is_purchasable": .truth(goods.kind != .grouped && goods.kind != .external),
                "is_in_stock": .truth(!goods.isSoldOut), "is_on_backorder": .truth(goods.isOnBackorder),
                "low_stock_remaining": goods.stock.map { $0 <= 2 ? .number($0) : nil } ?? nil,
            ]
        if !rules.isOld {
            let state = goods.isSoldOut ? "out-of-stock" : goods.isOnBackorder ? "available-on-backorder" : "in-stock"
            page =
                page + ["stock_availability": ["text": .string(goods.availability), "class": .string(state)]]
        }
        page = page + ["sold_individually": .truth(goods.isSoldSingly)]
        if !rules.isOld {
            page =
                page + [
                    "weight": "", "dimensions": ["length": "", "width": "", "height": ""], "formatted_weight": "N/A",
                    "formatted_dimensions": "N/A",
                ]
        }
        page = page + ["add_to_cart": cart]
        if !rules.isOld { page = page + ["is_password_protected": false] }
        page = page + ["extensions": [:]]
        return rules.isOld ? page : page + ["_links": Self.links]
    }

    private static var links: JSONText {
        let hints: JSONText = ["allow": ["GET"]]
        return [
            "self": [["href": "", "targetHints": hints]], "collection": [["href": ""]],
            "related": [["embeddable": true, "href": ""]],
        ]
    }

    private static func attribute(
        _ attribute: (name: String, values: [String]), of goods: StandInGoods
    ) -> JSONText {
        [
            "id": 0, "name": .string(attribute.name),
            "taxonomy": goods.taxonomies[attribute.name].map { .string($0) } ?? nil, "has_variations": true,
            "terms": .array(attribute.values.map { ["id": 0, "name": .string($0), "slug": .string($0)] }),
        ]
    }

    private static func mention(_ variation: StandInGoods) -> JSONText {
        [
            "id": .number(variation.id),
            "attributes": .array(
                variation.attributes.map { attribute in
                    let value = attribute.values.first ?? ""
                    return ["name": .string(attribute.name), "value": value.isEmpty ? nil : .string(value)]
                }),
        ]
    }
}
