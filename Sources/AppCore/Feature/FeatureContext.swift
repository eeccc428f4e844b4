import Domain
import Text

/// All that a feature may know beside its own state, as it is at the moment of an event.
package struct FeatureContext: Sendable {
    package let circumstances: Circumstances
    package let columns: Int
    package let rows: Int
    package let tab: Tab
    /// Every channel's shop: its nature, its capabilities, its clocks.
    package let shops: PerChannel<ShopState>
    package let channelCount: Int
    /// Schedules, accounts and payments are asked for without being told to.
    package let asksByItself: Bool
    package let search: Search
    /// The shows of the schedule.
    package let scheduled: [Show]
    /// Shows that an open page knows beside those.
    package let otherShows: [Show]
    /// The host that a page is about which is about none of its own: of the show or the page below, or the only shop.
    package let hostBehind: Host?

    package init(
        _ circumstances: Circumstances, columns: Int, rows: Int, tab: Tab, shops: PerChannel<ShopState>,
        channelCount: Int, asksByItself: Bool, search: Search, scheduled: [Show], otherShows: [Show], hostBehind: Host?
    ) {
        self.circumstances = circumstances
        (self.columns, self.rows, self.tab) = (columns, rows, tab)
        (self.shops, self.channelCount, self.asksByItself) = (shops, channelCount, asksByItself)
        (self.search, self.scheduled, self.otherShows, self.hostBehind) = (search, scheduled, otherShows, hostBehind)
    }

    package var now: Timestamp { circumstances.now }
    package var channels: [Channel] { (0..<channelCount).map { Channel($0) } }

    /// Rows that a page key moves by in a list.
    package var listPage: Int { max(1, rows - 6) }

    package func show(_ id: ShowID) -> Show? {
        scheduled.first { $0.id == id } ?? otherShows.first { $0.id == id }
    }

    /// The clock that a channel's shows go by.
    package func showTime(of channel: Channel) -> Timestamp { shops[channel].showClock.serverTime(at: now) }

    /// Has its place in the days ahead. A show that is called off stays there until its time is over: those who meant to
    /// watch it look for it under its day.
    package func isStillToCome(_ show: Show) -> Bool {
        switch show.state {
        case .scheduled: true
        case .cancelled: show.startsAt > shops[show.id.channel].showMinute(at: now)
        case .live, .ended: false
        }
    }

    /// A host's shows: those to come first, the next one foremost, then those that were.
    /// - Parameter others: those that are known beside the schedule's.
    package func shows(of host: HostID, beside others: [Show]) -> [Show] {
        var shows = scheduled.filter { show in show.hosts.contains { $0.id == host } }
        let known = Set(shows.map(\.id))
        shows += others.filter { !known.contains($0.id) }
        let coming = shows.filter { $0.state == .live || isStillToCome($0) }.sorted { $0.startsAt < $1.startsAt }
        let past = shows.filter { $0.state == .ended }.sorted { $0.startsAt > $1.startsAt }
        return coming + past
    }
}
