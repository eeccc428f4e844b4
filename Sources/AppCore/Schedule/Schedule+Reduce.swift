import Domain
import Text

extension AppState {
    /// How often the schedule is asked for, in seconds.
    private static let scheduleInterval = Duration.seconds(30)

    mutating func takeShows(
        _ result: Result<ShopAnswer, ShopFailure>, filter: ShowFilter, cursor: String?, _ circumstances: Circumstances
    ) -> [Effect] {
        if let host = filter.host { return takeShows(of: host, filter, cursor: cursor, result) }
        var isKept = false
        switch result {
        case .success(.shows(let shows, let next)):
            schedule.collected += shows
            if let next, next != cursor, !shows.isEmpty, schedule.collected.count < 2000 {
                return [.ask(.shows(filter, cursor: next))]
            }
            isKept = schedule.fetchedAt != nil && schedule.shows == schedule.collected
            schedule.shows = schedule.collected
            schedule.collected = []
        case .success:
            // Nothing new: what is shown is as of now.
            schedule.failure = nil
            schedule.fetchedAt = now
            schedule.poller.answered(circumstances, interval: Self.scheduleInterval)
            return []
        case .failure(let failure):
            schedule.failure = failure
            schedule.poller.failed(circumstances, interval: Self.scheduleInterval, failure)
            return []
        }
        schedule.failure = nil
        schedule.fetchedAt = now
        schedule.poller.answered(circumstances, interval: Self.scheduleInterval)
        // What is selected must be a row that can be seen: Enter opens it.
        let rows = scheduleRows()
        if !rows.contains(where: { $0.id == schedule.selected }) { schedule.selected = rows.first?.id }
        if let id = watch?.show, let summary = show(id) { watch?.summary = summary }
        let command: StoreCommand =
            isKept ? .scheduleConfirmed(at: now) : .schedule(schedule.shows, fetchedAt: now)
        return [.store(command)] + takeReminders(circumstances)
    }

    /// Opens a show: live from its head, a past one as a replay.
    mutating func open(_ id: ShowID, _ circumstances: Circumstances) -> [Effect] {
        guard let summary = show(id) else { return [] }
        guard summary.state != .cancelled else {
            tell("This show was called off.", .warning)
            return []
        }
        let playhead: Playhead =
            summary.state == .ended
            ? .replay(position: summary.startsAt, anchor: now, isPaused: false)
            : .live(lag: liveLag(delayMilliseconds: summary.delayMilliseconds, poll: .seconds(1)))
        if watch != nil {
            pages = []
            hostPage = nil
            productPage = nil
        }
        pages.append(.watch(id))
        watch = WatchState(show: id, summary: summary, playhead: playhead)
        watch?.detailPoller.start(at: now)
        watch?.head.start(at: now)
        return watchOn(circumstances)
    }
}
