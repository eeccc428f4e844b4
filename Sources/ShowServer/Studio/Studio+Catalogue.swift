import Domain
import GRDB

/// A host to be.
package struct HostDraft: Sendable {
    package var id: HostID
    package var name: String
    package var bio: String
    package var isVerified: Bool
    package var followers: Int?
    /// Words besides the name and the bio under which the host is found.
    package var keywords: [String]

    package init(
        id: HostID, name: String, bio: String = "", isVerified: Bool = false, followers: Int? = nil,
        keywords: [String] = []
    ) {
        (self.id, self.name, self.bio) = (id, name, bio)
        (self.isVerified, self.followers, self.keywords) = (isVerified, followers, keywords)
    }
}

/// A product to be, with all its variants.
package struct ProductDraft: Sendable {
    package struct Variant: Sendable {
        package var sku: SKU
        /// A value for each of the product's options.
        package var options: [String]
        package var price: Money
        package var was: Money?
        package var stock: Int
        /// The stock to which the shelf is filled up.
        package var usualStock: Int
        /// Prices of the past, which the lowest one of thirty days is read from.
        package var history: [PricePoint]

        package init(
            sku: SKU, options: [String] = [], price: Money, was: Money? = nil, stock: Int, usualStock: Int? = nil,
            history: [PricePoint] = []
        ) {
            (self.sku, self.options, self.price, self.was) = (sku, options, price, was)
            (self.stock, self.usualStock, self.history) = (stock, usualStock ?? stock, history)
        }
    }

    package var id: ProductID
    package var host: HostID
    package var title: String
    package var brand: String
    package var summary: String
    package var shipsFrom: String?
    package var rating: Rating?
    package var optionNames: [String]
    package var variants: [Variant]

    package init(
        id: ProductID, host: HostID, title: String, brand: String = "", summary: String = "", shipsFrom: String? = nil,
        rating: Rating? = nil, optionNames: [String] = [], variants: [Variant]
    ) {
        (self.id, self.host, self.title, self.brand, self.summary) = (id, host, title, brand, summary)
        (self.shipsFrom, self.rating, self.optionNames, self.variants) = (shipsFrom, rating, optionNames, variants)
    }
}

extension Studio {
    package var hasHosts: Bool {
        get throws { try Int.fetchOne(db, sql: "SELECT 1 FROM hosts LIMIT 1") != nil }
    }

    package var hasReviews: Bool {
        get throws { try Int.fetchOne(db, sql: "SELECT 1 FROM reviews LIMIT 1") != nil }
    }

    /// Adds a host behind all others.
    package func add(_ host: HostDraft) throws {
        try db.change(
            """
            INSERT INTO hosts (id, position, name, verified, bio, followers, search)
            VALUES (?, (SELECT coalesce(max(position) + 1, 0) FROM hosts), ?, ?, ?, ?, ?)
            """,
            [
                host.id.rawValue, host.name, host.isVerified, host.bio, host.followers,
                ShowRecords.searchable("\(host.name) \(host.bio) \(host.keywords.joined(separator: " "))"),
            ])
    }

    /// Adds a product behind all others.
    package func add(_ product: ProductDraft) throws {
        try db.change(
            """
            INSERT INTO products (id, position, host, title, brand, summary, ships_from, rating_tenths,
                rating_count, rating_verified, option_names, search)
            VALUES (?, (SELECT coalesce(max(position) + 1, 0) FROM products), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                product.id.rawValue, product.host.rawValue, product.title, product.brand, product.summary,
                product.shipsFrom, product.rating?.tenths, product.rating?.count, product.rating?.verified,
                WireCoding.text(product.optionNames),
                ShowRecords.searchable("\(product.title) \(product.brand) \(product.summary)"),
            ])
        for (position, variant) in product.variants.enumerated() {
            try add(variant, of: product.id, at: position)
        }
    }

    private func add(_ variant: ProductDraft.Variant, of product: ProductID, at position: Int) throws {
        let was = variant.was?.rescaled(like: variant.price)
        guard variant.was == nil || was != nil else { throw StudioRefusal.notMoney(variant.sku) }
        try db.change(
            """
            INSERT INTO variants (sku, product, position, options, amount, usual_amount, was, usual_was,
                exponent, currency, stock, stock_total)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                variant.sku.rawValue, product.rawValue, position, WireCoding.text(variant.options),
                variant.price.amount, variant.price.amount, was, was, variant.price.exponent,
                variant.price.currency, variant.stock, variant.usualStock,
            ])
        for point in variant.history {
            guard let amount = point.price.rescaled(like: variant.price) else {
                throw StudioRefusal.notMoney(variant.sku)
            }
            try db.change(
                "INSERT INTO prices (sku, at, amount) VALUES (?, ?, ?)",
                [variant.sku.rawValue, point.at.milliseconds, amount])
        }
    }

    /// Adds what buyers wrote of a product, the newest first, behind what is there.
    package func add(_ reviews: [Review], of product: ProductID) throws {
        let first = try Int.fetchOne(
            db, sql: "SELECT coalesce(max(position) + 1, 0) FROM reviews WHERE product = ?",
            arguments: [product.rawValue])
        for (index, review) in reviews.enumerated() {
            try db.change(
                """
                INSERT INTO reviews (product, position, id, author, stars, text, at, verified)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    product.rawValue, (first ?? 0) + index, review.id.rawValue, review.author.string, review.stars,
                    review.text.string, review.at.milliseconds, review.isVerified,
                ])
        }
    }

    /// - Returns: nil where there is no such product.
    package func product(_ id: ProductID) throws -> Product? { try Catalogue.product(db, id, now: now) }
}

extension Money {
    /// Its amount in the other one's minor units; nil where it has none.
    fileprivate func rescaled(like other: Money) -> Int64? {
        currency == other.currency ? rescaled(to: other.exponent)?.amount : nil
    }
}
