extension Schema {
    /// What the shop tells of an order after the sale. Charges are in the currency and exponent of the order's total.
    static let afterSale = """
        ALTER TABLE orders ADD COLUMN tax_included INTEGER;
        ALTER TABLE orders ADD COLUMN payment TEXT;
        ALTER TABLE orders ADD COLUMN payment_kind TEXT;
        ALTER TABLE orders ADD COLUMN payment_label TEXT;
        ALTER TABLE orders ADD COLUMN address TEXT;
        ALTER TABLE orders ADD COLUMN address_label TEXT;
        ALTER TABLE orders ADD COLUMN address_country TEXT;
        ALTER TABLE orders ADD COLUMN estimated_delivery INTEGER;
        ALTER TABLE orders ADD COLUMN return_by INTEGER;
        ALTER TABLE orders ADD COLUMN can_return INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE orders ADD COLUMN return_reason TEXT;
        ALTER TABLE orders ADD COLUMN return_note TEXT;
        ALTER TABLE orders ADD COLUMN carrier TEXT;
        ALTER TABLE orders ADD COLUMN tracking_number TEXT;
        ALTER TABLE orders ADD COLUMN tracking_url TEXT;
        ALTER TABLE order_lines ADD COLUMN product TEXT;

        CREATE TABLE order_charges (
            account TEXT NOT NULL, order_id TEXT NOT NULL, position INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('subtotal', 'discount', 'shipping', 'tax', 'duties')),
            label TEXT NOT NULL, amount INTEGER NOT NULL, exponent INTEGER NOT NULL, currency TEXT NOT NULL,
            PRIMARY KEY (account, order_id, position),
            FOREIGN KEY (account, order_id) REFERENCES orders (account, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        -- What happened when, each kind in its order.
        CREATE TABLE order_steps (
            account TEXT NOT NULL, order_id TEXT NOT NULL, position INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('status', 'parcel', 'return')),
            what TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (account, order_id, position),
            FOREIGN KEY (account, order_id) REFERENCES orders (account, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        """
}
