import Domain
import Testing

@testable import ICalendar

@Suite("An event is what was said of it last")
struct RevisionTests {
    private let weekly = [
        "BEGIN:VEVENT", "UID:lamps", "SEQUENCE:1", "SUMMARY:Lamps", "DTSTART;TZID=America/New_York:20260302T200000",
        "DTEND;TZID=America/New_York:20260302T210000", "RRULE:FREQ=WEEKLY;COUNT=5", "END:VEVENT",
    ]

    private func changed(_ recurrence: String, _ lines: String...) -> [String] {
        ["BEGIN:VEVENT", "UID:lamps", "SEQUENCE:2", "RECURRENCE-ID\(recurrence)"] + lines + ["END:VEVENT"]
    }

    private func told(_ lines: [String], from: String = "20260101T000000Z", to: String = "20270101T000000Z") throws
        -> [String]
    {
        try occurrences(calendar(newYork + lines), from: from, to: to).map {
            "\(shown($0.startsAt))–\(shown($0.endsAt).suffix(6)) \($0.title)\($0.isCancelled ? " cancelled" : "")"
        }
    }

    @Test func itStaysAtItsTimeOfDay() throws {
        // The clocks change on 8 March.
        #expect(
            try told(weekly) == [
                "20260303T010000–020000 Lamps", "20260310T000000–010000 Lamps", "20260317T000000–010000 Lamps",
                "20260324T000000–010000 Lamps", "20260331T000000–010000 Lamps",
            ])
    }

    @Test func oneIsMovedAndOneIsCalledOff() throws {
        let moved = changed(
            ";TZID=America/New_York:20260309T200000", "SUMMARY:Late lamps",
            "DTSTART;TZID=America/New_York:20260310T220000",
            "DURATION:PT30M")
        let calledOff = changed(":20260317T000000Z", "STATUS:CANCELLED", "DTSTART:20260317T000000Z", "SUMMARY:Lamps")
        for lines in [weekly + moved + calledOff, calledOff + moved + weekly] {
            #expect(
                try told(lines) == [
                    "20260303T010000–020000 Lamps", "20260311T020000–023000 Late lamps",
                    "20260317T000000–- Lamps cancelled", "20260324T000000–010000 Lamps", "20260331T000000–010000 Lamps",
                ])
        }
    }

    @Test func oneThatIsMovedKeepsItsName() throws {
        let moved = changed(";TZID=America/New_York:20260309T200000", "DTSTART:20260901T000000Z")
        let before = try occurrences(calendar(newYork + weekly)).map(\.id)
        let after = try occurrences(calendar(newYork + weekly + moved)).map(\.id)
        #expect(Set(before) == Set(after) && after.last == before[1] && Set(before).count == 5)
    }

    @Test func theNewestChangeOfOneCountsHoweverItIsNamed() throws {
        let first = changed(";TZID=America/New_York:20260309T200000", "SUMMARY:first", "DTSTART:20260310T010000Z")
        var second = changed(":20260310T000000Z", "SUMMARY:second", "DTSTART:20260310T020000Z")
        second[2] = "SEQUENCE:3"
        for lines in [weekly + first + second, second + first + weekly] {
            let events = try occurrences(calendar(newYork + lines))
            #expect(events.count == 5 && Set(events.map(\.id)).count == 5)
            #expect(events[1].title == "second" && shown(events[1].startsAt) == "20260310T020000")
        }
    }

    @Test func itIsFoundWhereItWasMovedTo() throws {
        let moved = changed(";TZID=America/New_York:20260309T200000", "SUMMARY:Late lamps", "DTSTART:20260901T000000Z")
        #expect(try told(weekly + moved, from: "20260801T000000Z") == ["20260901T000000–- Late lamps"])
        #expect(try told(weekly + moved, from: "20260309T000000Z", to: "20260311T000000Z") == [])
    }

    @Test func allLaterOnesAreMoved() throws {
        let moved = changed(
            ";RANGE=THISANDFUTURE;TZID=America/New_York:20260316T200000", "SUMMARY:Early lamps",
            "DTSTART;TZID=America/New_York:20260315T180000", "DURATION:PT2H")
        let calledOff = changed(":20260325T000000Z", "STATUS:CANCELLED")
        #expect(
            try told(weekly + moved + calledOff) == [
                "20260303T010000–020000 Lamps", "20260310T000000–010000 Lamps", "20260315T220000–000000 Early lamps",
                "20260322T220000–000000 Early lamps", "20260325T000000–- Lamps cancelled",
                "20260329T220000–000000 Early lamps",
            ])
    }

    @Test func allLaterOnesAreCalledOff() throws {
        let off = changed(
            ";RANGE=THISANDFUTURE:20260317T000000Z", "STATUS:CANCELLED", "SUMMARY:Lamps", "DTSTART:20260317T000000Z",
            "DTEND:20260317T010000Z")
        #expect(try told(weekly + off).map { $0.hasSuffix("cancelled") } == [false, false, true, true, true])
    }

    @Test func datesAreAddedAndTakenOut() throws {
        var lines = weekly
        lines.insert("EXDATE;TZID=America/New_York:20260302T200000,20260323T200000", at: 3)
        lines.insert("RDATE;VALUE=PERIOD:20260401T120000Z/PT15M,20260402T120000Z/20260402T121000Z", at: 3)
        lines.insert("RDATE;TZID=America/New_York:20260309T200000,20260403T120000", at: 3)
        lines.insert("EXDATE;VALUE=DATE:20260330", at: 3)
        #expect(
            try told(lines) == [
                "20260310T000000–010000 Lamps", "20260317T000000–010000 Lamps", "20260401T120000–121500 Lamps",
                "20260402T120000–121000 Lamps", "20260403T160000–170000 Lamps",
            ])
    }

    private func single(_ lines: String...) -> [String] { ["BEGIN:VEVENT", "UID:x"] + lines + ["END:VEVENT"] }

    @Test func theNewestRevisionCounts() throws {
        let first = single("SEQUENCE:1", "DTSTAMP:20260105T000000Z", "SUMMARY:old", "DTSTART:20260501T100000Z")
        let second = single("SEQUENCE:2", "DTSTAMP:20260101T000000Z", "SUMMARY:new", "DTSTART:20260502T100000Z")
        let stamped = single("SEQUENCE:2", "DTSTAMP:20260102T000000Z", "SUMMARY:newest", "DTSTART:20260503T100000Z")
        #expect(try told(first + second) == ["20260502T100000–- new"])
        #expect(try told(second + first) == ["20260502T100000–- new"])
        #expect(try told(stamped + second + first) == ["20260503T100000–- newest"])
        #expect(try occurrences(calendar(second)).map(\.sequence) == [2])
    }

    @Test(arguments: ["STATUS:CANCELLED", "STATUS:cancelled", "STATUS:CANCELED"])
    func whatIsCalledOffIsToldAsSuch(_ status: String) throws {
        #expect(try told(single("SUMMARY:A", "DTSTART:20260501T100000Z", status)) == ["20260501T100000–- A cancelled"])
    }

    @Test func aCalendarThatCallsOff() throws {
        let show = single("SEQUENCE:1", "SUMMARY:A", "DTSTART:20260501T100000Z", "DTEND:20260501T110000Z")
        let off = ["METHOD:CANCEL"] + single("SEQUENCE:2", "STATUS:CANCELLED")
        let both = calendar(show) + calendar(off)
        let events = try occurrences(both)
        #expect(events.map(\.isCancelled) == [true] && shown(events.first?.endsAt) == "20260501T110000")
        // An old one calls nothing newer off.
        let old = ["METHOD:CANCEL"] + single("SEQUENCE:0")
        #expect(try occurrences(calendar(old) + calendar(show)).map(\.isCancelled) == [false])
        #expect(try occurrences(calendar(off)).isEmpty, "of what nobody knows there is nothing to tell")
    }

    @Test func aSeriesThatIsCalledOff() throws {
        let moved = changed(":20260317T000000Z", "SUMMARY:Late", "DTSTART:20260318T000000Z")
        let off = [
            "BEGIN:VEVENT", "UID:lamps", "SEQUENCE:3", "STATUS:CANCELLED",
            "DTSTART;TZID=America/New_York:20260302T200000", "END:VEVENT",
        ]
        let events = try occurrences(calendar(newYork + weekly + moved + off))
        #expect(events.count == 5 && events.allSatisfy(\.isCancelled))
    }

    @Test func endsOfDaysAndOfTimes() throws {
        func length(_ lines: String...) throws -> Int64? {
            let text = calendar(newYork + ["BEGIN:VEVENT", "UID:1"] + lines + ["END:VEVENT"])
            let event = try #require(try occurrences(text).first)
            return event.endsAt.map { ($0 - event.startsAt).wholeSeconds / 60 }
        }
        let saturday = "DTSTART;TZID=America/New_York:20260307T200000"
        #expect(try length(saturday) == nil)
        #expect(try length(saturday, "DTEND;TZID=America/New_York:20260308T200000") == 23 * 60, "the night is short")
        #expect(try length(saturday, "DURATION:P1D") == 23 * 60, "a day of the calendar")
        #expect(try length(saturday, "DURATION:PT24H") == 24 * 60)
        #expect(try length(saturday, "DTEND;TZID=America/New_York:20260307T190000") == nil, "it ends before it begins")
        #expect(try length("DTSTART;VALUE=DATE:20260307") == 24 * 60)
        #expect(try length("DTSTART;VALUE=DATE:20260307", "DTEND;VALUE=DATE:20260309") == 48 * 60)
    }

    @Test func whatIsUnderWayIsInTheSpan() throws {
        let show = single("SUMMARY:A", "DTSTART:20260501T100000Z", "DTEND:20260501T120000Z")
        #expect(try told(show, from: "20260501T110000Z", to: "20260502T000000Z").count == 1)
        #expect(try told(show, from: "20260501T120000Z", to: "20260502T000000Z").isEmpty)
        #expect(try told(show, from: "20260501T000000Z", to: "20260501T100000Z").isEmpty)
        #expect(try told(show, from: "20260501T000000Z", to: "20260501T100001Z").count == 1)
    }

    @Test func untilIsTheLastOne() throws {
        func count(_ start: String, _ until: String) throws -> Int {
            try occurrences(event("DTSTART\(start)", "RRULE:FREQ=DAILY;UNTIL=\(until)", zone: newYork)).count
        }
        #expect(try count(":20260101T200000Z", "20260103T200000Z") == 3)
        #expect(try count(":20260101T200000Z", "20260103T195959Z") == 2)
        #expect(try count(";TZID=America/New_York:20260101T200000", "20260104T010000Z") == 3)
        #expect(try count(";TZID=America/New_York:20260101T200000", "20260103T200000") == 3, "on the event's own clock")
        #expect(try count(";TZID=America/New_York:20260101T200000", "20260103") == 3, "all of that day")
        #expect(try count(";VALUE=DATE:20260101", "20260103") == 3)
        #expect(try count(";VALUE=DATE:20260101", "20260103T000000Z") == 3)
        #expect(try count(":20260101T200000Z", "20251231T000000Z") == 1, "the first date is always one")
    }

    @Test func whatASubscriberIsTold() throws {
        let text = calendar([
            "X-WR-CALNAME:Ana\\, live", "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "BEGIN:VEVENT", "UID:1",
            "SUMMARY:Lamps \u{1B}[2J\\nand more",
            "DESCRIPTION:All of them", "LOCATION:Studio\\; Zürich", "CATEGORIES:lamps,light", "CATEGORIES:new",
            "URL:https://live.example/1", "DTSTART:20260501T100000Z", "BEGIN:VALARM", "SUMMARY:Alarm",
            "DESCRIPTION:Alarm",
            "DTSTART:19990101T000000Z", "END:VALARM", "END:VEVENT", "BEGIN:VTODO", "UID:2", "DTSTART:20260501T100000Z",
            "END:VTODO",
        ])
        let feed = try read(text)
        #expect(feed.name == "Ana, live" && feed.refreshInterval == .seconds(6 * 3600) && feed.problems.isEmpty)
        let event = try #require(try occurrences(text).first)
        #expect(try occurrences(text).count == 1)
        #expect(event.title == "Lamps \u{FFFD}[2J and more" && event.summary == "All of them")
        #expect(event.location == "Studio; Zürich" && event.categories == ["lamps", "light", "new"])
        #expect(event.url == "https://live.example/1")
    }

    @Test(arguments: ["javascript:alert(1)", "https://a.example/\u{1B}", "file:///etc/passwd", "https://ä.example"])
    func onlyAddressesOfTheWeb(_ address: String) throws {
        #expect(try occurrences(event("DTSTART:20260501T100000Z", "URL:\(address)")).map(\.url) == [nil])
    }

    @Test func oneWithoutANameKeepsTheNameThatItGets() throws {
        let text = calendar(["BEGIN:VEVENT", "SUMMARY:Lamps", "DTSTART:20260501T100000Z", "END:VEVENT"])
        let events = try occurrences(text)
        let again = try occurrences(text)
        #expect(events == again && events.count == 1)
    }
}
