import Domain
import Text

extension AppState {
    /// How often the schedule is asked for, in seconds.
    private static let scheduleInterval = Duration.seconds(30)

    /// Asks every channel for its shows as soon as may be.
    mutating func startSchedules() { for channel in channels { schedule[channel].poller.start(at: now) } }

    mutating func askForSchedules() -> [Effect] {
        channels.compactMap { channel in
            guard schedule[channel].poller.isDue(at: now) else { return nil }
            schedule[channel].poller.sent(at: now)
            schedule[channel].collected = []
            return .ask(.shows(scheduleWindow(of: channel), cursor: nil), of: channel)
        }
    }

    /// A week back, for replays, and a fortnight ahead, in whole hours so that caches see the same question.
    private func scheduleWindow(of channel: Channel) -> ShowFilter {
        let time = showTime(of: channel).milliseconds
        let hour = Timestamp(milliseconds: time - time % 3_600_000)
        return ShowFilter(from: hour - .seconds(7 * 86400), to: hour + .seconds(14 * 86400))
    }

    mutating func takeShows(
        _ result: Result<ShopAnswer, ShopFailure>, of channel: Channel, filter: ShowFilter, cursor: String?,
        _ circumstances: Circumstances
    ) -> [Effect] {
        if filter == ShowFilter(state: .live), cursor == nil { return takeLiveShows(result, of: channel) }
        // A list that a line or a command asked for is not the schedule.
        guard asksByItself || filter.host != nil else { return [] }
        if let host = filter.host { return takeShows(of: host, filter, cursor: cursor, result) }
        var source = schedule[channel]
        var isKept = false
        source.failure = nil
        switch result {
        case .success(.shows(let shows, let next)):
            source.collected += shows
            if let next, next != cursor, !shows.isEmpty, source.collected.count < 2000 {
                schedule[channel].collected = source.collected
                return [.ask(.shows(filter, cursor: next), of: channel)]
            }
            isKept = source.fetchedAt != nil && source.shows == source.collected
            source.shows = source.collected
            source.collected = []
        case .success:
            // Nothing new: what is shown is as of now.
            source.fetchedAt = now
            source.poller.answered(circumstances, interval: Self.scheduleInterval)
            schedule[channel] = source
            return []
        case .failure(let failure):
            source.failure = failure
            source.poller.failed(circumstances, interval: Self.scheduleInterval, failure)
            schedule[channel] = source
            return []
        }
        source.fetchedAt = now
        source.poller.answered(circumstances, interval: Self.scheduleInterval)
        schedule[channel] = source
        keepScheduleSelection()
        if let id = watch?.show, let summary = show(id) { watch?.summary = summary }
        let command: StoreCommand =
            isKept
            ? .scheduleConfirmed(of: channel, at: now) : .schedule(source.shows, of: channel, fetchedAt: now)
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
