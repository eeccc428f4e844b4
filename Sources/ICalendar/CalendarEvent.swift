import Domain
import Text

/// One event at one time: of an event that repeats, one of its occurrences.
package struct CalendarEvent: Hashable, Sendable {
    /// The name that the calendar gave to it, which all of its occurrences have.
    package var uid: String
    /// Of one that repeats, when this occurrence was to start before anybody moved it.
    package var originalStart: Timestamp?
    package var title: SafeText
    package var summary: SafeText
    package var startsAt: Timestamp
    /// Nil when the calendar does not say it.
    package var endsAt: Timestamp?
    /// Days rather than times: it starts at midnight where the calendar is at home.
    package var isAllDay: Bool
    package var isCancelled: Bool
    /// http or https, as it stands there.
    package var url: String?
    package var location: SafeText
    package var categories: [SafeText]
    /// How often the event was changed.
    package var sequence: Int

    /// The same for this occurrence however often it is changed or moved.
    package var id: String { originalStart.map { "\(uid)@\($0.milliseconds / 1000)" } ?? uid }

    package init(
        uid: String, originalStart: Timestamp? = nil, title: SafeText, summary: SafeText = "", startsAt: Timestamp,
        endsAt: Timestamp? = nil, isAllDay: Bool = false, isCancelled: Bool = false, url: String? = nil,
        location: SafeText = "", categories: [SafeText] = [], sequence: Int = 0
    ) {
        self.uid = uid
        self.originalStart = originalStart
        self.title = title
        self.summary = summary
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.isAllDay = isAllDay
        self.isCancelled = isCancelled
        self.url = url
        self.location = location
        self.categories = categories
        self.sequence = sequence
    }

    static func isEarlier(_ a: Self, _ b: Self) -> Bool {
        let (first, second) = (a.originalStart ?? .distantPast, b.originalStart ?? .distantPast)
        return (a.startsAt, a.uid, first) < (b.startsAt, b.uid, second)
    }
}
