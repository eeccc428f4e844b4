import Domain
import HTTPTransport
import ICalendar

/// A schedule that somebody publishes as an iCalendar file.
package struct CalendarSource: Hashable, Sendable {
    private static let name = "calendar/shows"
    /// Calendars want to be asked a few times an hour at most.
    private static let seldom = Duration.seconds(900)
    /// From yesterday on, as long as schedules are shown, and as much longer as they may be kept.
    private static let past = Duration.seconds(86_400)
    private static let ahead = Duration.seconds(30 * 86_400)
    private static let mostShows = 200

    package let url: String

    package init(url: String) { self.url = url }

    func steps(
        _ now: Timestamp, _ next: @escaping @Sendable ([PlannedShow]) throws(ShopFailure) -> ShopStep
    ) -> ShopStep {
        KeptAnswer<[PlannedShow]>.step(
            Self.name, every: Self.seldom, HTTPRequest(.get, url, headers: ["Accept": "text/calendar"]), now: now,
            read: { (response) throws(ShopFailure) in try Self.shows(in: response, at: now) },
            { (shows) throws(ShopFailure) in try next(shows ?? []) })
    }

    /// What was asked for last, however long ago.
    func kept(_ next: @escaping @Sendable ([PlannedShow]) throws(ShopFailure) -> ShopStep) -> ShopStep {
        .recall(Self.name) { (note) throws(ShopFailure) in
            try next(ShopNote.value(KeptAnswer<[PlannedShow]>.self, note)?.value ?? [])
        }
    }

    /// Whether a reply is a schedule that can be read.
    package static func isCalendar(_ response: HTTPResponse) -> Bool {
        (try? shows(in: response, at: Timestamp(milliseconds: 0))) != nil
    }

    static func shows(in response: HTTPResponse, at now: Timestamp) throws(ShopFailure) -> [PlannedShow] {
        guard (200..<300).contains(response.status) else { throw .notFound }
        let feed: CalendarFeed
        do { feed = try CalendarFeed(parsing: Array(response.body)) } catch {
            throw .notUnderstood("the schedule cannot be read")
        }
        let schedule = feed.occurrences(
            from: now - past, to: now + ahead, localZone: ZoneDatabase.system.local, limit: mostShows)
        // Whole days say nothing of when a show is.
        return schedule.events.filter { !$0.isAllDay }.map(PlannedShow.init)
    }
}

extension PlannedShow {
    private static let longestID = 100

    fileprivate init(_ event: CalendarEvent) {
        self.init(
            id: event.id.utf8.count <= Self.longestID ? event.id : ShopNote.digest(event.id), title: event.title.string,
            summary: event.summary.string, startsAt: event.startsAt, endsAt: event.endsAt,
            isCancelled: event.isCancelled)
    }
}
