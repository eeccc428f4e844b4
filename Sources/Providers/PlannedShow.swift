import Domain
import LiveAPI
import Text

/// A show that a schedule announces, as it is kept: what is shown of it is made safe then.
package struct PlannedShow: Codable, Hashable, Sendable {
    package var id: String
    package var title: String
    package var summary: String
    package var startsAt: Timestamp
    package var endsAt: Timestamp?
    package var isCancelled: Bool

    package init(
        id: String, title: String, summary: String, startsAt: Timestamp, endsAt: Timestamp?, isCancelled: Bool
    ) {
        self.id = id
        self.title = String(title.prefix(200))
        self.summary = String(summary.prefix(WireLimits.textCharacters))
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.isCancelled = isCancelled
    }

    /// Hosts begin a little early.
    private static let earliest = Duration.seconds(15 * 60)
    /// How long a show without an end may take.
    private static let usualLength = Duration.seconds(2 * 3600)

    /// Whether a stream that is on at this time is this show.
    func covers(_ time: Timestamp) -> Bool {
        !isCancelled && startsAt - Self.earliest <= time && time < (endsAt ?? startsAt + Self.usualLength)
    }

    func isOver(at time: Timestamp) -> Bool { (endsAt ?? startsAt + Self.usualLength) <= time }
}

extension [PlannedShow] {
    /// The one that a stream which is on at this time is: the last to have begun.
    func current(at time: Timestamp) -> PlannedShow? {
        filter { $0.covers(time) }.max { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
    }
}

extension ShowFilter {
    /// For sources that cannot be asked so.
    func matches(_ show: Show) -> Bool {
        if let from, (show.endsAt ?? show.startsAt) < from, show.state != .live { return false }
        if let to, show.startsAt > to { return false }
        if let state, show.state != state { return false }
        if let host, !show.hosts.contains(where: { $0.id == host }) { return false }
        if let tag, !show.tags.contains(where: { $0.string.lowercased() == tag.lowercased() }) { return false }
        guard let search, !search.isEmpty else { return true }
        let words = ([show.title, show.summary] + show.hosts.map(\.name)).map { $0.string.lowercased() }
        return words.contains { $0.contains(search.lowercased()) }
    }
}
