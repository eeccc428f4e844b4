import Testing

@testable import ICalendar

@Suite("Nothing in a file ends the program or takes long")
struct HostileTests {
    private func error(_ text: String, limits: CalendarLimits = .standard) -> CalendarError? {
        do throws(CalendarError) {
            _ = try CalendarFeed(parsing: Array(text.utf8), limits: limits, zones: noZones)
            return nil
        } catch { return error }
    }

    @Test func whatIsNoCalendarIsRefused() {
        for text in ["", "<html><body>404</body></html>", "BEGIN:VCARD\nEND:VCARD", "BEGIN:VEVENT\nEND:VEVENT"] {
            #expect(error(text) == .notACalendar)
        }
        #expect(error("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR") == .misplacedEnd(line: 3))
        #expect(error("END:VCALENDAR") == .misplacedEnd(line: 1))
        #expect(error("BEGIN:VCALENDAR\nEND:VCALENDAR") == nil)
    }

    @Test func aFileThatBreaksOffIsRefused() {
        let whole = event("DTSTART:20260101T000000Z", "STATUS:CANCELLED")
        for length in 15..<whole.utf8.count - 15 {
            #expect(error(String(decoding: Array(whole.utf8)[..<length], as: UTF8.self)) != nil)
        }
    }

    @Test func limitsAreKept() {
        var limits = CalendarLimits()
        (limits.bytes, limits.events) = (1000, 2)
        let one = ["BEGIN:VEVENT", "DTSTART:20260101T000000Z", "END:VEVENT"]
        #expect(error(calendar(one + one), limits: limits) == nil)
        #expect(error(calendar(one + one + one), limits: limits) == .tooManyEvents(2))
        #expect(error(calendar(["X:" + String(repeating: "x", count: 1000)]), limits: limits) == .tooLarge(bytes: 1000))
        let deep = (0..<100_000).map { _ in "BEGIN:VEVENT" }
        #expect(error(calendar(deep)) == .tooDeep(line: 19))
    }

    @Test(arguments: [
        "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;COUNT=", "FREQ=", "", "FREQ",
        "FREQ=FORTNIGHTLY", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;BYMONTH=13", "FREQ=DAILY;BYMONTH=-1",
        "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=YEARLY;BYDAY=54MO", "FREQ=YEARLY;BYDAY=0MO",
        "FREQ=YEARLY;BYDAY=XX", "FREQ=YEARLY;BYDAY=MO,", "FREQ=YEARLY;BYWEEKNO=54", "FREQ=YEARLY;BYSETPOS=0",
        "FREQ=DAILY;BYHOUR=24", "FREQ=DAILY;BYHOUR=-1", "FREQ=DAILY;UNTIL=yesterday", "FREQ=DAILY;WKST=1MO",
        "FREQ=DAILY;X-MOON=FULL", "RSCALE=CHINESE;FREQ=YEARLY", "FREQ=YEARLY;SKIP=FORWARD",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4;BYMINUTE=" + (0..<59).map(String.init).joined(separator: ","),
    ])
    func halfARuleIsNone(_ rule: String) throws {
        #expect(RecurrenceRule(rule) == nil)
        #expect(try occurrences(event("DTSTART:20260101T000000Z", "RRULE:\(rule)")).count == 1)
    }

    @Test(arguments: [
        "FREQ=DAILY", "FREQ=DAILY;INTERVAL=99999999999999999999", "FREQ=YEARLY;INTERVAL=999999999",
        "FREQ=DAILY;COUNT=99999999999999999999", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", "FREQ=YEARLY;BYYEARDAY=366;BYWEEKNO=20",
        "FREQ=MONTHLY;BYSETPOS=366;BYDAY=MO", "FREQ=DAILY;UNTIL=00010101", "FREQ=DAILY;UNTIL=99991231T235959Z",
        "FREQ=YEARLY;BYHOUR=0,3,6,9,12,15,18,21;BYMINUTE=0,15,30,45;BYDAY=MO,TU,WE,TH,FR,SA,SU",
    ])
    func endlessRulesEnd(_ rule: String) throws {
        for start in ["00010101T000000Z", "19700101T000000Z", "20261231T235959", "99991231T235959Z", "00010101"] {
            let text = event("DTSTART:\(start)", "DURATION:P3660D", "RRULE:\(rule)")
            for span in [("00010101T000000Z", "99991231T000000Z"), ("20260101T000000Z", "20260201T000000Z")] {
                let events = try occurrences(text, from: span.0, to: span.1, limit: 50, limits: .small)
                #expect(events.count <= 50)
            }
        }
    }

    @Test func spansWithoutEndOrSense() throws {
        let feed = try read(event("DTSTART:20260101T000000Z", "RRULE:FREQ=DAILY"))
        let all = feed.occurrences(from: .distantPast, to: .distantFuture, localZone: .utc, limit: 10)
        #expect(all.events.count == 10 && !all.isComplete)
        #expect(feed.occurrences(from: .distantFuture, to: .distantPast, localZone: .utc, limit: 10).events.isEmpty)
        #expect(feed.occurrences(from: .distantPast, to: .distantFuture, localZone: .utc, limit: 0).events.isEmpty)
        #expect(feed.occurrences(from: .distantPast, to: .distantFuture, localZone: .utc, limit: -1).events.isEmpty)
    }

    @Test func theEarliestAreTheOnesThatAreLeft() throws {
        // Five hundred series that begin on days in no order, of which the ten earliest dates are wanted.
        let lines = (0..<500).flatMap { number in
            let day = number * 7 % 500
            let start = shown(.init(seconds: 1_767_225_600 + Int64(day) * 86_400))
            return [
                "BEGIN:VEVENT", "UID:\(number)", "SUMMARY:\(day)", "DTSTART:\(start)Z", "RRULE:FREQ=DAILY;COUNT=3",
                "END:VEVENT",
            ]
        }
        let titles = try occurrences(calendar(lines), limit: 10).map(\.title.string)
        #expect(titles.sorted() == ["0", "0", "0", "1", "1", "1", "2", "2", "3", "2"].sorted())
    }

    @Test func aZoneThatChangesAllTheTimeIsNone() throws {
        let zone = [
            "BEGIN:VTIMEZONE", "TZID:Mad", "BEGIN:STANDARD", "DTSTART:16010101T000000", "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200", "RRULE:FREQ=DAILY", "END:STANDARD", "END:VTIMEZONE",
        ]
        let feed = try read(event("DTSTART;TZID=Mad:20260101T000000", zone: zone))
        #expect(feed.problems.count == 1)
    }

    @Test func damagedFilesAreReadOrRefused() throws {
        let zone = Array(newYork.prefix(6)) + ["END:DAYLIGHT", "END:VTIMEZONE"]
        let text = event(
            "DTSTART;TZID=America/New_York:20260101T090000", "DURATION:PT1H",
            "RRULE:FREQ=MONTHLY;BYDAY=-1FR,2MO;BYSETPOS=1;COUNT=9",
            "RDATE;VALUE=PERIOD:20260401T120000Z/PT15M", "EXDATE;VALUE=DATE:20260330", "CATEGORIES:a,b\\,c",
            zone: zone)
        let bytes = Array(text.utf8)
        for index in bytes.indices {
            for byte: UInt8 in [0x0A, 0x2D, 0x39, 0x3B, 0xFF] {
                var damaged = bytes
                damaged[index] = byte
                guard let feed = try? CalendarFeed(parsing: damaged, limits: .small, zones: noZones) else { continue }
                _ = feed.occurrences(from: .distantPast, to: .distantFuture, localZone: .utc, limit: 20)
            }
        }
    }
}
