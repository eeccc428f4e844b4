import Domain
import HTTPTransport
import ICalendar
import Text

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

    /// What of a schedule cannot be read and is left out, each in a line.
    /// - Throws: why it is none at all.
    package static func complaints(in response: HTTPResponse) throws(ShopFailure) -> [SafeText] {
        try feed(in: response).problems.map { SafeText($0.description) }
    }

    private static func feed(in response: HTTPResponse) throws(ShopFailure) -> CalendarFeed {
        guard (200..<300).contains(response.status) else { throw .notFound }
        do throws(CalendarError) { return try CalendarFeed(parsing: Array(response.body)) } catch {
            throw .notUnderstood(SafeText("the schedule cannot be read: \(error)"))
        }
    }

    static func shows(in response: HTTPResponse, at now: Timestamp) throws(ShopFailure) -> [PlannedShow] {
        let feed = try feed(in: response)
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
