import GRDB

/// The tables, as a list of steps of which each was once the newest. A step that has been released never changes.
enum Schema {
    static let forwardOnlyMessage = "an order intent only moves forward"

    static let steps: [(name: String, sql: String)] = [
        ("1 shows, follows, orders, intents", firstStep), ("2 wish list, reminders", secondStep),
        ("3 until when an order can be paid", paymentEnds),
        ("4 sent intents, shops without keys", sentIntents),
        ("5 orders after the sale", afterSale), ("6 what kinds of shops remember", shopNotes),
        ("7 what is bought on the shop's own page", handedOver),
        ("8 replies to look at without the shop", keptReplies),
        ("9 what became of the money", moneyOfOrders),
    ]

    /// - Parameter count: how many steps an older version knew; for tests.
    static func migrator(steps count: Int = steps.count) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for step in steps.prefix(count) {
            migrator.registerMigration(step.name) { try $0.execute(sql: step.sql) }
        }
        return migrator
    }

    static func bringUpToDate(_ queue: DatabaseQueue, path: String) throws {
        let migrator = migrator()
        let applied = try queue.read(migrator.appliedIdentifiers)
        let known = steps.map(\.name)
        guard applied.isSubset(of: known) else { throw StorageError.newerVersion(path: path) }
        // Most starts have nothing to do, and the first frame waits for this.
        if applied.count < known.count { try migrator.migrate(queue) }
    }

    /// Amounts are three columns (minor units, exponent, ISO 4217 currency), times milliseconds since 1970.
    private static let firstStep = """
        CREATE TABLE fetches (
            account TEXT NOT NULL, what TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (account, what)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE hosts (
            account TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, verified INTEGER NOT NULL, bio TEXT NOT NULL,
            followers INTEGER,
            PRIMARY KEY (account, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE shows (
            account TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL,
            summary TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('scheduled', 'live', 'ended', 'cancelled')),
            -- Joined by U+001F, which no safe text contains: they are only ever read all at once.
            tags TEXT NOT NULL,
            starts_at INTEGER NOT NULL, ends_at INTEGER, viewers INTEGER, delay_ms INTEGER NOT NULL, stream_url TEXT,
            PRIMARY KEY (account, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE show_hosts (
            account TEXT NOT NULL, show TEXT NOT NULL, position INTEGER NOT NULL, host TEXT NOT NULL,
            PRIMARY KEY (account, show, position),
            FOREIGN KEY (account, show) REFERENCES shows (account, id) ON DELETE CASCADE,
            FOREIGN KEY (account, host) REFERENCES hosts (account, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE follows (
            account TEXT NOT NULL, host TEXT NOT NULL, position INTEGER NOT NULL,
            PRIMARY KEY (account, host),
            FOREIGN KEY (account, host) REFERENCES hosts (account, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE orders (
            account TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('unpaid', 'on_hold', 'awaiting_shipment', 'in_transit', 'delivered',
                'completed', 'cancelled', 'returned')),
            total INTEGER NOT NULL, exponent INTEGER NOT NULL, currency TEXT NOT NULL, placed_at INTEGER NOT NULL,
            show TEXT, checkout_url TEXT, can_cancel INTEGER NOT NULL,
            PRIMARY KEY (account, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX orders_newest ON orders (account, placed_at DESC, id);

        CREATE TABLE order_lines (
            account TEXT NOT NULL, order_id TEXT NOT NULL, position INTEGER NOT NULL, sku TEXT NOT NULL,
            title TEXT NOT NULL, quantity INTEGER NOT NULL, unit_price INTEGER NOT NULL, exponent INTEGER NOT NULL,
            currency TEXT NOT NULL,
            PRIMARY KEY (account, order_id, position),
            FOREIGN KEY (account, order_id) REFERENCES orders (account, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE order_intents (
            key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''), account TEXT NOT NULL,
            -- The shop's id of the account that buys: the order can be found in its name alone.
            buyer TEXT NOT NULL, sku TEXT NOT NULL, title TEXT NOT NULL, quantity INTEGER NOT NULL CHECK (quantity > 0), quote TEXT NOT NULL,
            quote_expires_at INTEGER NOT NULL, payment_method TEXT NOT NULL, maximum INTEGER NOT NULL, exponent INTEGER NOT NULL, currency TEXT NOT NULL,
            show TEXT, created_at INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('committed', 'unknown', 'placed', 'refused')),
            order_id TEXT CHECK ((order_id IS NOT NULL) = (state = 'placed')),
            refusal TEXT CHECK ((refusal IS NOT NULL) = (state = 'refused')),
            -- The shopper no longer wants it: it is not sent again.
            withdrawn INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX order_intents_by_state ON order_intents (account, state, created_at);

        CREATE TRIGGER order_intents_move_forward BEFORE UPDATE OF state, order_id, refusal ON order_intents
        WHEN (OLD.state = 'unknown' AND NEW.state = 'committed') OR (OLD.state IN ('placed', 'refused')
            AND (NEW.state, NEW.order_id, NEW.refusal) IS NOT (OLD.state, OLD.order_id, OLD.refusal))
        BEGIN SELECT RAISE(ABORT, '\(forwardOnlyMessage)'); END;

        CREATE TRIGGER order_intents_stay_the_same BEFORE UPDATE OF key, account, buyer, sku, title, quantity, quote,
            quote_expires_at, payment_method, maximum, exponent, currency, show, created_at ON order_intents
        BEGIN SELECT RAISE(ABORT, 'an order intent never changes'); END;

        CREATE TRIGGER order_intents_are_kept_until_resolved BEFORE DELETE ON order_intents
        WHEN OLD.state IN ('committed', 'unknown')
        BEGIN SELECT RAISE(ABORT, '\(forwardOnlyMessage)'); END;

        -- As this viewer saw it: a row where a price differs from the one before.
        CREATE TABLE price_history (
            account TEXT NOT NULL, sku TEXT NOT NULL, at INTEGER NOT NULL, price INTEGER NOT NULL,
            exponent INTEGER NOT NULL, currency TEXT NOT NULL,
            PRIMARY KEY (account, sku, at)
        ) STRICT, WITHOUT ROWID;
        """

    private static let secondStep = """
        -- The price is the one that was seen when it was wished for.
        CREATE TABLE wishes (
            account TEXT NOT NULL, product TEXT NOT NULL, title TEXT NOT NULL, brand TEXT NOT NULL,
            price INTEGER, exponent INTEGER, currency TEXT, at INTEGER NOT NULL,
            PRIMARY KEY (account, product),
            CHECK ((price IS NULL) = (exponent IS NULL) AND (price IS NULL) = (currency IS NULL))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE reminders (
            account TEXT NOT NULL, show TEXT NOT NULL, title TEXT NOT NULL, starts_at INTEGER NOT NULL,
            PRIMARY KEY (account, show)
        ) STRICT, WITHOUT ROWID;
        """

    /// An intent that an earlier version wrote down may have been sent.
    private static let sentIntents = """
        ALTER TABLE order_intents RENAME TO earlier_intents;
        DROP INDEX order_intents_by_state;
        DROP TRIGGER order_intents_move_forward;
        DROP TRIGGER order_intents_stay_the_same;
        DROP TRIGGER order_intents_are_kept_until_resolved;

        CREATE TABLE order_intents (
            key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''), account TEXT NOT NULL,
            -- The shop's id of the account that buys: the order can be found in its name alone.
            buyer TEXT NOT NULL, sku TEXT NOT NULL, title TEXT NOT NULL, quantity INTEGER NOT NULL CHECK (quantity > 0),
            quote TEXT NOT NULL, quote_expires_at INTEGER NOT NULL, payment_method TEXT NOT NULL,
            maximum INTEGER NOT NULL, exponent INTEGER NOT NULL, currency TEXT NOT NULL,
            show TEXT, created_at INTEGER NOT NULL,
            -- The shop buys once for a key, and finds the order by it.
            keyed INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('committed', 'sent', 'unknown', 'placed', 'refused')),
            order_id TEXT CHECK ((order_id IS NOT NULL) = (state = 'placed')),
            refusal TEXT CHECK ((refusal IS NOT NULL) = (state = 'refused')),
            -- The shopper no longer wants it: it is not sent again.
            withdrawn INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO order_intents SELECT key, account, buyer, sku, title, quantity, quote, quote_expires_at,
            payment_method, maximum, exponent, currency, show, created_at, 1, replace(state, 'committed', 'sent'),
            order_id, refusal, withdrawn FROM earlier_intents;
        DROP TABLE earlier_intents;
        CREATE INDEX order_intents_by_state ON order_intents (account, state, created_at);
        -- Without keys an order is found by what it is of, and two purchases must not be found to be the same one.
        CREATE UNIQUE INDEX order_intents_claim ON order_intents (account, order_id) WHERE state = 'placed' AND NOT keyed;

        CREATE TRIGGER order_intents_begin_committed BEFORE INSERT ON order_intents
        WHEN NEW.state <> 'committed'
        BEGIN SELECT RAISE(ABORT, '\(forwardOnlyMessage)'); END;

        -- What was never sent can become nothing but sent, or a no.
        CREATE TRIGGER order_intents_move_forward BEFORE UPDATE OF state, order_id, refusal ON order_intents
        WHEN (NEW.state = 'committed' AND OLD.state <> 'committed') OR (NEW.state = 'sent' AND OLD.state = 'unknown')
            OR (OLD.state = 'committed' AND NEW.state IN ('unknown', 'placed'))
            OR (OLD.state IN ('placed', 'refused')
                AND (NEW.state, NEW.order_id, NEW.refusal) IS NOT (OLD.state, OLD.order_id, OLD.refusal))
        BEGIN SELECT RAISE(ABORT, '\(forwardOnlyMessage)'); END;

        CREATE TRIGGER order_intents_stay_the_same BEFORE UPDATE OF key, account, buyer, sku, title, quantity, quote,
            quote_expires_at, payment_method, maximum, exponent, currency, show, created_at, keyed ON order_intents
        BEGIN SELECT RAISE(ABORT, 'an order intent never changes'); END;

        CREATE TRIGGER order_intents_are_kept_until_resolved BEFORE DELETE ON order_intents
        WHEN OLD.state IN ('committed', 'sent', 'unknown')
        BEGIN SELECT RAISE(ABORT, '\(forwardOnlyMessage)'); END;
        """
}
