import GRDB
import Glibc

/// From which the addresses of payment pages are made. The database has hashes of them alone, and this stands in a file
/// beside it: who gets hold of one of the two can pay, or look at, nobody's order.
struct CheckoutSecret: Sendable {
    private let text: String

    /// For a database in memory.
    init() { text = RandomName.text(bytes: 32) }

    /// Reads it, or makes it.
    init(database path: String) throws(ServerFailure) {
        let file = Self.file(of: path)
        let descriptor = try PrivateFile.open(file, of: path)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let known = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        if known.utf8.count >= 32 {
            text = known
            return
        }
        text = RandomName.text(bytes: 32)
        let new = Array(text.utf8)
        guard pwrite(descriptor, new, new.count, 0) == new.count, fsync(descriptor) == 0 else {
            throw ServerFailure("cannot write \(file): \(String(cString: strerror(errno)))")
        }
    }

    static func file(of database: String) -> String { database + ".secret" }

    /// The part of a payment page's address that nobody can guess.
    func token(of order: String) -> String { RandomName.text(from: "checkout \(order) \(text)") }

    /// Form of it in the database.
    static func hash(_ token: String) -> String { Digest.hex(token.utf8) }
}

extension Schema {
    /// Stands in a kept answer where the page's secret was: JSON has no such byte.
    static let tokenPlace = "\u{1}"

    /// Payment pages that are open keep their addresses, which this version cannot tell anybody any more.
    static func hashCheckouts(_ db: Database) throws {
        let orders = try Row.fetchAll(
            db, sql: "SELECT id, account, key, checkout FROM orders WHERE checkout IS NOT NULL")
        for order in orders {
            let token: String = try order.value("checkout")
            try db.execute(
                sql: "UPDATE orders SET checkout = ? WHERE id = ?",
                arguments: [CheckoutSecret.hash(token), try order.value("id") as String])
            try db.execute(
                sql: "UPDATE idempotency_keys SET answer = replace(answer, ?, ?) WHERE account = ? AND key = ?",
                arguments: [
                    token, tokenPlace, try order.value("account") as String, try order.value("key") as String,
                ])
        }
    }

    /// For those that have to be found by their account, to be forgotten with it.
    static let upkeep = """
        CREATE INDEX quotes_by_account ON quotes (account, expires_at);
        CREATE INDEX chat_messages_by_account ON chat_messages (account);
        CREATE INDEX chat_messages_by_age ON chat_messages (at);
        CREATE INDEX token_families_by_account ON token_families (account);
        CREATE INDEX device_codes_by_account ON device_codes (account) WHERE account IS NOT NULL;
        CREATE INDEX accounts_by_age ON accounts (created_at);
        """
}
