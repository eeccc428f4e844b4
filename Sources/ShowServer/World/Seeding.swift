import Domain
import GRDB
import Text

/// Writes the demo shop's hosts and products into a fresh database.
enum Seeding {
    static func isNeeded(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM hosts") == 0
    }

    /// The seed that the world goes on with; a new one is made from what is asked for.
    /// - Throws: `ServerFailure` where the database was made from another.
    static func seed(_ db: Database, asked: UInt64?) throws -> UInt64 {
        let kept = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'seed'").flatMap { UInt64($0) }
        guard let kept else { return asked ?? 1 }
        guard asked ?? kept == kept else {
            throw ServerFailure(
                "this world was made from the seed \(kept): leave --seed out, or begin a new one with --fresh")
        }
        return kept
    }

    static func seedShop(_ turn: Turn, _ cast: Cast, seed: UInt64) throws {
        try turn.db.execute(
            sql: "INSERT INTO meta (key, value) VALUES ('seed', ?), ('popups', '0')", arguments: [String(seed)])
        var position = 0
        for (index, host) in cast.hosts.enumerated() {
            try insert(turn.db, host, position: index)
            for id in cast.products(of: [host]) {
                guard let item = cast.items[id] else { continue }
                try insert(turn, item, position: position, seed: seed)
                position += 1
            }
        }
    }

    private static func insert(_ db: Database, _ host: HostSeed, position: Int) throws {
        try db.execute(
            sql: """
                INSERT INTO hosts (id, position, name, verified, bio, followers, search) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                host.id, position, host.name, host.isVerified, host.bio, host.followers,
                ShowRecords.searchable("\(host.name) \(host.bio) \(host.tags.joined(separator: " "))"),
            ])
    }

    private static func insert(_ turn: Turn, _ item: Cast.Item, position: Int, seed: UInt64) throws {
        var dice = SplitMix64(seed, UInt64(named: item.id.rawValue))
        let ratings = dice.pick(12...900)
        try turn.db.execute(
            sql: """
                INSERT INTO products (id, position, host, title, brand, summary, ships_from, rating_tenths,
                    rating_count, rating_verified, option_names, search)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                item.id.rawValue, position, item.host.id, item.seed.title, item.seed.brand, item.seed.summary,
                item.host.country, dice.pick(38...50), ratings, ratings * dice.pick(60...95) / 100,
                WireCoding.text(item.seed.options.map(\.name)),
                ShowRecords.searchable("\(item.seed.title) \(item.seed.brand) \(item.seed.summary)"),
            ])
        for (index, variant) in item.variants.enumerated() {
            let stock = dice.once(in: 9) ? dice.pick(1...4) : dice.pick(12...90)
            let exponent = CurrencyExponents.exponent(of: item.host.currency)
            try turn.db.execute(
                sql: """
                    INSERT INTO variants (sku, product, position, options, amount, usual_amount, was, usual_was,
                        exponent, currency, stock, stock_total)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    variant.sku.rawValue, item.id.rawValue, index, WireCoding.text(variant.options),
                    item.seed.price, item.seed.price, item.seed.was, item.seed.was, exponent, item.host.currency,
                    stock, max(stock, 12),
                ])
            // Three weeks ago it cost the price that it is compared with, or what it costs now.
            let past = turn.now.milliseconds - 21 * 24 * 3600 * 1000
            try turn.db.execute(
                sql: "INSERT INTO prices (sku, at, amount) VALUES (?, ?, ?), (?, ?, ?)",
                arguments: [
                    variant.sku.rawValue, past, item.seed.was ?? item.seed.price, variant.sku.rawValue,
                    past + 7 * 24 * 3600 * 1000, item.seed.price,
                ])
        }
    }
}
