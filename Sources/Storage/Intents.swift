import Domain
import GRDB
import Text

// An intent is written before anything is sent. It moves committed → sent → unknown → placed or refused and never back,
// but that a refused one may turn out to be placed: the schema's triggers see to that, whoever writes. Two processes never send one intent at the same time: see IntentTurns.

extension StoreOperation where Value == Void {
    /// Writes an intent down, durably, as it is: a new one, whose turn is taken with it, or one that goes out now.
    /// - Parameter budget: what a new one has to be within, with all that any program has spent by the same file.
    package static func record(_ intent: OrderIntent, within budget: Budget = Budget()) -> Self {
        intent.state == .committed ? commit(intent, within: budget) : .write { try $0.markSent(intent) }
    }

    private static func commit(_ intent: OrderIntent, within budget: Budget) -> Self {
        .write { db, turns in
            let verdict = budget.verdict(on: intent.maximumTotal, after: try db.spendings(), now: intent.createdAt)
            guard case .within = verdict else { throw StorageError.beyondBudget }
            _ = try turns.take(intent.key)
            do {
                try db.insert(intent)
            } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_PRIMARYKEY {
                throw StorageError.intentExists(key: intent.key)
            }
        }
    }

    /// Keeps what is known of it now and gives its turn back. The same state twice is no error.
    package static func resolve(_ key: String, _ state: OrderIntent.State) -> Self {
        .write { db, turns in
            try db.resolve(key, state)
            turns.giveBack(key)
        }
    }

    /// The shop has the order: keeps both in one transaction.
    package static func resolve(_ key: String, placedAs order: Order, account: String) -> Self {
        .write { db, turns in
            try db.forgetNamesake(of: order, for: key, account: account)
            try db.resolve(key, .placed(order.id))
            try db.upsert(order, account: account)
            turns.giveBack(key)
        }
    }

    /// The shopper no longer wants it: should the shop not have it, it is not sent again.
    package static func withdraw(_ key: String) -> Self {
        .write { try $0.update("UPDATE order_intents SET withdrawn = 1 WHERE key = ?", [key]) }
    }

    /// Removes one whose outcome is known and has been shown.
    package static func forget(_ key: String) -> Self {
        .write { try $0.update("DELETE FROM order_intents WHERE key = ?", [key]) }
    }
}

extension StoreOperation where Value == IntentTurn {
    /// Takes the turn to send it, or to ask what became of it; `resolve` gives it back.
    package static func takeTurn(_ key: String) -> Self {
        .write { db, turns in
            guard try turns.take(key) else { return .elsewhere }
            // Another process may have settled it since it was read.
            guard let intent = try db.intents("key = ?", [key]).first, !intent.isResolved else {
                turns.giveBack(key)
                return .settled
            }
            return .taken(intent, claimed: try db.claimedOrders(account: intent.account))
        }
    }
}

extension StoreOperation where Value == [OrderIntent] {
    /// Those of which it is not known what became of them, the oldest first.
    package static func unresolved(account: String) -> Self { .read { try $0.unresolved(account: account) } }

    /// Those that came to nothing since then, the oldest first.
    package static func refused(account: String, since: Timestamp) -> Self {
        .read { try $0.refused(account: account, since: since) }
    }

    /// All that have not been forgotten, the newest first.
    package static func intents(account: String) -> Self {
        .read { try $0.intents("account = ? ORDER BY created_at DESC, key", [account]) }
    }
}

extension Database {
    func unresolved(account: String) throws -> [OrderIntent] {
        try intents("account = ? AND state IN ('committed', 'sent', 'unknown') ORDER BY created_at, key", [account])
    }

    func refused(account: String, since: Timestamp) throws -> [OrderIntent] {
        try intents(
            "account = ? AND state = 'refused' AND created_at >= ? ORDER BY created_at, key",
            [account, since.milliseconds])
    }

    fileprivate func intents(_ condition: String, _ arguments: [(any DatabaseValueConvertible)?]) throws
        -> [OrderIntent]
    {
        var intents: [OrderIntent] = []
        let cursor = try rows(
            """
            SELECT key, account, buyer, sku, title, quantity, quote, quote_expires_at, payment_method, maximum, exponent, currency, show,
            created_at, keyed, state, order_id, refusal, withdrawn FROM order_intents WHERE
            """ + " " + condition, arguments)
        while let row = try cursor.next() { intents.append(try row.intent()) }
        return intents
    }

