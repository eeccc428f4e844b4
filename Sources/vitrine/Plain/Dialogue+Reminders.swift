import AppCore
import Domain
import Text
import ViewerUI

/// The reminders that are set, with the starts that are announced like the ends of deals.
struct SpokenReminders {
    var set: [ShowID: Reminder] = [:]
    var countdown = SpokenCountdown<ShowID>()
}

extension Dialogue {
    func remind(_ name: String) throws {
        guard !name.isEmpty else { throw Misuse("Which show? ‘remind 1’ is the first that ‘shows’ lists") }
        let show = try session.answer(to: Question.show(try showID(name)), while: "show \(name)").show
        let account = session.scope
        if reminders.set.removeValue(forKey: show.id) != nil {
            try session.run(.removeReminder(show.id, account: account))
            Output.line("No reminder of \(show.title) any more.")
        } else {
            guard show.state == .scheduled else { throw Misuse("The show is \(show.state.rawValue): \(show.title)") }
            let reminder = Reminder(show: show.id, title: show.title, startsAt: show.startsAt)
            try session.run(.setReminder(reminder, account: account))
            reminders.set[show.id] = reminder
            let start = LocalTime(show.startsAt)
            Output.line("Reminder set: \(show.title), \(Phrase.shortDay(start)) \(Phrase.time(start)).")
        }
        followReminders(Array(reminders.set.values))
    }

    func followReminders(_ set: [Reminder]) {
        reminders.set = Dictionary(set.map { ($0.show, $0) }) { $1 }
        reminders.countdown.follow(reminders.set.mapValues(\.startsAt), at: session.showNow)
    }

    /// How long nothing has to be said of one.
    var restOfReminders: Duration? { reminders.countdown.nextAt.map { max(.zero, $0 - session.showNow) } }

    /// What has to be said now. The show that is being followed counts down by itself.
    func dueReminders() -> [String] {
        reminders.countdown.take(at: session.showNow).compactMap { announcement in
            guard announcement.subject != show?.detail.show.id, let reminder = reminders.set[announcement.subject]
            else { return nil }
            return "Reminder: \(reminder.title) starts in \(Phrase.spoken(announcement.left))."
        }
    }
}
