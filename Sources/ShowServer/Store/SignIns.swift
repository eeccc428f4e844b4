import Domain
import GRDB
import LiveAPI

/// Accounts of those who sign in, and the tokens that they are given: hashes alone, in families that are revoked as a
/// whole (docs/decisions/0016).
enum SignIns {
    static let accessSeconds: Int64 = 3600
    /// So long after the last renewal somebody has to sign in anew.
    private static let idleSeconds: Int64 = 90 * 86_400
    /// Older ones than so many renewals ago are not known any more, not even as used.
    private static let rememberedTokens = 100

    struct Tokens {
        let access: String
        let refresh: String
    }

    // MARK: Accounts

    /// The account of a name, which is made when it is new: this demo shop has no passwords.
    static func account(_ db: Database, named name: String, now: Timestamp) throws -> AccountRecord {
        let handle = name.lowercased()
        let known = try Row.fetchOne(db, sql: "SELECT id, name FROM accounts WHERE handle = ?", arguments: [handle])
        if let known { return AccountRecord(id: try known.value("id"), name: try known.value("name"), isGuest: false) }
        let account = AccountRecord(id: "a-" + RandomName.text(bytes: 9), name: name, isGuest: false)
        try db.execute(
            sql: "INSERT INTO accounts (id, name, handle, token_hash, created_at) VALUES (?, ?, ?, ?, ?)",
            // Nobody has the token of this hash.
            arguments: [account.id, name, handle, "signed-in " + account.id, now.milliseconds])
        return account
    }

    static func formerly(_ db: Database, _ account: String) throws -> [String] {
        try String.fetchAll(
            db, sql: "SELECT id FROM accounts WHERE merged_into = ? ORDER BY created_at, id", arguments: [account])
    }

    /// Makes what a guest has the account's own. Again it changes nothing.
    /// - Returns: false where there is no such guest.
    static func merge(guestToken: String, into account: String, _ db: Database) throws -> Bool {
        let row = try Row.fetchOne(
            db, sql: "SELECT id, merged_into FROM accounts WHERE token_hash = ? AND handle IS NULL",
            arguments: [Digest.hex(guestToken.utf8)])
        guard let row else { return false }
        let guest: String = try row.value("id")
        if let owner = row["merged_into"] as String? { return owner == account }
        // Whoever both follow was counted twice.
        try db.execute(
            sql: """
                UPDATE hosts SET followers = max(0, followers - 1) WHERE id IN (
                    SELECT host FROM follows WHERE account = :guest
                    INTERSECT SELECT host FROM follows WHERE account = :account);
                UPDATE OR IGNORE follows SET account = :account WHERE account = :guest;
                DELETE FROM follows WHERE account = :guest;
                """, arguments: ["guest": guest, "account": account])
        // Keys are random, so that two of the same are somebody's experiment; an order is not lost for that.
        for table in ["orders", "idempotency_keys"] {
            try db.execute(
                sql: """
                    UPDATE \(table) SET key = key || ' of ' || account
                    WHERE account = :guest AND key IN (SELECT key FROM \(table) WHERE account = :account);
                    """, arguments: ["guest": guest, "account": account])
        }
        for table in ["orders", "idempotency_keys", "quotes", "chat_messages"] {
            try db.execute(
                sql: "UPDATE \(table) SET account = ? WHERE account = ?", arguments: [account, guest])
        }
        try db.execute(sql: "UPDATE accounts SET merged_into = ? WHERE id = ?", arguments: [account, guest])
        return true
    }

    // MARK: Tokens

    static func beginFamily(_ db: Database, of account: String, client: String, now: Timestamp) throws -> String {
        let family = "f-" + RandomName.text(bytes: 12)
        try db.execute(
            sql: "INSERT INTO token_families (id, account, client, created_at) VALUES (?, ?, ?, ?)",
            arguments: [family, account, client, now.milliseconds])
        return family
    }

