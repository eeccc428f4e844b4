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
}
