extension Schema {
    /// Orders after the sale. A status only moves where `OrderStatus.next` lets it, whoever writes it, and what it has
    /// been is written down with it; the same for returns. No status comes twice, so a history has an end.
    static let afterSale = """
        ALTER TABLE orders ADD COLUMN bill TEXT;
        ALTER TABLE orders ADD COLUMN address TEXT;
        ALTER TABLE orders ADD COLUMN return_by INTEGER;
        ALTER TABLE order_lines ADD COLUMN product TEXT;

        CREATE TABLE order_steps (before TEXT NOT NULL, after TEXT NOT NULL, PRIMARY KEY (before, after)) WITHOUT ROWID;
        INSERT INTO order_steps VALUES ('unpaid', 'on_hold'), ('unpaid', 'awaiting_shipment'), ('unpaid', 'cancelled'),
            ('on_hold', 'awaiting_shipment'), ('on_hold', 'cancelled'), ('awaiting_shipment', 'in_transit'),
            ('awaiting_shipment', 'cancelled'), ('in_transit', 'delivered'), ('delivered', 'completed'),
            ('delivered', 'returned');
        CREATE TRIGGER orders_move_as_they_may BEFORE UPDATE OF status ON orders
        WHEN (OLD.status, NEW.status) NOT IN (SELECT before, after FROM order_steps)
        BEGIN SELECT RAISE(ABORT, 'an order does not move that way'); END;

        CREATE TABLE order_history (
            id INTEGER PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders ON DELETE CASCADE, status TEXT NOT NULL,
            at INTEGER NOT NULL, UNIQUE (order_id, status)
        );
        INSERT INTO order_history (order_id, status, at) SELECT id, status, status_at FROM orders;
        CREATE TRIGGER orders_begin AFTER INSERT ON orders
        BEGIN INSERT INTO order_history (order_id, status, at) VALUES (NEW.id, NEW.status, NEW.status_at); END;
        CREATE TRIGGER orders_are_followed AFTER UPDATE OF status ON orders
        BEGIN INSERT INTO order_history (order_id, status, at) VALUES (NEW.id, NEW.status, NEW.status_at); END;

        CREATE TABLE parcels (
            order_id TEXT PRIMARY KEY REFERENCES orders ON DELETE CASCADE, number TEXT NOT NULL, origin TEXT,
            left_at INTEGER NOT NULL, due_at INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE returns (
            order_id TEXT PRIMARY KEY REFERENCES orders ON DELETE CASCADE, reason TEXT NOT NULL, note TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('requested', 'accepted', 'refunded')), state_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX returns_by_state ON returns (state, state_at);
        CREATE TRIGGER returns_move_as_they_may BEFORE UPDATE OF state ON returns
        WHEN (OLD.state, NEW.state) NOT IN (VALUES ('requested', 'accepted'), ('accepted', 'refunded'))
        BEGIN SELECT RAISE(ABORT, 'a return does not move that way'); END;
        CREATE TABLE return_history (
            id INTEGER PRIMARY KEY, order_id TEXT NOT NULL REFERENCES returns ON DELETE CASCADE, state TEXT NOT NULL,
            at INTEGER NOT NULL, UNIQUE (order_id, state)
        );
        CREATE TRIGGER returns_begin AFTER INSERT ON returns
        BEGIN INSERT INTO return_history (order_id, state, at) VALUES (NEW.order_id, NEW.state, NEW.state_at); END;
        CREATE TRIGGER returns_are_followed AFTER UPDATE OF state ON returns
        BEGIN INSERT INTO return_history (order_id, state, at) VALUES (NEW.order_id, NEW.state, NEW.state_at); END;
        """
}
