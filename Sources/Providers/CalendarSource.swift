import Domain
import HTTPTransport
import ICalendar
import Text

/// A schedule that somebody publishes as an iCalendar file.
package struct CalendarSource: Hashable, Sendable {
    private static let name = "calendar/shows"
    /// Calendars want to be asked a few times an hour at most, where they do not say how often.
    private static let seldom = Duration.seconds(900)
    /// No file is asked for more often, or kept for longer, whatever it says.
    private static let possible = Duration.seconds(300)...Duration.seconds(86_400)
    /// From yesterday on, as long as schedules are shown, and as much longer as they may be kept.
    private static let past = Duration.seconds(86_400)
    private static let ahead = Duration.seconds(30 * 86_400)
    private static let mostShows = 200

    package let url: String

    package init(url: String) { self.url = url }

    /// Asks for it, where that is due.
    func refresh(_ io: ShopIO) async throws(ShopFailure) {
        _ = try await KeptAnswer<Plan>.ask(Self.name, every: Self.seldom, wish: \.wish, request, io) {
            (response) throws(ShopFailure) in try Self.plan(in: response, at: io.now)
        }
    }

    /// Shows that it held when it was read last, however long ago.
    func kept(_ io: ShopIO) async throws(ShopFailure) -> [PlannedShow] {
        ShopNote.value(KeptAnswer<Plan>.self, try await io.recall(Self.name))?.value?.shows ?? []
    }

    /// Counts of what a schedule holds, and of what is not shown of it.
    package struct Reading: Hashable, Sendable {
        /// Shows from yesterday on that the viewer lists.
        package let shows: Int
        /// Events that cannot be read, and are not shown at all.
        package let leftOut: Int
        /// Everything that is not shown as the file has it, a line for each reason.
        package let complaints: [SafeText]

        /// There is something in it, and none of it can be read.
        package var isUseless: Bool { shows == 0 && leftOut > 0 }
    }

    /// Reads a schedule for whoever wants to know what becomes of it.
    /// - Throws: why it is none at all.
    package static func reading(of response: HTTPResponse, at now: Timestamp) throws(ShopFailure) -> Reading {
        let feed = try feed(in: response)
        let schedule = schedule(of: feed, at: now)
        let shows = schedule.events.count { !$0.isAllDay }
        let days = schedule.events.count - shows
        var complaints = feed.problems.map { SafeText($0.description) }
        if days > 0 {
            complaints.append("\(days == 1 ? "1 entry takes" : "\(days) entries take") whole days: not shown")
        }
        if !schedule.isComplete {
            complaints.append("it holds more than is looked at: the first \(shows) shows are shown")
        }
        return Reading(shows: shows, leftOut: feed.eventsLeftOut, complaints: complaints)
    }

    package var request: HTTPRequest { HTTPRequest(.get, url, headers: ["Accept": "text/calendar"]) }

    private static func feed(in response: HTTPResponse) throws(ShopFailure) -> CalendarFeed {
        guard (200..<300).contains(response.status) else {
            if let obstacle = ReplyBody(response).obstacle, obstacle != .webPage {
                throw .notUnderstood(obstacle.words)
            }
            throw .notUnderstood(SafeText("the schedule is not there (status \(response.status))"))
        }
        do throws(CalendarError) {
            return try CalendarFeed(parsing: Array(response.body), contentType: response.headers["Content-Type"])
        } catch {
            throw .notUnderstood(SafeText("the schedule cannot be read: \(error)"))
        }
    }

    private static func schedule(of feed: CalendarFeed, at now: Timestamp) -> CalendarFeed.Schedule {
        feed.occurrences(from: now - past, to: now + ahead, localZone: ZoneDatabase.system.local, limit: mostShows)
    }

    /// What is kept of a file.
    private struct Plan: Codable, Sendable {
        var shows: [PlannedShow]
        /// For how many seconds it wants to be kept.
        var keptFor: Int64?

        var wish: Duration? {
            keptFor.map {
                min(max(.seconds($0), CalendarSource.possible.lowerBound), CalendarSource.possible.upperBound)
            }
        }
    }

    private static func plan(in response: HTTPResponse, at now: Timestamp) throws(ShopFailure) -> Plan {
        let feed = try feed(in: response)
        let schedule = schedule(of: feed, at: now)
        // Whole days say nothing of when a show is.
        return Plan(
            shows: schedule.events.filter { !$0.isAllDay }.map(PlannedShow.init),
            keptFor: feed.refreshInterval?.components.seconds)
    }
}

extension PlannedShow {
    /// Room for what a provider puts before it.
    private static let longestID = 100

    /// A calendar calls its events as it likes; a name with other letters than ids have stands for itself by its digest.
    private static func id(_ name: String) -> String {
        name.utf8.count <= longestID && IDAlphabet.isID(name) ? name : ShopNote.digest(name)
    }

    fileprivate init(_ event: CalendarEvent) {
        self.init(
            id: Self.id(event.id), title: event.title.string,
            summary: event.summary.string, startsAt: event.startsAt, endsAt: event.endsAt,
            isCancelled: event.isCancelled)
    }
}
