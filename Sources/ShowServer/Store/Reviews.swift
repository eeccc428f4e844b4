import Domain
import GRDB
import Text

/// What buyers wrote of products.
enum Reviews {
    /// The newest first, each with its position; nil where there is no such product.
    static func page(
        _ db: Database, of product: ProductID, after position: Int, limit: Int
    ) throws -> [(Int, Review)]? {
        guard
            try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM products WHERE id = ?)", arguments: [product.rawValue]) == true
        else { return nil }
        return try Row.fetchAll(
            db, sql: "SELECT * FROM reviews WHERE product = ? AND position > ? ORDER BY position LIMIT ?",
            arguments: [product.rawValue, position, limit]
        ).map { row in
            let review = Review(
                id: ReviewID(try row.value("id")), author: SafeText(try row.value("author") as String),
                stars: try row.value("stars"), text: SafeText(try row.value("text") as String),
                at: Timestamp(milliseconds: try row.value("at")), isVerified: try row.value("verified"))
            return (try row.value("position"), review)
        }
    }

    /// Whether the database is new, or from before there were reviews.
    static func areMissing(_ db: Database) throws -> Bool { try Int.fetchOne(db, sql: "SELECT 1 FROM reviews") == nil }

    /// Writes a few for every product of the demo shop: of many who rate a thing, few say why.
    static func seed(_ turn: Turn, _ cast: Cast, seed: UInt64) throws {
        let insert = try turn.db.cachedStatement(
            sql: """
                INSERT INTO reviews (product, position, id, author, stars, text, at, verified)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for id in cast.items.keys.sorted() {
            var dice = SplitMix64(seed, UInt64(named: "reviews " + id.rawValue))
            let tenths = try Int.fetchOne(
                turn.db, sql: "SELECT rating_tenths FROM products WHERE id = ?", arguments: [id.rawValue])
            guard let tenths else { continue }
            var at = turn.now
            for position in 0..<dice.pick(3...9) {
                at = at - .seconds(dice.pick(20_000...900_000))
                // Around the mean: a product of 4.7 stars has mostly fives, some fours and a rare two.
                let stars = dice.once(in: 9) ? 2 : dice.pick(1...10) <= tenths - 40 ? 5 : 4
                try insert.execute(arguments: [
                    id.rawValue, position, "\(id.rawValue)-r\(position)", dice.pick(Lines.viewers) ?? "", stars,
                    text(stars, &dice), at.milliseconds, !dice.once(in: 4),
                ])
            }
        }
    }

    private static func text(_ stars: Int, _ dice: inout SplitMix64) -> String {
        let verdicts = stars == 5 ? ReviewLines.delighted : stars == 4 ? ReviewLines.content : ReviewLines.disappointed
        let verdict = dice.pick(verdicts) ?? ""
        return dice.once(in: 3) ? verdict : verdict + " " + (dice.pick(ReviewLines.details) ?? "")
    }
}
