import Domain
import Text

// Questions that the schedule asks by itself.

extension ScheduleState: Feature {
    /// Pause between two questions for the schedule.
    private static let interval = Duration.seconds(30)
    /// So many shows of a channel are listed.
    private static let mostShows = 2000

    package func nextDeadline(_ context: FeatureContext) -> Timestamp? {
        (context.channels.map { self[$0].poller.dueAt } + [found?.dueAt]).compactMap { $0 }.min()
    }

    package mutating func passTime(_ context: FeatureContext) -> [Outcome] {
        context.channels.compactMap { askForShows(of: $0, context) } + askEverywhere(context)
    }

    private mutating func askForShows(of channel: Channel, _ context: FeatureContext) -> Outcome? {
        guard self[channel].poller.isDue(at: context.now) else { return nil }
        self[channel].poller.sent(at: context.now)
        self[channel].collected = []
        // A week back, for replays, and a fortnight ahead, in whole hours so that caches see the same question.
        let time = context.showTime(of: channel).milliseconds
        let hour = Timestamp(milliseconds: time - time % 3_600_000)
        let window = ShowFilter(from: hour - .seconds(7 * 86400), to: hour + .seconds(14 * 86400))
        return .ask(.shows(window, cursor: nil), of: channel)
    }

    private mutating func askEverywhere(_ context: FeatureContext) -> [Outcome] {
        guard let found, let due = found.dueAt, due <= context.now else { return [] }
        let shops = context.channels.filter { context.shops[$0].capabilities.contains(.orders) }
        self.found?.ask(shops)
        return shops.map { .ask(.products(search: found.text, show: nil, cursor: nil), of: $0) }
    }

    package mutating func handle(_ answer: Answer, _ context: FeatureContext) -> [Outcome] {
        switch answer.query {
        // The shows of a host are the host's page's, and those that are live are asked for their deals. A list that a line or a
        // command asked for is not the schedule, either.
        case .shows(let filter, let cursor)
        where filter.host == nil && (filter != ShowFilter(state: .live) || cursor != nil) && context.asksByItself:
            return handle(answer.result, of: answer.channel, filter, cursor: cursor, context)
        case .products(let text?, show: nil, cursor: nil):
            guard found?.text == text else { return [] }
            found?.take(answer.result, of: answer.channel)
            keepSelection(context)
            guard case .success(.products(let products, _)) = answer.result else { return [] }
            return [.message(.seen(products))]
        default: return []
        }
    }

    private mutating func handle(
        _ result: Result<ShopAnswer, ShopFailure>, of channel: Channel, _ filter: ShowFilter, cursor: String?,
        _ context: FeatureContext
    ) -> [Outcome] {
        var source = self[channel]
        defer { self[channel] = source }
        source.failure = nil
        switch result {
        case .success(.shows(let shows, let next)):
            source.collected += shows
            if let next, next != cursor, !shows.isEmpty, source.collected.count < Self.mostShows {
                source.failure = self[channel].failure
                return [.ask(.shows(filter, cursor: next), of: channel)]
            }
        case .success:
            // Nothing new: what is shown is as of now.
            source.fetchedAt = context.now
            source.poller.answered(context.circumstances, interval: Self.interval)
            return []
        case .failure(let failure):
            source.failure = failure
            source.poller.failed(context.circumstances, interval: Self.interval, failure)
            return []
        }
        let isKept = source.fetchedAt != nil && source.shows == source.collected
        source.shows = source.collected
        source.collected = []
        source.fetchedAt = context.now
        source.poller.answered(context.circumstances, interval: Self.interval)
        let command: StoreCommand =
            isKept
            ? .scheduleConfirmed(of: channel, at: context.now)
            : .schedule(source.shows, of: channel, fetchedAt: context.now)
        return [.store(command), .message(.scheduleCame(channel))]
    }

    package func pollers(of channel: Channel) -> [QuestionKind: Poller] { [.schedule: self[channel].poller] }

    /// Asks every channel for its shows as soon as may be.
    package mutating func start(_ context: FeatureContext) {
        for channel in context.channels { self[channel].poller.start(at: context.now) }
    }

    /// Asks a channel at a time, where it would be asked later.
    package mutating func hurry(_ channel: Channel, to time: Timestamp) {
        if let planned = self[channel].poller.nextAt, time < planned { self[channel].poller.start(at: time) }
    }

    package mutating func resume(_ context: FeatureContext) {
        for channel in context.channels { self[channel].poller.resume(at: context.now) }
    }

    package mutating func refresh(_ context: FeatureContext) {
        resume(context)
        found?.askAgain(at: context.now)
    }

    package mutating func comeBack(_ channel: Channel, _ context: FeatureContext) -> [Outcome] {
        if context.asksByItself, self[channel].fetchedAt == nil || self[channel].failure != nil {
            self[channel].poller.resume(at: context.now)
        }
        return []
    }
}
