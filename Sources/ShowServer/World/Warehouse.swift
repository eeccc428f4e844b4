import Domain
import GRDB

/// Prices and stock as the world changes them.
enum Warehouse {
    /// - Parameter leaving: so many are kept for whoever watches; only a rush takes the last.
    /// - Returns: whether there were enough.
    static func sell(_ db: Database, _ sku: SKU, count: Int, leaving: Int) throws -> Bool {
        try db.cachedStatement(sql: "UPDATE variants SET stock = stock - ? WHERE sku = ? AND stock >= ?")
            .execute(arguments: [count, sku.rawValue, count + leaving])
        return db.changesCount > 0
    }

    static func sellOut(_ db: Database, _ sku: SKU) throws {
        try db.execute(sql: "UPDATE variants SET stock = 0 WHERE sku = ?", arguments: [sku.rawValue])
    }

    /// Fills up what is below its usual stock.
    static func restock(_ db: Database, _ product: ProductID) throws {
        try db.execute(
            sql: "UPDATE variants SET stock = stock_total WHERE product = ? AND stock < stock_total",
            arguments: [product.rawValue])
    }

    static func lowerPrice(_ db: Database, of product: ProductID, percent: Int, at time: Timestamp) throws {
        try db.execute(
            sql: """
                UPDATE variants SET was = usual_amount, amount = usual_amount - usual_amount * ? / 100
                WHERE product = ?
                """, arguments: [percent, product.rawValue])
        try remember(db, product, at: time)
    }

    static func usualPrice(_ db: Database, of product: ProductID, at time: Timestamp) throws {
        try db.execute(
            sql: "UPDATE variants SET amount = usual_amount, was = usual_was WHERE product = ?",
            arguments: [product.rawValue])
        try remember(db, product, at: time)
    }

    private static func remember(_ db: Database, _ product: ProductID, at time: Timestamp) throws {
        try db.execute(
            sql: "INSERT INTO prices (sku, at, amount) SELECT sku, ?, amount FROM variants WHERE product = ?",
            arguments: [time.milliseconds, product.rawValue])
    }

    /// Lets `work` do as it likes with the prices and the stock of `products`, from full shelves, and puts everything
    /// back as it was.
    static func lend(_ db: Database, _ products: [ProductID], _ work: () throws -> Void) throws {
        var before: [Row] = []
        for product in products {
            before += try Row.fetchAll(
                db, sql: "SELECT sku, amount, was, stock FROM variants WHERE product = ?",
                arguments: [product.rawValue])
            try db.execute(
                sql:
                    "UPDATE variants SET amount = usual_amount, was = usual_was, stock = stock_total WHERE product = ?",
                arguments: [product.rawValue])
        }
        try work()
        for row in before {
            let (amount, was, stock): (Int64, Int64?, Int) = (
                try row.value("amount"), row["was"], try row.value("stock")
            )
            try db.execute(
                sql: "UPDATE variants SET amount = ?, was = ?, stock = ? WHERE sku = ?",
                arguments: [amount, was, stock, try row.value("sku") as String])
        }
    }
}
