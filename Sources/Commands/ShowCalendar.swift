import Domain
import HTTPTransport
import ICalendar
import ShopAccess
import Text

extension CalendarEvent {
    /// A show for other programs' calendars, under a name that stays the same whatever becomes of it.
    init(_ show: Show, of channel: ChannelAccess) {
        let isCancelled = show.state == .cancelled
        self.init(
            uid: SafeText("\(show.id)@\(channel.host)").string, title: show.title, summary: show.summary,
            startsAt: show.startsAt,
            endsAt: show.endsAt, isCancelled: isCancelled, categories: show.tags,
            // Programs take a show out again only for a revision that is newer than the one they have.
            sequence: isCancelled ? 1 : 0)
    }
}
