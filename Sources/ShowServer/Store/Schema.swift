import GRDB

/// The database's tables, in the steps in which they came to be.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 the shop") { try $0.execute(sql: shop) }
        migrator.registerMigration("2 shows and their timelines") { try $0.execute(sql: shows) }
        migrator.registerMigration("3 accounts and orders") { try $0.execute(sql: accounts) }
        migrator.registerMigration("4 orders on their way") { try $0.execute(sql: fulfilment) }
        migrator.registerMigration("5 reviews") { try $0.execute(sql: reviews) }
        migrator.registerMigration("6 orders after the sale") { try $0.execute(sql: afterSale) }
        migrator.registerMigration("7 signing in") { try $0.execute(sql: signingIn) }
        migrator.registerMigration("8 addresses of payment pages as hashes") { try hashCheckouts($0) }
        migrator.registerMigration("9 what is forgotten") { try $0.execute(sql: upkeep) }
        return migrator
    }

    private static let shop = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE hosts (
            id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, verified INTEGER NOT NULL,
            bio TEXT NOT NULL, followers INTEGER, search TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE products (
            id TEXT PRIMARY KEY, position INTEGER NOT NULL, host TEXT NOT NULL REFERENCES hosts, title TEXT NOT NULL,
            brand TEXT NOT NULL, summary TEXT NOT NULL, ships_from TEXT, rating_tenths INTEGER, rating_count INTEGER,
            rating_verified INTEGER, option_names TEXT NOT NULL, search TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE variants (
            sku TEXT PRIMARY KEY, product TEXT NOT NULL REFERENCES products, position INTEGER NOT NULL,
            options TEXT NOT NULL, amount INTEGER NOT NULL, usual_amount INTEGER NOT NULL, was INTEGER,
            usual_was INTEGER, exponent INTEGER NOT NULL, currency TEXT NOT NULL, stock INTEGER NOT NULL CHECK (stock >= 0),
            stock_total INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX variants_of_product ON variants (product, position);
        -- What a variant cost from when on; the lowest price of the last 30 days is read from it.
        CREATE TABLE prices (sku TEXT NOT NULL, at INTEGER NOT NULL, amount INTEGER NOT NULL);
        CREATE INDEX prices_of_sku ON prices (sku, at, amount);
        """

    private static let shows = """
        CREATE TABLE shows (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, summary TEXT NOT NULL,
            state TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL, delay_ms INTEGER NOT NULL,
            tags TEXT NOT NULL, hides_viewers INTEGER NOT NULL, planned INTEGER NOT NULL, played_to INTEGER NOT NULL,
            snapshot TEXT NOT NULL, search TEXT NOT NULL
        );
        CREATE INDEX shows_by_time ON shows (starts_at, id);
        CREATE TABLE show_hosts (
            show INTEGER NOT NULL REFERENCES shows ON DELETE CASCADE, position INTEGER NOT NULL,
            host TEXT NOT NULL REFERENCES hosts, PRIMARY KEY (show, position)
        ) WITHOUT ROWID;
        CREATE TABLE line_ups (
            show INTEGER NOT NULL REFERENCES shows ON DELETE CASCADE, position INTEGER NOT NULL,
            product TEXT NOT NULL REFERENCES products, PRIMARY KEY (show, position)
        ) WITHOUT ROWID;
        -- last_sequence is null while a segment grows.
        CREATE TABLE segments (
            show INTEGER NOT NULL REFERENCES shows ON DELETE CASCADE, number INTEGER NOT NULL,
            first_sequence INTEGER NOT NULL, last_sequence INTEGER, opening TEXT NOT NULL,
            PRIMARY KEY (show, number)
        ) WITHOUT ROWID;
        -- An event's JSON as it was first sent: it is never written anew.
        CREATE TABLE events (
            show INTEGER NOT NULL REFERENCES shows ON DELETE CASCADE, sequence INTEGER NOT NULL, at INTEGER NOT NULL,
            body TEXT NOT NULL, PRIMARY KEY (show, sequence)
        ) WITHOUT ROWID;
        CREATE TABLE moments (
            show INTEGER NOT NULL REFERENCES shows ON DELETE CASCADE, sequence INTEGER NOT NULL, at INTEGER NOT NULL,
            products TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (show, sequence)
        ) WITHOUT ROWID;
        """

    private static let reviews = """
        -- The newest of a product has position 0.
        CREATE TABLE reviews (
            product TEXT NOT NULL REFERENCES products, position INTEGER NOT NULL, id TEXT NOT NULL, author TEXT NOT NULL,
            stars INTEGER NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, verified INTEGER NOT NULL,
            PRIMARY KEY (product, position)
        ) WITHOUT ROWID;
        """

    private static let fulfilment = """
        -- Since when an order has had its status.
        ALTER TABLE orders ADD COLUMN status_at INTEGER NOT NULL DEFAULT 0;
        UPDATE orders SET status_at = placed_at;
        CREATE INDEX orders_by_status ON orders (status, status_at);
        """

    private static let accounts = """
        CREATE TABLE accounts (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE follows (
            account TEXT NOT NULL REFERENCES accounts, host TEXT NOT NULL REFERENCES hosts, at INTEGER NOT NULL,
            PRIMARY KEY (account, host)
        ) WITHOUT ROWID;
        CREATE TABLE chat_messages (
            id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts, show TEXT NOT NULL, text TEXT NOT NULL,
            at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE quotes (
            id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts, request TEXT NOT NULL,
            expires_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX quotes_by_expiry ON quotes (expires_at);
        CREATE TABLE orders (
            id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts, key TEXT NOT NULL, status TEXT NOT NULL,
            total INTEGER NOT NULL, exponent INTEGER NOT NULL, currency TEXT NOT NULL, placed_at INTEGER NOT NULL,
            show TEXT, payment_method TEXT NOT NULL, checkout TEXT UNIQUE, UNIQUE (account, key)
        ) WITHOUT ROWID;
        CREATE INDEX orders_by_time ON orders (account, placed_at DESC, id DESC);
        CREATE TABLE order_lines (
            order_id TEXT NOT NULL REFERENCES orders ON DELETE CASCADE, position INTEGER NOT NULL, sku TEXT NOT NULL,
            title TEXT NOT NULL, quantity INTEGER NOT NULL CHECK (quantity > 0), unit_amount INTEGER NOT NULL,
            exponent INTEGER NOT NULL, currency TEXT NOT NULL, PRIMARY KEY (order_id, position)
        ) WITHOUT ROWID;
        CREATE TABLE idempotency_keys (
            account TEXT NOT NULL REFERENCES accounts, key TEXT NOT NULL, body_hash TEXT NOT NULL,
            status INTEGER NOT NULL, answer TEXT NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY (account, key)
        ) WITHOUT ROWID;
        CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
        """
}
