import Domain
import GRDB

/// Prices and stock. A change is told in a show by `tell`; what is taken by buyers is told in all that sell it.
extension Studio {
    /// Lowers the prices of a product's variants below their usual ones.
    package func lowerPrices(of product: ProductID, percent: Int, at time: Timestamp) throws {
        try require(product)
        try db.execute(
            sql: """
                UPDATE variants SET was = usual_amount, amount = usual_amount - usual_amount * ? / 100
                WHERE product = ?
                """, arguments: [percent, product.rawValue])
        try remember(product, at: time)
    }

    /// Puts a product's variants back to their usual prices.
    package func resetPrices(of product: ProductID, at time: Timestamp) throws {
        try require(product)
        try db.execute(
            sql: "UPDATE variants SET amount = usual_amount, was = usual_was WHERE product = ?",
            arguments: [product.rawValue])
        try remember(product, at: time)
    }

    private func require(_ product: ProductID) throws {
        let isThere = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM products WHERE id = ?)", arguments: [product.rawValue])
        guard isThere == true else { throw StudioRefusal.noSuchProduct(product) }
    }

    private func remember(_ product: ProductID, at time: Timestamp) throws {
        try db.execute(
            sql: "INSERT INTO prices (sku, at, amount) SELECT sku, ?, amount FROM variants WHERE product = ?",
            arguments: [time.milliseconds, product.rawValue])
    }

    /// Forgets what variants cost before a time.
    package func forgetPrices(before time: Timestamp) throws {
        try db.execute(sql: "DELETE FROM prices WHERE at < ?", arguments: [time.milliseconds])
    }

    /// Fills up what is below its usual stock.
    package func restock(_ product: ProductID) throws {
        try db.execute(
            sql: "UPDATE variants SET stock = stock_total WHERE product = ? AND stock < stock_total",
            arguments: [product.rawValue])
    }

    /// Sets how many there are of a variant, and tells it in every show that sells it.
    package mutating func setStock(of sku: SKU, to count: Int, at time: Timestamp) throws {
        try db.change("UPDATE variants SET stock = ? WHERE sku = ?", [count, sku.rawValue])
        guard db.changesCount > 0 else { throw StudioRefusal.noSuchVariant(sku) }
        try turn.tell([sku], at: time)
    }

    /// Takes so many of a variant off the shelf for a sale elsewhere, and tells it in every show that sells it.
    /// - Parameter rest: so many must be left.
    /// - Returns: false where there are not as many; nothing is taken then.
    package mutating func take(_ count: Int, of sku: SKU, leaving rest: Int = 0, at time: Timestamp) throws -> Bool {
        try db.change(
            "UPDATE variants SET stock = stock - ? WHERE sku = ? AND stock >= ?", [count, sku.rawValue, count + rest])
        guard db.changesCount > 0 else { return false }
        try turn.tell([sku], at: time)
        return true
    }

    /// Lets `work` do as it likes with the prices and the stock of products, from full shelves, and puts everything back
    /// as it was.
    func lend(_ products: [ProductID], _ work: () throws -> Void) throws {
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
