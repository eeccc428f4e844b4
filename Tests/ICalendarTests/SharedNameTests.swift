import Domain
import Testing

@testable import ICalendar

/// Several shows that a calendar calls by one name.
@Suite struct SharedNameTests {
    private func show(_ lines: String...) -> [String] { ["BEGIN:VEVENT", "UID:shows"] + lines + ["END:VEVENT"] }

    private func told(_ lines: [String]) throws -> [CalendarEvent] { try occurrences(calendar(lines)) }

    @Test func eachStartIsAShow() throws {
        let stamp = "DTSTAMP:20260810T115442Z"
        let shows = try told(
            show(stamp, "DTSTART:20261203T190000Z", "SUMMARY:first")
                + show(stamp, "DTSTART:20261204T190000Z", "SUMMARY:second")
                + show("DTSTAMP:20260810T115443Z", "DTSTART:20261205T190000Z", "SUMMARY:third"))
        #expect(shows.map(\.title) == ["first", "second", "third"])
        #expect(Set(shows.map(\.id)).count == 3 && shows.allSatisfy { $0.id.hasPrefix("shows@") })
    }

    @Test func aNameStaysWhenTheOthersChange() throws {
        let first = show("DTSTART:20261203T190000Z", "SUMMARY:first")
        let second = show("DTSTART:20261204T190000Z", "SUMMARY:second")
        let third = show("DTSTART:20261205T190000Z", "SUMMARY:third")
        let all = try told(first + second + third)
        #expect(try told(third + first).map(\.id) == [all[0].id, all[2].id])
    }

    @Test func aMovedShowIsOneShow() throws {
        let before = show("SEQUENCE:1", "DTSTART:20261203T190000Z", "SUMMARY:before")
        let after = show("SEQUENCE:2", "DTSTART:20261204T190000Z", "SUMMARY:after")
        #expect(try told(after + before).map(\.title) == ["after"])
        #expect(try told(after + before).map(\.id) == ["shows"])
    }

    @Test func theNewestOfEachStartCounts() throws {
        let shows = try told(
            show("DTSTART:20261203T190000Z", "SUMMARY:first") + show("DTSTART:20261204T190000Z", "SUMMARY:old")
                + show("DTSTART:20261204T190000Z", "SEQUENCE:1", "SUMMARY:new"))
        #expect(shows.map(\.title) == ["first", "new"])
    }

    @Test func oneIsCalledOffAndTheOthersStay() throws {
        let shows = try told(
            show("DTSTART:20261203T190000Z", "SUMMARY:first") + show("DTSTART:20261204T190000Z", "SUMMARY:second")
                + show("DTSTART:20261204T190000Z", "STATUS:CANCELLED"))
        #expect(shows.map(\.isCancelled) == [false, true])
    }

    @Test func allAreCalledOffByTheirName() throws {
        let shows =
            calendar(show("DTSTART:20261203T190000Z") + show("DTSTART:20261204T190000Z"))
            + calendar(["METHOD:CANCEL"] + show("SEQUENCE:1"))
        #expect(try occurrences(shows).map(\.isCancelled) == [true, true])
    }

    @Test func twoSeriesKeepTheirChanges() throws {
        let shows = try told(
            show("DTSTART:20261202T190000Z", "RRULE:FREQ=WEEKLY;COUNT=2", "SUMMARY:Wednesday")
                + show("DTSTART:20261204T190000Z", "RRULE:FREQ=WEEKLY;COUNT=2", "SUMMARY:Friday")
                + show("RECURRENCE-ID:20261211T190000Z", "DTSTART:20261212T190000Z", "SUMMARY:Saturday"))
        #expect(shows.map(\.title) == ["Wednesday", "Friday", "Wednesday", "Saturday"])
        #expect(Set(shows.map(\.id)).count == 4)
    }

    @Test func aChangeOfAllLaterDatesNeedsOneSeries() throws {
        let feed = try read(
            calendar(
                show("DTSTART:20261202T190000Z", "RRULE:FREQ=WEEKLY;COUNT=2")
                    + show("DTSTART:20261204T190000Z", "RRULE:FREQ=WEEKLY;COUNT=2")
                    + show("RECURRENCE-ID;RANGE=THISANDFUTURE:20261204T190000Z", "DTSTART:20261204T200000Z")))
        #expect(feed.problems == [.field("RANGE=THISANDFUTURE", events: 1)])
    }
}
