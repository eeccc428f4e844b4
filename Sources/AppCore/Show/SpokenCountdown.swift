import Domain

/// What is said of ends that draw near, where a running clock would only be noise: once at five minutes, at one minute
/// and at ten seconds, and never in between. All times are the server's.
package struct SpokenCountdown<Subject: Hashable & Sendable>: Sendable {
    /// How long before an end something is said of it.
    package static var moments: [Duration] { [.seconds(300), .seconds(60), .seconds(10)] }
    /// What is said no later than this after its moment is said of the moment.
    private static var tolerance: Duration { .seconds(1) }

    /// What is to be said now.
    package struct Announcement: Hashable, Sendable {
        package var subject: Subject
        /// What is left: a moment's length, or what really is where its moment was missed.
        package var left: Duration
    }

    private struct Entry {
        var end: Timestamp
        /// Up to then everything has been said, or was not known yet.
        var saidUpTo: Timestamp

        var next: Timestamp? { moments.map { end - $0 }.filter { $0 > saidUpTo }.min() }

        func lastMoment(upTo now: Timestamp) -> Duration? {
            moments.last { end - $0 > saidUpTo && end - $0 <= now }
        }
    }

    private var entries: [Subject: Entry] = [:]

    package init() {}

    /// Counts down to these ends and to no others. A moment that is over when an end becomes known is not made up for.
    package mutating func follow(_ ends: [Subject: Timestamp], at now: Timestamp) {
        entries = entries.filter { ends[$0.key] != nil }
        for (subject, end) in ends where entries[subject]?.end != end {
            entries[subject] = Entry(end: end, saidUpTo: now)
        }
    }

    /// When there is something to say next; nil when nothing is left to say.
    package var nextAt: Timestamp? { entries.values.compactMap(\.next).min() }

    /// What has become due, the nearest end first: of moments that went by unnoticed only the last, and nothing of an
    /// end that is over.
    package mutating func take(at now: Timestamp) -> [Announcement] {
        var due: [(end: Timestamp, announcement: Announcement)] = []
        for (subject, entry) in entries {
            guard let moment = entry.lastMoment(upTo: now) else { continue }
            entries[subject]?.saidUpTo = now
            guard now < entry.end else { continue }
            let isLate = now - (entry.end - moment) > Self.tolerance
            due.append((entry.end, Announcement(subject: subject, left: isLate ? entry.end - now : moment)))
        }
        return due.sorted { $0.end < $1.end }.map(\.announcement)
    }
}
