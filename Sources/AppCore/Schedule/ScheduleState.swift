import Domain
import Text

/// The shows that are known, of all channels, and where the reader is among them.
package struct ScheduleState: Sendable {
    package private(set) var shows: [Show] = []
    /// The row that the cursor is on.
    package var chosen: ShowOrProduct?
    /// What the shops have of what is searched for; nil where nothing is.
    package var found: FoundGoods?
    private var sources = PerChannel(ScheduleSource())

    package init() {}

    /// The show that the cursor is on.
    package var selected: ShowID? {
        get { if case .show(let id) = chosen { id } else { nil } }
        set { chosen = newValue.map { .show($0) } }
    }

    package subscript(channel: Channel) -> ScheduleSource {
        get { sources[channel] }
        set {
            let before = sources[channel].shows
            sources[channel] = newValue
            guard newValue.shows != before else { return }
            shows = shows.filter { $0.id.channel < channel } + newValue.shows + shows.filter { $0.id.channel > channel }
        }
    }
}

/// The shows of one channel, and how it stands with asking for them.
package struct ScheduleSource: Sendable {
    package var shows: [Show] = []
    package var fetchedAt: Timestamp?
    package var poller = Poller()
    /// A page of an answer that is still being put together.
    package var collected: [Show] = []
    package var failure: ShopFailure?

    package init() {}

    init(_ stored: StoredState) {
        shows = stored.shows
        fetchedAt = stored.showsFetchedAt
    }
}

/// A run of shows under one heading.
package struct ScheduleSection: Hashable, Sendable {
    package enum Heading: Hashable, Sendable {
        case live
        /// The local day of the shows.
        case day(LocalTime)
        case earlier
    }

    package var heading: Heading
    package var shows: [Show]
}

extension AppState {
    /// The shows of a tab, under their headings, filtered by what is searched for: live first, then by day, then the past.
    package func scheduleSections() -> [ScheduleSection] {
        let needle = search.needle(in: .shows)
        let matching = schedule.shows.filter { needle.isEmpty || $0.matches(needle) }
        var sections: [ScheduleSection] = []
        let live = matching.filter { $0.state == .live }.sorted { ($0.viewers ?? 0, $1.id) > ($1.viewers ?? 0, $0.id) }
        if !live.isEmpty { sections.append(ScheduleSection(heading: .live, shows: live)) }
        if tab == .live { return sections }
        for show in matching.filter(isStillToCome).sorted(by: { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }) {
            let day = LocalTime(show.startsAt)
            if let last = sections.indices.last, case .day(let lastDay) = sections[last].heading,
                lastDay.isSameDay(as: day)
            {
                sections[last].shows.append(show)
            } else {
                sections.append(ScheduleSection(heading: .day(day), shows: [show]))
            }
        }
        let past = matching.filter { $0.state == .ended || $0.state == .cancelled && !isStillToCome($0) }.sorted {
            $0.startsAt > $1.startsAt
        }
        if !past.isEmpty { sections.append(ScheduleSection(heading: .earlier, shows: past)) }
        return sections
    }

    /// Whether its place is in the days ahead. What is called off stays there until its time is over: those who meant to
    /// watch it look for it under its day.
    func isStillToCome(_ show: Show) -> Bool {
        switch show.state {
        case .scheduled: true
        case .cancelled: show.startsAt > serverMinute(of: show.id.channel)
        case .live, .ended: false
        }
    }

    /// The shows in the order in which the rows stand.
    package func scheduleRows() -> [Show] { scheduleSections().flatMap(\.shows) }

    package func show(_ id: ShowID) -> Show? {
        schedule.shows.first { $0.id == id } ?? hostPage?.shows.first { $0.id == id }
    }
}

extension Show {
    fileprivate func matches(_ needle: Needle) -> Bool {
        needle.matches(title) || hosts.contains { needle.matches($0.name) } || tags.contains { needle.matches($0) }
    }
}
