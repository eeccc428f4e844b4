import Text

/// Something a show sells; what is bought is one of its variants.
package struct Product: Hashable, Sendable, Identifiable {
    package var id: ProductID
    package var title: SafeText
    package var brand: SafeText
    /// The shop's description, with its paragraphs, lists and tables as lines.
    package var summary: SafeLines
    /// ISO 3166 alpha-2 code of the country it is sent from, where known.
    package var shipsFrom: SafeText?
    package var rating: Rating?
    /// Names of the options, in the order in which variants give their values: `Colour`, `Size`.
    package var optionNames: [SafeText]
    /// Never empty in what our own server sends.
    package var variants: [Variant]
    /// Whether some forms cost more than `variants` say, which a list may not tell one by one: the product, asked for by
    /// itself, has the price of each.
    package var hasDearerForms: Bool
    /// Place that sells it, for what cannot be bought here.
    package var elsewhere: SoldElsewhere?
    /// The shop's own page of it, where its address can be shown and opened.
    package var page: SafeText?

    package init(
        id: ProductID, title: SafeText, brand: SafeText = "", summary: SafeLines = "", shipsFrom: SafeText? = nil,
        rating: Rating? = nil, optionNames: [SafeText] = [], variants: [Variant], hasDearerForms: Bool = false,
        elsewhere: SoldElsewhere? = nil, page: SafeText? = nil
    ) {
        self.id = id
        self.title = title
        self.brand = brand
        self.summary = summary
        self.shipsFrom = shipsFrom
        self.rating = rating
        self.optionNames = optionNames
        self.variants = variants
        self.hasDearerForms = hasDearerForms
        self.elsewhere = elsewhere
        self.page = page
    }

    package func variant(_ sku: SKU) -> Variant? { variants.first { $0.sku == sku } }

    /// The title, with the options where there are several forms to tell apart: `Key caps (Low, black)`.
    package func name(of sku: SKU) -> SafeText {
        variants.count > 1 ? title.with(options: variant(sku)?.options ?? []) : title
    }

    /// Whether nothing of it is left, as far as the shop counts.
    package var isSoldOut: Bool { !variants.isEmpty && variants.allSatisfy { $0.stock == 0 } }

    /// The variant whose price stands for the product's: the cheapest that can be had.
    package var cheapestAvailable: Variant? { priced.min { $0.price.amount < $1.price.amount } }

    /// Whether the price of `cheapestAvailable` is the lowest of several: `from` stands before it.
    package var isPricedFrom: Bool {
        guard let cheapest = cheapestAvailable else { return elsewhere?.isPricedFrom == true }
        return hasDearerForms || priced.contains { $0.price != cheapest.price }
    }

    /// The variants whose prices count: those that can be had, else all.
    private var priced: [Variant] {
        let available = variants.filter { $0.stock != 0 }
        return available.isEmpty ? variants : available
    }
}

/// Place that sells a product which does not go into a basket here, with the price that the shop shows.
package struct SoldElsewhere: Hashable, Sendable {
    package enum Kind: String, Sendable {
        /// The shop leads to another one.
        case otherShop = "other_shop"
        /// It is a set of products, and each of them is bought by itself.
        case set
        /// It needs more than this program can ask: only the shop's own page sells it.
        case shopPage = "shop_page"
    }

    package var kind: Kind
    package var price: Money?
    /// Tells whether `price` is the lowest of several.
    package var isPricedFrom: Bool
    package var page: String?
    /// Products of a set.
    package var parts: [ProductID]

    package init(kind: Kind, price: Money?, isPricedFrom: Bool = false, page: String?, parts: [ProductID] = []) {
        self.kind = kind
        self.price = price
        self.isPricedFrom = isPricedFrom
        self.page = page
        self.parts = parts
    }

    /// A sentence that says why it is not bought here.
    package var explanation: SafeText {
        switch kind {
        case .otherShop: "Another shop sells it."
        case .set: "It is a set: each part is bought by itself."
        case .shopPage: "Only the shop's own page sells it."
        }
    }
}

/// What buyers think: tenths of stars and counts, no floating point.
package struct Rating: Hashable, Sendable {
    /// 0…50: 47 is 4.7 stars.
    package var tenths: Int
    package var count: Int
    /// How many of `count` are by verified buyers.
    package var verified: Int

    package init(tenths: Int, count: Int, verified: Int) {
        self.tenths = tenths
        self.count = count
        self.verified = verified
    }
}

/// What a buyer wrote of a product.
package struct Review: Hashable, Sendable, Identifiable {
    package var id: ReviewID
    package var author: SafeText
    /// 1…5.
    package var stars: Int
    package var text: SafeText
    package var at: Timestamp
    /// The shop says that the author bought it.
    package var isVerified: Bool

    package init(id: ReviewID, author: SafeText, stars: Int, text: SafeText, at: Timestamp, isVerified: Bool) {
        self.id = id
        self.author = author.asName
        self.stars = stars
        self.text = text
        self.at = at
        self.isVerified = isVerified
    }
}

/// One buyable form of a product: has the SKU, the price and the stock.
package struct Variant: Hashable, Sendable, Identifiable {
    package var sku: SKU
    /// The values of the product's options, in their order.
    package var options: [SafeText]
    package var price: Money
    /// The price it is compared with, where the shop states one.
    package var was: Money?
    /// The lowest price of the last 30 days, where the shop states it.
    package var lowest30Days: Money?
    /// How many are left; nil when the shop does not say.
    package var stock: Int?
    /// How many there were at the start of the show, where the shop says.
    package var stockTotal: Int?
    /// How many an order can be for.
    package var quantities: QuantityRule
    /// It can be ordered before the shop has it, and comes later.
    package var isOnBackorder: Bool

    package var id: SKU { sku }

    package init(
        sku: SKU, options: [SafeText] = [], price: Money, was: Money? = nil, lowest30Days: Money? = nil,
        stock: Int? = nil, stockTotal: Int? = nil, quantities: QuantityRule = .any, isOnBackorder: Bool = false
    ) {
        self.sku = sku
        self.options = options
        self.price = price
        self.was = was
        self.lowest30Days = lowest30Days
        self.stock = stock
        self.stockTotal = stockTotal
        self.quantities = quantities
        self.isOnBackorder = isOnBackorder
    }
}

/// A flash deal or coupon, with an end and perhaps a limit.
package struct Offer: Hashable, Sendable, Identifiable {
    package enum Kind: String, Sendable {
        case flashDeal = "flash_deal"
        case coupon
    }

    package var id: OfferID
    package var kind: Kind
    package var product: ProductID
    package var title: SafeText
    package var percentOff: Int
    package var endsAt: Timestamp
    /// How many can still be had at this price, where the offer is limited.
    package var remaining: Int?

    package init(
        id: OfferID, kind: Kind, product: ProductID, title: SafeText, percentOff: Int, endsAt: Timestamp,
        remaining: Int? = nil
    ) {
        self.id = id
        self.kind = kind
        self.product = product
        self.title = title
        self.percentOff = percentOff
        self.endsAt = endsAt
        self.remaining = remaining
    }
}

extension SafeText {
    /// A product's title with the values that tell its forms apart: `Key caps (Low, black)`.
    package func with(options: [SafeText]) -> SafeText {
        guard let first = options.first else { return self }
        return self + " (" + options.dropFirst().reduce(first) { $0 + ", " + $1 } + ")"
    }
}
