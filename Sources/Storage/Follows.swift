import Domain
import GRDB

extension StoreOperation where Value == Void {
    /// Keeps whom the account follows, as the shop tells it, in the place of what was kept before.
    package static func saveFollows(_ hosts: [Host], at: Timestamp, account: String) -> Self {
        .cache { db in
            try db.update("DELETE FROM follows WHERE account = ?", [account])
            for host in hosts { try db.addFollow(host, account: account) }
            try db.dropForgottenHosts(account: account)
            try db.markFetched(.follows, at: at, account: account)
        }
    }

    /// Follows one host more, or one less.
    package static func setFollow(_ host: Host, _ isFollowed: Bool, account: String) -> Self {
        .write { db in
            if isFollowed {
                try db.addFollow(host, account: account)
            } else {
                try db.update(
                    "DELETE FROM follows WHERE account = ? AND host = ?", [account, host.id.rawValue])
                try db.dropForgottenHosts(account: account)
            }
        }
    }
}

extension StoreOperation where Value == [Host] {
    package static func follows(account: String) -> Self { .read { try $0.follows(account: account) } }
}

extension Database {
    func follows(account: String) throws -> [Host] {
        var hosts: [Host] = []
        let cursor = try rows(
            """
            SELECT h.id, h.name, h.verified, h.bio, h.followers FROM follows f
            JOIN hosts h ON h.account = f.account AND h.id = f.host WHERE f.account = ? ORDER BY f.position
            """, [account])
        while let row = try cursor.next() { hosts.append(try row.host(0)) }
        return hosts
    }

    fileprivate func addFollow(_ host: Host, account: String) throws {
        try upsert(host, account: account)
        try update(
            """
            INSERT OR IGNORE INTO follows SELECT ?1, ?2, coalesce(max(position), -1) + 1
            FROM follows WHERE account = ?1
            """, [account, host.id.rawValue])
    }
}
