extension Schema {
    /// What is bought on the shop's own page, or not, has a status of its own once that page is over. SQLite changes no
    /// check that stands, so the table is made anew.
    static let handedOver = """
        CREATE TABLE orders_anew (
            account TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('unpaid', 'on_hold', 'awaiting_shipment', 'in_transit', 'delivered',
                'completed', 'cancelled', 'returned', 'gone')),
            total INTEGER NOT NULL, exponent INTEGER NOT NULL, currency TEXT NOT NULL, placed_at INTEGER NOT NULL,
            show TEXT, checkout_url TEXT, can_cancel INTEGER NOT NULL,
            tax_included INTEGER, payment TEXT, payment_kind TEXT, payment_label TEXT, address TEXT, address_label TEXT,
            address_country TEXT, estimated_delivery INTEGER, return_by INTEGER, can_return INTEGER NOT NULL DEFAULT 0,
            return_reason TEXT, return_note TEXT, carrier TEXT, tracking_number TEXT, tracking_url TEXT,
            PRIMARY KEY (account, id)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO orders_anew SELECT * FROM orders;
        DROP TABLE orders;
        ALTER TABLE orders_anew RENAME TO orders;
        CREATE INDEX orders_newest ON orders (account, placed_at DESC, id);
        """
}
