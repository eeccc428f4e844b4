import Domain
import GRDB
import Text

extension StoreOperation where Value == Void {
    /// Keeps the schedule in the order it is given in, in the place of the one that was kept before.
    package static func saveSchedule(_ shows: [Show], at: Timestamp, account: String) -> Self {
        .cache { db in
            try db.update("DELETE FROM shows WHERE account = ?", [account])
            for (position, show) in shows.enumerated() {
                try db.insert(show, at: position, account: account)
            }
            try db.dropForgottenHosts(account: account)
            try db.markFetched(.schedule, at: at, account: account)
        }
    }

    /// The schedule was asked for and has not changed since it was kept.
    package static func confirmSchedule(at: Timestamp, account: String) -> Self {
        .cache { try $0.markFetched(.schedule, at: at, account: account) }
    }
}

/// What is kept as a whole, with the time at which the shop was last asked for it.
enum Fetch: String {
    case schedule, follows, orders
}

extension Database {
    func shows(account: String) throws -> [Show] {
        var hosts: [ShowID: [Host]] = [:]
        let presenters = try rows(
            """
            SELECT show, h.id, h.name, h.verified, h.bio, h.followers FROM show_hosts s
            JOIN hosts h ON h.account = s.account AND h.id = s.host WHERE s.account = ? ORDER BY show, position
            """, [account])
        while let row = try presenters.next() {
            hosts[try row.id(0), default: []].append(try row.host(1))
        }
        var shows: [Show] = []
        let cursor = try rows(
            """
            SELECT id, title, summary, state, tags, starts_at, ends_at, viewers, delay_ms, stream_url
            FROM shows WHERE account = ? ORDER BY position
            """, [account])
        while let row = try cursor.next() {
            let id: ShowID = try row.id(0)
            shows.append(try row.show(id, hosts: hosts[id] ?? []))
        }
        return shows
    }

    func markFetched(_ what: Fetch, at: Timestamp, account: String) throws {
        try update("INSERT OR REPLACE INTO fetches VALUES (?, ?, ?)", [account, what.rawValue, at.milliseconds])
    }

    func fetchTimes(account: String) throws -> [Fetch: Timestamp] {
        var times: [Fetch: Timestamp] = [:]
        let cursor = try rows("SELECT what, at FROM fetches WHERE account = ?", [account])
        while let row = try cursor.next() {
            if let what = Fetch(rawValue: try row.string(0)) { times[what] = try row.time(1) }
        }
        return times
    }

    func upsert(_ host: Host, account: String) throws {
        try update(
            """
            INSERT INTO hosts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
            SET name = excluded.name, verified = excluded.verified, bio = excluded.bio, followers = excluded.followers
            """,
            [account, host.id.rawValue, host.name.string, host.isVerified, host.bio.string, host.followers])
    }

    func dropForgottenHosts(account: String) throws {
        try update(
            """
            DELETE FROM hosts WHERE account = ?1
            AND id NOT IN (SELECT host FROM show_hosts WHERE account = ?1)
            AND id NOT IN (SELECT host FROM follows WHERE account = ?1)
            """, [account])
    }

    /// A shop may list a show twice or a host twice in one show; the first counts.
    fileprivate func insert(_ show: Show, at position: Int, account: String) throws {
        try update(
            "INSERT OR IGNORE INTO shows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                account, show.id.rawValue, position, show.title.string, show.summary.string, show.state.rawValue,
                show.tags.map(\.string).joined(separator: tagSeparator), show.startsAt.milliseconds,
                show.endsAt?.milliseconds, show.viewers, show.delayMilliseconds, show.streamURL,
            ])
        guard changesCount > 0 else { return }
        for (place, host) in show.hosts.enumerated() {
            try upsert(host, account: account)
            try update(
                "INSERT INTO show_hosts VALUES (?, ?, ?, ?)",
                [account, show.id.rawValue, place, host.id.rawValue])
        }
    }
}

private let tagSeparator = "\u{1F}"

extension Row {
    /// Five columns from `index` on.
    func host(_ index: Int) throws -> Host {
        Host(
            id: try id(index), name: try text(index + 1), isVerified: try flag(index + 2), bio: try text(index + 3),
            followers: try findInteger(index + 4).map { Int($0) })
    }

    fileprivate func show(_ id: ShowID, hosts: [Host]) throws -> Show {
        guard let state = ShowState(rawValue: try string(3)) else { throw UnreadableRow() }
        return Show(
            id: id, title: try text(1), summary: try text(2), state: state, hosts: hosts,
            tags: try string(4).split(separator: tagSeparator).map { SafeText($0) }, startsAt: try time(5),
            endsAt: try findInteger(6).map { Timestamp(milliseconds: $0) },
            viewers: try findInteger(7).map { Int($0) }, delayMilliseconds: Int(try integer(8)),
            streamURL: try findString(9))
    }
}
