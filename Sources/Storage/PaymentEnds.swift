import Domain
import GRDB

extension Schema {
    /// Only orders that wait for their payment have one; it goes with its order.
    static let paymentEnds = """
        CREATE TABLE payment_ends (
            account TEXT NOT NULL, order_id TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (account, order_id),
            FOREIGN KEY (account, order_id) REFERENCES orders (account, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        """
}

extension Database {
    /// Until when the shop's pages take the payment of orders.
    func paymentEnds(account: String) throws -> [OrderID: Timestamp] {
        var ends: [OrderID: Timestamp] = [:]
        let cursor = try rows("SELECT order_id, at FROM payment_ends WHERE account = ?", [account])
        while let row = try cursor.next() { ends[try row.id(0)] = try row.time(1) }
        return ends
    }

    func insertPaymentEnd(of order: Order, account: String) throws {
        guard let end = order.checkoutExpiresAt else { return }
        try update("INSERT INTO payment_ends VALUES (?, ?, ?)", [account, order.id.rawValue, end.milliseconds])
    }
}
