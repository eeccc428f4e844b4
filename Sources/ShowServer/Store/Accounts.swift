import Domain
import GRDB
import LiveAPI

/// Accounts, by the hash of their token: the token itself is kept nowhere.
enum Accounts {
    /// Whose a guest's token is; nil once the guest has become part of somebody's account.
    static func guest(_ db: Database, token: String) throws -> AccountRecord? {
        try db.row(
            "SELECT id, name FROM accounts WHERE token_hash = ? AND merged_into IS NULL", [Digest.hex(token.utf8)]
        ).map { AccountRecord(id: try $0.value("id"), name: try $0.value("name"), isGuest: true) }
    }

    static func facts(_ db: Database, _ account: String) throws -> AccountFacts? {
        try Row.fetchOne(db, sql: "SELECT name, handle FROM accounts WHERE id = ?", arguments: [account]).map {
            AccountFacts(
                account: account, name: try $0.value("name"), isGuest: ($0["handle"] as String?) == nil,
                formerly: try SignIns.formerly(db, account))
        }
    }

    static func openGuest(_ db: Database, now: Timestamp) throws -> GuestAccount {
        let id = "a-" + RandomName.text(bytes: 9)
        let number = Int.random(in: 1000...9999)
        let guest = GuestAccount(account: id, name: "guest-\(number)", token: "vt_" + RandomName.text(bytes: 32))
        try db.change(
            "INSERT INTO accounts (id, name, token_hash, created_at) VALUES (?, ?, ?, ?)",
            [guest.account, guest.name, Digest.hex(guest.token.utf8), now.milliseconds])
        return guest
    }

    static func follows(_ db: Database, _ account: String) throws -> [Host] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT hosts.* FROM follows JOIN hosts ON hosts.id = follows.host
                WHERE follows.account = ? ORDER BY follows.at, hosts.id
                """, arguments: [account]
        ).map(Catalogue.host)
    }

    /// - Returns: false when there is no such host.
    static func follow(_ db: Database, _ account: String, _ host: HostID, now: Timestamp) throws -> Bool {
        guard try Catalogue.host(db, host) != nil else { return false }
        try db.execute(
            sql: "INSERT OR IGNORE INTO follows (account, host, at) VALUES (?, ?, ?)",
            arguments: [account, host.rawValue, now.milliseconds])
        try count(db, host, db.changesCount)
        return true
    }

    static func unfollow(_ db: Database, _ account: String, _ host: HostID) throws -> Bool {
        guard try Catalogue.host(db, host) != nil else { return false }
        try db.execute(
            sql: "DELETE FROM follows WHERE account = ? AND host = ?", arguments: [account, host.rawValue])
        try count(db, host, -db.changesCount)
        return true
    }

    private static func count(_ db: Database, _ host: HostID, _ difference: Int) throws {
        try db.execute(
            sql: "UPDATE hosts SET followers = max(0, followers + ?) WHERE id = ?",
            arguments: [difference, host.rawValue])
    }
}

struct AccountRecord: Sendable {
    let id: String
    let name: String
    /// Nobody has signed in to it.
    let isGuest: Bool
}

/// Names that nobody can guess, from the system's random numbers.
enum RandomName {
    private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// Base 32 (Crockford's letters, small) of so many random bytes.
    static func text(bytes count: Int) -> String {
        let length = (count * 8 + 4) / 5
        return String(decoding: (0..<length).map { _ in letters[Int.random(in: 0..<32)] }, as: UTF8.self)
    }

    /// The name that belongs to a secret: the same for the same one, and nothing of it can be read from it.
    static func text(from secret: String) -> String {
        var (text, bits, count) = ([UInt8](), 0, 0)
        for byte in Digest.sha256(secret.utf8) {
            (bits, count) = (bits << 8 | Int(byte), count + 8)
            while count >= 5 {
                count -= 5
                text.append(letters[bits >> count & 31])
            }
            bits &= 31
        }
        return String(decoding: text, as: UTF8.self)
    }
}
