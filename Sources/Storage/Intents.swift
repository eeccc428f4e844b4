import Domain
import GRDB
import Text

// An intent is written before anything is sent. It moves committed → unknown → placed or refused and never back: the
// schema's triggers see to that, whoever writes. A lease keeps two processes from sending one intent at the same time.

extension StoreOperation where Value == Void {
    /// Writes the wish to buy down, durably: when this has succeeded, the order may be sent.
    /// - Parameter leasedUntil: until then the caller alone sends it.
    package static func commit(_ intent: OrderIntent, leasedUntil: Timestamp? = nil) -> Self {
        .write { db in
            do {
                try db.insert(intent, leasedUntil: leasedUntil)
            } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_PRIMARYKEY {
                throw StorageError.intentExists(key: intent.key)
            }
        }
    }

    /// Keeps what is known of it now and gives its lease back: `.committed` when it is certain that nothing was sent,
    /// `.unknown` when it is not. The same state twice is no error.
    package static func resolve(_ key: String, _ state: OrderIntent.State) -> Self {
        .write { try $0.resolve(key, state) }
    }

    /// The shop has the order: keeps both in one transaction.
    package static func resolve(_ key: String, placedAs order: Order, account: String) -> Self {
        .write { db in
            try db.resolve(key, .placed(order.id))
            try db.upsert(order, account: account)
        }
    }

    /// Removes one whose outcome is known and has been shown.
    package static func forget(_ key: String) -> Self {
        .write { try $0.update("DELETE FROM order_intents WHERE key = ?", [key]) }
    }
}

extension StoreOperation where Value == Bool {
    /// Takes the turn to send it, or to ask what became of it.
    /// - Returns: false when it is resolved, unknown here, or another process has the turn.
    package static func lease(_ key: String, now: Timestamp, until: Timestamp) -> Self {
        .write { db in
            try db.update(
                """
                UPDATE order_intents SET leased_until = ? WHERE key = ? AND state IN ('committed', 'unknown')
                AND (leased_until IS NULL OR leased_until <= ?)
                """, [until.milliseconds, key, now.milliseconds])
            return db.changesCount > 0
        }
    }

    /// Refuses it on the shopper's behalf, as long as it cannot have been sent: nobody has its lease or died with it.
    /// - Returns: false when it may have been.
    package static func withdraw(_ key: String, reason: SafeText) -> Self {
        .write { db in
            try db.update(
                """
                UPDATE order_intents SET state = 'refused', refusal = ? WHERE key = ? AND state = 'committed'
                AND leased_until IS NULL
                """, [reason.string, key])
            return db.changesCount > 0
        }
    }
}

extension StoreOperation where Value == [OrderIntent] {
    /// Those of which it is not known what became of them, the oldest first.
    package static func unresolved(account: String) -> Self { .read { try $0.unresolved(account: account) } }

    /// All that have not been forgotten, the newest first.
    package static func intents(account: String) -> Self {
        .read { try $0.intents("account = ? ORDER BY created_at DESC, key", [account]) }
    }
}

extension Database {
    func unresolved(account: String) throws -> [OrderIntent] {
        try intents("account = ? AND state IN ('committed', 'unknown') ORDER BY created_at, key", [account])
    }

    fileprivate func intents(_ condition: String, _ arguments: [(any DatabaseValueConvertible)?]) throws
        -> [OrderIntent]
    {
        var intents: [OrderIntent] = []
        let cursor = try rows(
            """
            SELECT key, account, sku, title, quantity, quote, payment_method, maximum, exponent, currency, show,
            created_at, state, order_id, refusal FROM order_intents WHERE
            """ + " " + condition, arguments)
        while let row = try cursor.next() { intents.append(try row.intent()) }
        return intents
    }

    fileprivate func insert(_ intent: OrderIntent, leasedUntil: Timestamp?) throws {
        let (state, order, refusal) = intent.state.columns
        try update(
            "INSERT INTO order_intents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                intent.key, intent.account, intent.sku.rawValue, intent.title.string, intent.quantity,
                intent.quote.rawValue, intent.paymentMethod.rawValue, intent.maximumTotal.amount,
                intent.maximumTotal.exponent, intent.maximumTotal.currency, intent.show?.rawValue,
                intent.createdAt.milliseconds, state, order, refusal, leasedUntil?.milliseconds,
            ])
    }

    fileprivate func resolve(_ key: String, _ newState: OrderIntent.State) throws {
        let (state, order, refusal) = newState.columns
        try update(
            "UPDATE order_intents SET state = ?, order_id = ?, refusal = ?, leased_until = NULL WHERE key = ?",
            [state, order, refusal, key])
        guard changesCount > 0 else { throw StorageError.noSuchIntent(key: key) }
    }
}

extension OrderIntent.State {
    fileprivate var columns: (state: String, order: String?, refusal: String?) {
        switch self {
        case .committed: ("committed", nil, nil)
        case .unknown: ("unknown", nil, nil)
        case .placed(let order): ("placed", order.rawValue, nil)
        case .refused(let reason): ("refused", nil, reason.string)
        }
    }

    fileprivate init(_ state: String, order: OrderID?, refusal: String?) throws {
        switch (state, order, refusal) {
        case ("committed", _, _): self = .committed
        case ("unknown", _, _): self = .unknown
        case ("placed", let order?, _): self = .placed(order)
        case ("refused", _, let refusal?): self = .refused(SafeText(refusal))
        default: throw UnreadableRow()
        }
    }
}

extension Row {
    fileprivate func intent() throws -> OrderIntent {
        OrderIntent(
            key: try string(0), account: try string(1), sku: try id(2), title: try text(3),
            quantity: Int(try integer(4)), quote: try id(5), paymentMethod: try id(6), maximumTotal: try money(7),
            show: try findID(10), createdAt: try time(11),
            state: try OrderIntent.State(string(12), order: findID(13), refusal: findString(14)))
    }
}
