import Domain
import GRDB
import Text

/// Hosts, products and variants, read from the database.
enum Catalogue {
    private static let thirtyDays: Int64 = 30 * 24 * 3600 * 1000

    // MARK: Hosts

    static func host(_ row: Row) throws -> Host {
        Host(
            id: HostID(try row.value("id")), name: SafeText(try row.value("name") as String),
            isVerified: try row.value("verified"), bio: SafeText(try row.value("bio") as String),
            followers: row["followers"] as Int?)
    }

    static func host(_ db: Database, _ id: HostID) throws -> Host? {
        try Row.fetchOne(db, sql: "SELECT * FROM hosts WHERE id = ?", arguments: [id.rawValue]).map(host)
    }

    static func hosts(_ db: Database, search: String?, after position: Int, limit: Int) throws -> [(Int, Host)] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM hosts WHERE position > ? AND instr(search, ?) ORDER BY position LIMIT ?",
            arguments: [position, search ?? "", limit]
        ).map { (try $0.value("position"), try host($0)) }
    }

    // MARK: Products

    static func product(_ db: Database, _ id: ProductID, now: Timestamp) throws -> Product? {
        try Row.fetchOne(db, sql: "SELECT * FROM products WHERE id = ?", arguments: [id.rawValue])
            .map { try product(db, $0, now: now) }
    }

    static func products(
        _ db: Database, search: String?, host: HostID?, after position: Int, limit: Int, now: Timestamp
    ) throws -> [(Int, Product)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM products WHERE position > ? AND instr(search, ?) AND host = coalesce(?, host)
                ORDER BY position LIMIT ?
                """, arguments: [position, search ?? "", host?.rawValue, limit]
        ).map { (try $0.value("position"), try product(db, $0, now: now)) }
    }

    /// The products of a show, in order.
    static func lineUp(_ db: Database, show number: Int64, now: Timestamp) throws -> [Product] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT products.* FROM line_ups JOIN products ON products.id = line_ups.product
                WHERE line_ups.show = ? ORDER BY line_ups.position
                """, arguments: [number]
        ).map { try product(db, $0, now: now) }
    }

    private static func product(_ db: Database, _ row: Row, now: Timestamp) throws -> Product {
        let id: String = try row.value("id")
        let rating: Rating? = try (row["rating_count"] as Int?).map {
            Rating(tenths: try row.value("rating_tenths"), count: $0, verified: try row.value("rating_verified"))
        }
        return Product(
            id: ProductID(id), title: SafeText(try row.value("title") as String),
            brand: SafeText(try row.value("brand") as String), summary: SafeLines(try row.value("summary") as String),
            shipsFrom: (row["ships_from"] as String?).map { SafeText($0) }, rating: rating,
            optionNames: try texts(row, "option_names"), variants: try variants(db, of: id, now: now))
    }

    // MARK: Variants

    private static func variants(_ db: Database, of product: String, now: Timestamp) throws -> [Variant] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT *, (SELECT min(prices.amount) FROM prices WHERE prices.sku = variants.sku AND prices.at > ?)
                    AS lowest
                FROM variants WHERE product = ? ORDER BY position
                """, arguments: [now.milliseconds - thirtyDays, product]
        ).map(variant)
    }

    static func variant(_ row: Row) throws -> Variant {
        let price = try money(row, try row.value("amount"))
        return Variant(
            sku: SKU(try row.value("sku")), options: try texts(row, "options"), price: price,
            was: try (row["was"] as Int64?).map { try money(row, $0) },
            lowest30Days: try (row["lowest"] as Int64?).map { try money(row, min($0, price.amount)) },
            stock: try row.value("stock"), stockTotal: try row.value("stock_total"))
    }

    static func facts(_ row: Row) throws -> VariantFacts {
        VariantFacts(
            sku: SKU(try row.value("sku")), price: try money(row, try row.value("amount")),
            was: try (row["was"] as Int64?).map { try money(row, $0) }, stock: try row.value("stock"))
    }

    static func facts(_ db: Database, of product: ProductID) throws -> [VariantFacts] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM variants WHERE product = ? ORDER BY position"),
            arguments: [product.rawValue]
        ).map(facts)
    }

    static func money(_ row: Row, _ amount: Int64) throws -> Money {
        guard
            let money = Money(amount: amount, exponent: try row.value("exponent"), currency: try row.value("currency"))
        else { throw DatabaseError(resultCode: .SQLITE_MISMATCH, message: "not an amount of money") }
        return money
    }

    private static func texts(_ row: Row, _ column: String) throws -> [SafeText] {
        let json: String = try row.value(column)
        return try WireCoding.decode([SafeText].self, from: json.utf8)
    }
}
