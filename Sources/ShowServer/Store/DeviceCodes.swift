import Domain
import GRDB

/// Programs that wait for somebody to let them in (RFC 8628).
enum DeviceCodes {
    static let lifeSeconds: Int64 = 600
    static let intervalSeconds: Int64 = 5
    /// So long a code is good for at least once somebody has said yes or no: the program may ask only now and then.
    private static let graceSeconds: Int64 = 60
    /// A poll that was under way for longer than the one before it comes early.
    private static let tolerance: Int64 = 250

    struct New {
        let deviceCode: String
        let userCode: String
    }

    struct Waiting {
        let userCode: String
        let client: String
    }

    enum Verdict {
        case tokens(account: String, SignIns.Tokens)
        /// An error's name in RFC 8628 or 6749.
        case error(String)
    }

    /// Without vowels, which make words, and without what is taken for something else (RFC 8628, 6.1).
    static let letters = Array("BCDFGHJKLMNPQRSTVWXZ")

    static func begin(_ db: Database, client: String, now: Timestamp) throws -> New {
        let code = New(
            deviceCode: "vtd_" + RandomName.text(bytes: 32),
            userCode: String((0..<8).map { _ in letters[Int.random(in: letters.indices)] }))
        try db.execute(
            sql: """
                INSERT INTO device_codes (user_code, code_hash, client, expires_at, interval) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                code.userCode, Digest.hex(code.deviceCode.utf8), client, now.milliseconds + lifeSeconds * 1000,
                intervalSeconds,
            ])
        return code
    }

    /// What somebody has typed, as it is kept: capitals, without what stands between them. nil for what is no code.
    static func normalized(_ typed: String) -> String? {
        guard typed.utf8.count <= 32 else { return nil }
        let code = typed.uppercased().filter { $0 != "-" && $0 != " " && $0 != "\u{2013}" }
        return code.count == 8 && code.allSatisfy(letters.contains) ? code : nil
    }

    static func shown(_ code: String) -> String { code.prefix(4) + "-" + code.suffix(4) }

    /// The program that waits under a code; nil where none does, or not any more.
    static func waiting(_ db: Database, _ userCode: String, now: Timestamp) throws -> Waiting? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT client FROM device_codes
                WHERE user_code = ? AND expires_at > ? AND account IS NULL AND NOT is_denied
                """, arguments: [userCode, now.milliseconds]
        ).map { Waiting(userCode: userCode, client: try $0.value("client")) }
    }

    /// - Parameter account: nil denies.
    /// - Returns: false where nobody waits under the code.
    static func decide(_ db: Database, _ userCode: String, account: String?, now: Timestamp) throws -> Bool {
        guard let waiting = try waiting(db, userCode, now: now) else { return false }
        let family = try account.map { try SignIns.beginFamily(db, of: $0, client: waiting.client, now: now) }
        try db.execute(
            sql: """
                UPDATE device_codes SET account = ?, family = ?, is_denied = ?, expires_at = max(expires_at, ?)
                WHERE user_code = ?
                """,
            arguments: [account, family, account == nil, now.milliseconds + graceSeconds * 1000, userCode])
        return true
    }

    static func poll(_ db: Database, deviceCode: String, client: String, now: Timestamp) throws -> Verdict {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM device_codes WHERE code_hash = ? AND client = ?",
            arguments: [Digest.hex(deviceCode.utf8), client])
        guard let row else { return .error("invalid_grant") }
        if try row.value("is_denied") { return .error("access_denied") }
        if try row.value("expires_at") <= now.milliseconds { return .error("expired_token") }
        if let account = row["account"] as String? {
            let tokens = try SignIns.first(db, family: try row.value("family"), code: deviceCode, now: now)
            return tokens.map { .tokens(account: account, $0) } ?? .error("invalid_grant")
        }
        let interval: Int64 = try row.value("interval")
        let last = row["polled_at"] as Int64? ?? 0
        let isEarly = now.milliseconds - last < interval * 1000 - tolerance
        try db.execute(
            sql: "UPDATE device_codes SET polled_at = ?, interval = ? WHERE user_code = ?",
            arguments: [now.milliseconds, isEarly ? interval + 5 : interval, try row.value("user_code") as String])
        return .error(isEarly ? "slow_down" : "authorization_pending")
    }
}