    fileprivate func insert(_ intent: OrderIntent) throws {
        let (state, order, refusal) = intent.state.columns
        try update(
            "INSERT INTO order_intents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                intent.key, intent.account, intent.buyer, intent.sku.rawValue, intent.title.string,
                intent.quantity, intent.quote.rawValue, intent.quoteExpiresAt.milliseconds,
                intent.paymentMethod.rawValue, intent.maximumTotal.amount,
                intent.maximumTotal.exponent, intent.maximumTotal.currency, intent.show?.rawValue,
                intent.createdAt.milliseconds, intent.isKeyed, state, order, refusal, intent.isWithdrawn,
            ])
    }

    /// Only what was written down, and has not been withdrawn since, goes out.
    fileprivate func markSent(_ intent: OrderIntent) throws {
        try update(
            "UPDATE order_intents SET state = 'sent' WHERE key = ? AND state IN ('committed', 'sent') AND NOT withdrawn",
            [intent.key])
        guard changesCount > 0 else { throw StorageError.withdrawn }
    }

    /// The orders that purchases at a shop without keys have been found to be.
    fileprivate func claimedOrders(account: String) throws -> Set<OrderID> {
        var claimed: Set<OrderID> = []
        let cursor = try rows(
            "SELECT order_id FROM order_intents WHERE account = ? AND state = 'placed' AND NOT keyed", [account])
        while let row = try cursor.next() { claimed.insert(try row.id(0)) }
        return claimed
    }

    /// A shop that was set up anew counts from the beginning: an order that was placed before this purchase was thought of
    /// has had the number that this one has now, and cannot be asked for any more.
    fileprivate func forgetNamesake(of order: Order, for key: String, account: String) throws {
        try update(
            """
            DELETE FROM order_intents WHERE account = ?1 AND order_id = ?2 AND state = 'placed' AND NOT keyed AND key <> ?3
                AND EXISTS (SELECT 1 FROM orders AS earlier, order_intents AS this
                    WHERE earlier.account = ?1 AND earlier.id = ?2 AND this.key = ?3
                        AND earlier.placed_at < this.created_at AND earlier.placed_at < ?4)
            """, [account, order.id.rawValue, key, order.placedAt.milliseconds])
    }

    /// The shop has an order of a purchase that was settled as a no: it was bought, and the no is taken back.
    func correctRefusal(of key: String, by order: OrderID, account: String) throws {
        try update(
            """
            UPDATE OR IGNORE order_intents SET state = 'placed', order_id = ?, refusal = NULL
            WHERE key = ? AND account = ? AND state = 'refused'
            """, [order.rawValue, key, account])
    }

    fileprivate func resolve(_ key: String, _ newState: OrderIntent.State) throws {
        let (state, order, refusal) = newState.columns
        try update(
            "UPDATE order_intents SET state = ?, order_id = ?, refusal = ? WHERE key = ?",
            [state, order, refusal, key])
        guard changesCount > 0 else { throw StorageError.noSuchIntent(key: key) }
    }
}

extension OrderIntent.State {
    fileprivate var columns: (state: String, order: String?, refusal: String?) {
        switch self {
        case .committed: ("committed", nil, nil)
        case .sent: ("sent", nil, nil)
        case .unknown: ("unknown", nil, nil)
        case .placed(let order): ("placed", order.rawValue, nil)
        case .refused(let reason): ("refused", nil, reason.string)
        }
    }

    fileprivate init(_ state: String, order: OrderID?, refusal: String?) throws {
        switch (state, order, refusal) {
        case ("committed", _, _): self = .committed
        case ("sent", _, _): self = .sent
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
            key: try string(0), account: try string(1), buyer: try string(2), sku: try id(3), title: try text(4),
            quantity: Int(try integer(5)), quote: try id(6), quoteExpiresAt: try time(7), paymentMethod: try id(8),
            maximumTotal: try money(9), show: try findID(12), createdAt: try time(13), isKeyed: try flag(14),
            state: try OrderIntent.State(string(15), order: findID(16), refusal: findString(17)),
            isWithdrawn: try flag(18))
    }
}
