import GRDB

extension Schema {
    /// What a kind of shop remembers of a shop: baskets and the names of orders, which are good for nothing else.
    static let shopNotes = """
        CREATE TABLE shop_notes (
            account TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (account, name)
        ) STRICT, WITHOUT ROWID;
        """
}

extension StoreOperation<String?> {
    /// What was kept of a shop under a name.
    package static func shopNote(_ name: String, account: String) -> Self {
        .read { db in
            try String.fetchOne(
                db, sql: "SELECT value FROM shop_notes WHERE account = ? AND name = ?", arguments: [account, name])
        }
    }

    /// Takes away what was kept of a shop under a name: of all who ask for it, one gets it.
    package static func claimShopNote(_ name: String, account: String) -> Self {
        .write { db in
            try String.fetchOne(
                db, sql: "DELETE FROM shop_notes WHERE account = ? AND name = ? RETURNING value",
                arguments: [account, name])
        }
    }
}

extension StoreOperation<[String: String]> {
    /// What was kept of a shop under each name that begins so.
    package static func shopNotes(_ prefix: String, account: String) -> Self {
        .read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT name, value FROM shop_notes
                    WHERE account = ? AND name >= ? AND substr(name, 1, length(?)) = ?
                    """,
                arguments: [account, prefix, prefix, prefix])
            return Dictionary(rows.map { ($0["name"], $0["value"]) }) { first, _ in first }
        }
    }
}

extension StoreOperation<Void> {
    /// Keeps something of a shop under a name, in the place of what was there; nil takes it away.
    package static func setShopNote(_ name: String, _ value: String?, account: String) -> Self {
        .cache { db in
            guard let value else {
                return try db.execute(
                    sql: "DELETE FROM shop_notes WHERE account = ? AND name = ?", arguments: [account, name])
            }
            try db.execute(
                sql: "INSERT OR REPLACE INTO shop_notes (account, name, value) VALUES (?, ?, ?)",
                arguments: [account, name, value])
        }
    }
}
