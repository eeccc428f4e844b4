import Domain
import Testing

@testable import ICalendar

/// A field that cannot be read is left out and said; the show stays where its start is known.
@Suite struct LeftOutTests {
    private func told(_ lines: String...) throws -> (titles: [String], problems: [String]) {
        let text = calendar(["BEGIN:VEVENT", "UID:x"] + lines + ["SUMMARY:Lamps", "END:VEVENT"])
        return (try occurrences(text).map(\.title.string), try read(text).problems.map(\.description))
    }

    @Test(arguments: [
        ("DTEND:tomorrow", "DTEND"), ("DTEND;TZID=Mars/Olympus:20260501T120000", "DTEND"),
        ("DURATION:long", "DURATION"),
        ("EXDATE:20260501T1", "EXDATE"), ("EXDATE;TZID=Mars/Olympus:20260502T100000", "EXDATE"),
        ("RDATE:soon", "RDATE"), ("RECURRENCE-ID:20260231T100000Z", "RECURRENCE-ID"),
        ("DTEND 20260501T120000Z", "DTEND"), ("EXDATE;TZID=\"Europe:20260502T100000", "EXDATE"),
    ])
    func oneFieldIsLost(_ line: String, _ name: String) throws {
        let told = try told("DTSTART:20260501T100000Z", line)
        #expect(told.titles == ["Lamps"])
        #expect(told.problems == ["\(name) cannot be read: 1 event is shown without it"])
    }

    @Test func theReadableDatesOfAListCount() throws {
        let told = try told(
            "DTSTART:20260501T100000Z", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20260502T100000Z,x,20260503T100000Z")
        #expect(told.titles.count == 2 && told.problems == ["EXDATE cannot be read: 1 event is shown without it"])
    }

    @Test(arguments: ["DTSTART:soon", "DTSTART 20260501T100000Z", "SUMMARY:none", "DTSTART:20260231T100000Z"])
    func withoutAStartTheEventIsLost(_ line: String) throws {
        let told = try told(line)
        #expect(told.titles.isEmpty && told.problems == ["the start cannot be read: 1 event is left out"])
        let text = calendar(["BEGIN:VEVENT", "UID:x", line, "END:VEVENT"])
        #expect(try read(text).eventsLeftOut == 1)
    }

    @Test func aChangeOfADateWithoutANameIsNotTheSeries() throws {
        let series = [
            "BEGIN:VEVENT", "UID:x", "SUMMARY:Lamps", "DTSTART:20260501T100000Z", "RRULE:FREQ=DAILY;COUNT=3",
            "END:VEVENT",
        ]
        let change = [
            "BEGIN:VEVENT", "UID:x", "SEQUENCE:1", "RECURRENCE-ID;TZID=Mars/Olympus:20260502T120000", "SUMMARY:Special",
            "DTSTART:20260502T100000Z", "END:VEVENT",
        ]
        #expect(try occurrences(calendar(series + change)).map(\.title) == ["Lamps", "Special", "Lamps"])
    }

    @Test func aDateThatIsCalledOffNeedsNoStart() throws {
        let series = [
            "BEGIN:VEVENT", "UID:x", "SUMMARY:Lamps", "DTSTART:20260501T100000Z", "RRULE:FREQ=DAILY;COUNT=2",
            "END:VEVENT",
        ]
        let change = [
            "BEGIN:VEVENT", "UID:x", "RECURRENCE-ID:20260502T100000Z", "STATUS:CANCELLED ", "DTSTART:never",
            "END:VEVENT",
        ]
        #expect(try occurrences(calendar(series + change)).map(\.isCancelled) == [false, true])
    }

    @Test func aLongNameIsAName() throws {
        let name = String(repeating: "x", count: 2000)
        let text = calendar(["BEGIN:VEVENT", "UID:\(name)", "DTSTART:20260501T100000Z", "END:VEVENT"])
        #expect(try occurrences(text).map(\.uid) == [name] && read(text).problems.isEmpty)
    }

    @Test func namesThatLookAlikeAreTwo() throws {
        let text = calendar(
            ["u\u{308}", "\u{FC}"].flatMap { ["BEGIN:VEVENT", "UID:\($0)", "DTSTART:20260501T100000Z", "END:VEVENT"] })
        #expect(try occurrences(text).count == 2)
    }

    @Test func whatStandsInAWrongPlaceIsCounted() throws {
        let inner = ["BEGIN:VEVENT", "UID:2", "DTSTART:20260501T100000Z", "END:VEVENT"]
        let text = calendar(["BEGIN:VEVENT", "UID:1", "DTSTART:20260501T100000Z"] + inner + ["END:VEVENT"])
        #expect(try read(text).problems == [.misplaced(events: 1)] && read(text).eventsLeftOut == 1)
    }

    @Test func aHomeThatNobodyKnowsIsSaid() throws {
        let text = calendar(["X-WR-TIMEZONE:Mars/Olympus"])
        #expect(try read(text).problems == [.unknownHome("Mars/Olympus")])
    }

    @Test func manyRulesAreSaidInFewLines() throws {
        let events = (0..<40).flatMap {
            ["BEGIN:VEVENT", "UID:\($0)", "DTSTART:20260501T100000Z", "RRULE:FREQ=MOON", "END:VEVENT"]
        }
        let problems = try read(calendar(events)).problems
        #expect(problems.count == 17 && problems.last == .moreRules(events: 24))
    }

    @Test func manyZonesAreSaidInFewLines() throws {
        let events = (0..<40).flatMap {
            ["BEGIN:VEVENT", "UID:\($0)", "DTSTART;TZID=Mars/\($0):20260501T100000", "END:VEVENT"]
        }
        let feed = try read(calendar(events))
        #expect(feed.problems.count == 17 && feed.eventsLeftOut == 40)
    }
}
