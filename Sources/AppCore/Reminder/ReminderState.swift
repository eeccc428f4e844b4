import Domain
import Text

/// The shows that somebody wants to be told of when they begin: kept here and nowhere else.
package struct ReminderState: Feature {
    package var reminders: [Reminder] = []

    package init() {}

    package func contains(_ show: ShowID) -> Bool { reminders.contains { $0.show == show } }

    /// A key would do something about a show.
    package func offers(_ show: Show) -> Bool { show.state == .scheduled || contains(show.id) }

    package enum Event: Sendable {
        /// Sets a reminder of a show, or takes it back.
        case toggle(Show)
        /// A channel's schedule has come: what has begun is told, with the bell.
        case scheduleCame
    }

    package mutating func handle(_ event: Event, _ context: FeatureContext) -> [Outcome] {
        switch event {
        case .toggle(let show): toggle(show, context)
        case .scheduleCame: compare(context)
        }
    }

    private mutating func toggle(_ show: Show, _ context: FeatureContext) -> [Outcome] {
        if let index = reminders.firstIndex(where: { $0.show == show.id }) {
            let reminder = reminders.remove(at: index)
            return [.tell("No reminder of " + reminder.title + " any more."), .store(.reminder(reminder, false))]
        }
        guard show.state == .scheduled else { return [.tell("Only for shows still to come.", .warning)] }
        let reminder = Reminder(show: show.id, title: show.title, startsAt: show.startsAt)
        reminders.append(reminder)
        return askWhenTheNextBegins(context) + [
            .tell("You are told when " + show.title + " begins, while Vitrine runs.", .success),
            .store(.reminder(reminder, true)),
        ]
    }

    private mutating func compare(_ context: FeatureContext) -> [Outcome] {
        var outcomes: [Outcome] = []
        var news: [SafeText] = []
        for reminder in reminders {
            guard let show = context.show(reminder.show) else {
                // Not in the schedule any more, long after it was to begin.
                if context.showTime(of: reminder.show.channel) - reminder.startsAt > .seconds(86_400) {
                    outcomes.append(forget(reminder))
                }
                continue
            }
            switch show.state {
            case .scheduled:
                guard show.startsAt != reminder.startsAt || show.title != reminder.title else { continue }
                outcomes.append(forget(reminder))
                let moved = Reminder(show: show.id, title: show.title, startsAt: show.startsAt)
                reminders.append(moved)
                outcomes.append(.store(.reminder(moved, true)))
            case .live:
                outcomes += [forget(reminder), .effect(.bell)]
                news.append(show.title + " has begun.")
            case .ended:
                outcomes.append(forget(reminder))
                news.append(show.title + " is over; there is a replay.")
            case .cancelled:
                outcomes.append(forget(reminder))
                news.append(show.title + " was called off.")
            }
        }
        if !news.isEmpty { outcomes.append(remind(news, context)) }
        return outcomes + askWhenTheNextBegins(context)
    }

    private mutating func forget(_ reminder: Reminder) -> Outcome {
        reminders.removeAll { $0.show == reminder.show }
        return .store(.reminder(reminder, false))
    }

    /// Stays longer than other news: the reader may be looking elsewhere.
    private func remind(_ news: [SafeText], _ context: FeatureContext) -> Outcome {
        let words = SafeText(keepingSpaces: news.map(\.string).joined(separator: "  "))
        return .message(.notice(Notice(text: words, tone: .success, until: context.now + .seconds(30))))
    }

    /// The schedule is asked for as a show begins, and not half a minute later; not by all viewers at once, though.
    private func askWhenTheNextBegins(_ context: FeatureContext) -> [Outcome] {
        context.channels.compactMap { channel in
            let begins = reminders.filter { $0.show.channel == channel }.map(\.startsAt)
            guard let next = begins.filter({ $0 > context.showTime(of: channel) }).min() else { return nil }
            let jitter = context.circumstances.entropy.jitter(upTo: .seconds(3))
            let time = next - context.shops[channel].showClock.offset + .seconds(1) + jitter
            return .message(.hurrySchedule(channel, to: time))
        }
    }

    package mutating func takeBack(_ command: StoreCommand) {
        switch command {
        case .reminder(let reminder, true): reminders.removeAll { $0.show == reminder.show }
        case .reminder(let reminder, false): if !contains(reminder.show) { reminders.append(reminder) }
        default: break
        }
    }
}
