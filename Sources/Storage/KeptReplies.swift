import Domain
import FoundationEssentials
import GRDB

/// What a shop answered to a question that everybody may ask, to be shown with its age when the shop cannot be asked.
package struct KeptReply: Hashable, Sendable {
    package var at: Timestamp
    /// `Name: value`, a line each.
    package var headers: String
    package var body: Data

    package init(at: Timestamp, headers: String, body: Data) {
        self.at = at
        self.headers = headers
        self.body = body
    }
}

extension Schema {
    static let keptReplies = """
        CREATE TABLE kept_replies (
            account TEXT NOT NULL, url TEXT NOT NULL, at INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (account, url)
        ) STRICT;
        CREATE INDEX kept_replies_newest ON kept_replies (account, at DESC);
        """
}

extension StoreOperation<KeptReply?> {
    package static func keptReply(_ url: String, account: String) -> Self {
        .read { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT at, headers, body FROM kept_replies WHERE account = ? AND url = ?",
                arguments: [account, url])
            return row.map {
                KeptReply(at: Timestamp(milliseconds: $0["at"]), headers: $0["headers"], body: $0["body"])
            }
        }
    }
}

extension StoreOperation<Void> {
    /// Of a shop, in bytes of all bodies; the oldest go first. A product takes about 2 kB on the wire of a real shop.
    package static let keptReplyBytes = 16 << 20

    /// Keeps a reply in the place of the one before. One that says the same is written anew every ten minutes only: an open
    /// page asks twice a minute.
    package static func keepReply(_ reply: KeptReply, of url: String, account: String) -> Self {
        .cache { db in
            try db.execute(
                sql: """
                    INSERT INTO kept_replies (account, url, at, headers, body) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (account, url) DO UPDATE
                    SET at = excluded.at, headers = excluded.headers, body = excluded.body
                    WHERE body <> excluded.body OR at < excluded.at - 600000 OR at > excluded.at
                    """,
                arguments: [account, url, reply.at.milliseconds, reply.headers, reply.body])
            guard db.changesCount > 0 else { return }
            try db.execute(
                sql: """
                    DELETE FROM kept_replies WHERE rowid IN (
                        SELECT rowid FROM (
                            SELECT rowid, sum(length(body)) OVER (ORDER BY at DESC, rowid DESC) AS total
                            FROM kept_replies WHERE account = ?
                        ) WHERE total > ?
                    )
                    """,
                arguments: [account, keptReplyBytes])
        }
    }
}
