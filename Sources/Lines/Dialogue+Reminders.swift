import AppCore
import Domain
import ShopAccess
import Text
import ViewerUI

/// The starts of shows that are announced like the ends of deals.
struct SpokenReminders {
    var titles: [ShowID: SafeText] = [:]
    var countdown = SpokenCountdown<ShowID>()
}

extension Dialogue {
    func remind(_ name: String) throws {
        guard !name.isEmpty else { throw UsageError("Which show? ‘remind 1’ is the first that ‘shows’ lists") }
        let id = try showID(name)
        let show = try session.ask(
            Question.show(id), at: session.access(to: id.channel), while: "show \(name)"
        ).show
        let engine = try engine()
        let isSet = engine.state.isReminded(of: show.id)
        guard isSet || show.state == .scheduled else {
            throw UsageError("The show is \(show.state.rawValue): \(show.title)")
        }
        engine.send(.request(.toggleReminder(show)))
        try session.keepSaid(engine)
        if isSet {
            Output.line("No reminder of \(show.title) any more.")
        } else {
            let start = LocalTime(show.startsAt)
            Output.line("Reminder set: \(show.title), \(Phrase.shortDay(start)) \(Phrase.time(start)).")
        }
        followReminders(engine.state)
    }

    func followReminders(_ state: AppState) {
        reminders.titles = Dictionary(state.reminders.map { ($0.show, $0.title) }) { $1 }
        let starts = Dictionary(state.reminders.map { ($0.show, $0.startsAt) }) { $1 }
        reminders.countdown.follow(starts, at: showNow)
    }

    /// The clock that reminders go by: that of the only channel, else this machine's.
    private var showNow: Timestamp {
        session.channels.count == 1 ? session.channels[0].showTime(at: now) : now
    }

    /// How long nothing has to be said of one.
    var restOfReminders: Duration? { reminders.countdown.nextAt.map { max(.zero, $0 - showNow) } }

    /// What has to be said now. The show that is being followed counts down by itself.
    func dueReminders() -> [String] {
        reminders.countdown.take(at: showNow).compactMap { announcement in
            guard announcement.subject != show?.detail.show.id, let title = reminders.titles[announcement.subject]
            else { return nil }
            return "Reminder: \(title) starts in \(Phrase.spoken(announcement.left))."
        }
    }
}
