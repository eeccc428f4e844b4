import Domain
import Testing

@testable import ICalendar

/// Dates that are left out, added or changed, written as bare numbers beside a start that has a clock.
@Suite struct BareTimeTests {
    private let zone = try? CalendarZone(rule: "AEST-10")

    private func told(_ lines: String...) throws -> [String] {
        // Read in Sydney, so that a time that is taken for the reader's is seen.
        let zone = try #require(zone)
        return starts(try occurrences(event(zone: newYork, lines), localZone: zone))
    }

    private func event(zone: [String], _ lines: [String]) -> String {
        calendar(zone + ["BEGIN:VEVENT", "UID:lamps", "DTSTAMP:20260101T000000Z"] + lines + ["END:VEVENT"])
    }

    @Test func threeCalledOffInThreeWays() throws {
        #expect(
            try told(
                "DTSTART;TZID=America/New_York:20261126T190000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=5",
                "EXDATE:20261203T190000", "EXDATE;TZID=America/New_York:20261210T190000", "EXDATE:20261218T000000Z")
                == ["20261127T000000", "20261225T000000"])
    }

    @Test func aListOfBareTimes() throws {
        #expect(
            try told(
                "DTSTART;TZID=America/New_York:20261126T190000", "RRULE:FREQ=WEEKLY;COUNT=4",
                "EXDATE:20261203T190000,20261210T190000,20261218T000000Z") == ["20261127T000000"])
    }

    @Test func datesThatAreAdded() throws {
        #expect(
            try told("DTSTART;TZID=America/New_York:20261126T190000", "RDATE:20261127T120000,20261128T120000Z")
                == ["20261127T000000", "20261127T170000", "20261128T120000"])
    }

    @Test func anEnd() throws {
        let events = try occurrences(
            event(
                zone: newYork, ["DTSTART;TZID=America/New_York:20261126T190000", "DTEND:20261126T203000"]),
            localZone: try #require(zone))
        #expect(events.map { shown($0.endsAt) } == ["20261127T013000"])
        let utc = try occurrences(
            event(zone: [], ["DTSTART:20261126T190000Z", "DTEND:20261126T203000"]), localZone: try #require(zone))
        #expect(utc.map { shown($0.endsAt) } == ["20261126T203000"])
    }

    @Test func besideAStartInUTC() throws {
        #expect(
            try told("DTSTART:20261126T190000Z", "RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20261203T190000")
                == ["20261126T190000"])
        #expect(
            try told("DTSTART:20261126T190000Z", "RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20261204T050000")
                == ["20261126T190000"], "the reader's clock")
    }

    @Test func oneThatIsMoved() throws {
        let lines =
            newYork + [
                "BEGIN:VEVENT", "UID:x", "SUMMARY:Lamps", "DTSTART;TZID=America/New_York:20261126T190000",
                "RRULE:FREQ=WEEKLY;COUNT=3", "END:VEVENT", "BEGIN:VEVENT", "UID:x", "RECURRENCE-ID:20261203T190000",
                "SUMMARY:Later", "DTSTART;TZID=America/New_York:20261203T210000", "END:VEVENT", "BEGIN:VEVENT", "UID:x",
                "RECURRENCE-ID:20261210T190000", "STATUS:CANCELLED", "END:VEVENT",
            ]
        let events = try occurrences(calendar(lines), localZone: try #require(zone))
        #expect(starts(events) == ["20261127T000000", "20261204T020000", "20261211T000000"])
        #expect(
            events.map(\.title) == ["Lamps", "Later", "Lamps"] && events.map(\.isCancelled) == [false, false, true])
        #expect(shown(events[1].originalStart) == "20261204T000000")
    }
}