    /// The first tokens of a family, for whoever has shown the device code.
    ///
    /// An answer can be lost, so a code may be shown again until one of its tokens has been used, and brings the same
    /// tokens: they are made from it. After that it is in two hands: the family is revoked, and nil returned.
    static func first(_ db: Database, family: String, code: String, now: Timestamp) throws -> Tokens? {
        let tokens = Tokens(
            access: "vta_" + RandomName.text(from: "access \(family) \(code)"),
            refresh: "vtr_" + RandomName.text(from: "refresh \(family) \(code)"))
        let isKnown = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM tokens WHERE family = ?)", arguments: [family])
        if isKnown != true { try insert(db, tokens, family: family, parent: 0, now: now) }
        let isUnused = try Bool.fetchOne(
            db,
            sql: """
                SELECT (SELECT revoked_at IS NULL FROM token_families WHERE id = :family)
                    AND NOT EXISTS (SELECT 1 FROM tokens WHERE family = :family AND (number > 1 OR is_used))
                """, arguments: ["family": family])
        guard isUnused == true else {
            try revoke(db, family: family, now: now)
            return nil
        }
        return tokens
    }

    /// The next tokens of a family, for whoever has shown the refresh token `parent`.
    ///
    /// An answer can be lost, so it may be shown again until any of the tokens that it has brought has been used. After
    /// that it is in two hands: the family is revoked, and nil returned.
    static func issue(_ db: Database, family: String, parent: Int, now: Timestamp) throws -> Tokens? {
        let wasUsed = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM tokens WHERE family = ? AND number > ? AND is_used)",
            arguments: [family, parent])
        guard wasUsed == false, try !isReplaced(db, family, parent) else {
            try revoke(db, family: family, now: now)
            return nil
        }
        let tokens = Tokens(
            access: "vta_" + RandomName.text(bytes: 32), refresh: "vtr_" + RandomName.text(bytes: 32))
        try insert(db, tokens, family: family, parent: parent, now: now)
        return tokens
    }

    private static func insert(
        _ db: Database, _ tokens: Tokens, family: String, parent: Int, now: Timestamp
    ) throws {
        try db.execute(
            sql: """
                UPDATE tokens SET is_used = TRUE WHERE family = :family AND number = :parent;
                INSERT INTO tokens (family, number, parent, access_hash, refresh_hash, expires_at, created_at)
                SELECT :family, coalesce(max(number), 0) + 1, :parent, :access, :refresh, :end, :now
                FROM tokens WHERE family = :family;
                DELETE FROM tokens WHERE family = :family AND number < (
                    SELECT max(number) FROM tokens WHERE family = :family) - \(rememberedTokens);
                """,
            arguments: [
                "family": family, "parent": parent, "access": Digest.hex(tokens.access.utf8),
                "refresh": Digest.hex(tokens.refresh.utf8), "end": now.milliseconds + accessSeconds * 1000,
                "now": now.milliseconds,
            ])
    }

    /// The tokens that follow on a refresh token; nil where it is nobody's, or nobody's any more.
    static func renew(_ db: Database, refresh: String, client: String, now: Timestamp) throws -> (String, Tokens)? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT family, number, account FROM tokens JOIN token_families ON id = family
                WHERE refresh_hash = ? AND client = ? AND revoked_at IS NULL AND tokens.created_at > ?
                """,
            arguments: [Digest.hex(refresh.utf8), client, now.milliseconds - idleSeconds * 1000])
        guard let row else { return nil }
        let tokens = try issue(db, family: try row.value("family"), parent: try row.value("number"), now: now)
        let account: String = try row.value("account")
        return tokens.map { (account, $0) }
    }

    /// Whose an access token is. `isNew` where it has not been shown before, which `noteUse` is to be told.
    static func account(_ db: Database, access: String, now: Timestamp) throws -> (AccountRecord, isNew: Bool)? {
        let row = try db.row(
            """
            SELECT accounts.id, accounts.name, family, number, is_used FROM tokens
            JOIN token_families ON token_families.id = family JOIN accounts ON accounts.id = account
            WHERE access_hash = ? AND revoked_at IS NULL AND expires_at > ?
            """, [Digest.hex(access.utf8), now.milliseconds])
        guard let row, try !isReplaced(db, try row.value("family"), try row.value("number")) else { return nil }
        let account = AccountRecord(id: try row.value("id"), name: try row.value("name"), isGuest: false)
        return (account, try !row.value("is_used"))
    }

    static func noteUse(_ db: Database, access: String) throws {
        try db.execute(
            sql: "UPDATE tokens SET is_used = TRUE WHERE access_hash = ?", arguments: [Digest.hex(access.utf8)])
    }

    /// Revokes all that one of its tokens belongs to (RFC 7009); a token that is nobody's changes nothing.
    static func revoke(_ db: Database, token: String, now: Timestamp) throws {
        let hash = Digest.hex(token.utf8)
        let family = try String.fetchOne(
            db, sql: "SELECT family FROM tokens WHERE access_hash = ? OR refresh_hash = ?", arguments: [hash, hash])
        if let family { return try revoke(db, family: family, now: now) }
        // A guest has one token, which is over with its hash; what was bought with it stays.
        try db.execute(
            sql: "UPDATE accounts SET token_hash = 'revoked ' || id WHERE token_hash = ? AND handle IS NULL",
            arguments: [hash])
    }

    private static func revoke(_ db: Database, family: String, now: Timestamp) throws {
        try db.execute(
            sql: "UPDATE token_families SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?",
            arguments: [now.milliseconds, family])
    }

    /// Whether others were given in its place, because the answer that it came in was lost.
    private static func isReplaced(_ db: Database, _ family: String, _ number: Int) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM tokens AS one JOIN tokens AS other USING (family, parent)
                        WHERE family = ? AND one.number = ? AND other.number > one.number)
                    """), arguments: [family, number]) ?? false
    }
}
