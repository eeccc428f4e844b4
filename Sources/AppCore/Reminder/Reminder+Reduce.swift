import Domain
import Text

extension AppState {
    /// The show that the cursor or the page is about.
    package var showInFocus: Show? {
        switch page {
        case .watch: return watch.flatMap { $0.detail?.show ?? $0.summary }
        case .host:
            guard case .show(let id)? = hostPage?.selected else { return nil }
            return show(id)
        case .product, .order: return nil
        case nil: return tab == .schedule || tab == .live ? schedule.selected.flatMap(show) : nil
        }
    }

    package func isReminded(of id: ShowID) -> Bool { reminders.contains { $0.show == id } }

    mutating func toggleReminder(_ circumstances: Circumstances) -> [Effect] {
        showInFocus.map { toggleReminder(of: $0, circumstances) } ?? []
    }

    mutating func toggleReminder(of show: Show, _ circumstances: Circumstances) -> [Effect] {
        if let index = reminders.firstIndex(where: { $0.show == show.id }) {
            let reminder = reminders.remove(at: index)
            tell("No reminder of " + reminder.title + " any more.")
            return [.store(.reminder(reminder, false))]
        }
        guard show.state == .scheduled else {
            tell("Only for shows still to come.", .warning)
            return []
        }
        let reminder = Reminder(show: show.id, title: show.title, startsAt: show.startsAt)
        reminders.append(reminder)
        askWhenTheNextBegins(circumstances)
        tell("You are told when " + show.title + " begins, while Vitrine runs.", .success)
        return [.store(.reminder(reminder, true))]
    }

    /// What a fresh schedule means for the reminders: what has begun is told, with the bell.
    mutating func takeReminders(_ circumstances: Circumstances) -> [Effect] {
        var effects: [Effect] = []
        var news: [SafeText] = []
        for reminder in reminders {
            guard let show = show(reminder.show) else {
                // Not in the schedule any more, long after it was to begin.
                if showTime(of: reminder.show.channel) - reminder.startsAt > .seconds(86_400) {
                    effects.append(forget(reminder))
                }
                continue
            }
            switch show.state {
            case .scheduled:
                guard show.startsAt != reminder.startsAt || show.title != reminder.title else { continue }
                effects.append(forget(reminder))
                reminders.append(Reminder(show: show.id, title: show.title, startsAt: show.startsAt))
                effects += reminders.last.map { [.store(.reminder($0, true))] } ?? []
            case .live:
                effects += [forget(reminder), .bell]
                news.append(show.title + " has begun.")
            case .ended:
                effects.append(forget(reminder))
                news.append(show.title + " is over; there is a replay.")
            case .cancelled:
                effects.append(forget(reminder))
                news.append(show.title + " was called off.")
            }
        }
        if !news.isEmpty { remind(news) }
        askWhenTheNextBegins(circumstances)
        return effects
    }

    private mutating func forget(_ reminder: Reminder) -> Effect {
        reminders.removeAll { $0.show == reminder.show }
        return .store(.reminder(reminder, false))
    }

    /// Stays longer than other news: the reader may be looking elsewhere.
    private mutating func remind(_ news: [SafeText]) {
        let words = SafeText(keepingSpaces: news.map(\.string).joined(separator: "  "))
        notice = Notice(text: words, tone: .success, until: now + .seconds(30))
    }

    /// The schedule is asked for as a show begins, and not half a minute later; not by all viewers at once, though.
    private mutating func askWhenTheNextBegins(_ circumstances: Circumstances) {
        for channel in channels {
            let begins = reminders.filter { $0.show.channel == channel }.map(\.startsAt)
            guard let next = begins.filter({ $0 > showTime(of: channel) }).min(),
                let planned = schedule[channel].poller.nextAt
            else { continue }
            let jitter = circumstances.entropy.jitter(upTo: .seconds(3))
            let time = next - shops[channel].showClock.offset + .seconds(1) + jitter
            if time < planned { schedule[channel].poller.start(at: time) }
        }
    }
}
