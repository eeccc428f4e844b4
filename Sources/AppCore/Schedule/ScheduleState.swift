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
