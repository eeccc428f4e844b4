import Testing

@testable import ICalendar

/// RFC 5545, 3.8.5.3: its examples, all at nine in the morning in New York. Where a rule goes on for ever, the first ten dates;
/// of a long list the first six, the last one, and how many there are.
@Suite("The examples of the RFC are what it says")
struct RFCExamplesTests {
    private static let examples: [(first: String, rule: String, dates: String)] = [
        (
            "19970902", "DAILY;COUNT=10",
            "19970902 19970903 19970904 19970905 19970906 19970907 19970908 19970909 19970910 19970911"
        ),
        (
            "19970902", "DAILY;UNTIL=19971224T000000Z",
            "19970902 19970903 19970904 19970905 19970906 19970907 … 19971223 113"
        ),
        (
            "19970902", "DAILY;INTERVAL=2",
            "19970902 19970904 19970906 19970908 19970910 19970912 19970914 19970916 19970918 19970920"
        ),
        (
            "19970902", "DAILY;INTERVAL=10;COUNT=5",
            "19970902 19970912 19970922 19971002 19971012"
        ),
        (
            "19980101", "YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
            "19980101 19980102 19980103 19980104 19980105 19980106 … 20000131 93"
        ),
        (
            "19980101", "DAILY;UNTIL=20000131T140000Z;BYMONTH=1",
            "19980101 19980102 19980103 19980104 19980105 19980106 … 20000131 93"
        ),
        (
            "19970902", "WEEKLY;COUNT=10",
            "19970902 19970909 19970916 19970923 19970930 19971007 19971014 19971021 19971028 19971104"
        ),
        (
            "19970902", "WEEKLY;UNTIL=19971224T000000Z",
            "19970902 19970909 19970916 19970923 19970930 19971007 … 19971223 17"
        ),
        (
            "19970902", "WEEKLY;INTERVAL=2;WKST=SU",
            "19970902 19970916 19970930 19971014 19971028 19971111 19971125 19971209 19971223 19980106"
        ),
        (
            "19970902", "WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
            "19970902 19970904 19970909 19970911 19970916 19970918 19970923 19970925 19970930 19971002"
        ),
        (
            "19970902", "WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
            "19970902 19970904 19970909 19970911 19970916 19970918 19970923 19970925 19970930 19971002"
        ),
        (
            "19970901", "WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
            "19970901 19970903 19970905 19970915 19970917 19970919 … 19971222 25"
        ),
        (
            "19970902", "WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
            "19970902 19970904 19970916 19970918 19970930 19971002 19971014 19971016"
        ),
        (
            "19970905", "MONTHLY;COUNT=10;BYDAY=1FR",
            "19970905 19971003 19971107 19971205 19980102 19980206 19980306 19980403 19980501 19980605"
        ),
        (
            "19970905", "MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
            "19970905 19971003 19971107 19971205"
        ),
        (
            "19970907", "MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
            "19970907 19970928 19971102 19971130 19980104 19980125 19980301 19980329 19980503 19980531"
        ),
        (
            "19970922", "MONTHLY;COUNT=6;BYDAY=-2MO",
            "19970922 19971020 19971117 19971222 19980119 19980216"
        ),
        (
            "19970928", "MONTHLY;BYMONTHDAY=-3",
            "19970928 19971029 19971128 19971229 19980129 19980226 19980329 19980428 19980529 19980628"
        ),
        (
            "19970902", "MONTHLY;COUNT=10;BYMONTHDAY=2,15",
            "19970902 19970915 19971002 19971015 19971102 19971115 19971202 19971215 19980102 19980115"
        ),
        (
            "19970930", "MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
            "19970930 19971001 19971031 19971101 19971130 19971201 19971231 19980101 19980131 19980201"
        ),
        (
            "19970910", "MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            "19970910 19970911 19970912 19970913 19970914 19970915 19990310 19990311 19990312 19990313"
        ),
        (
            "19970902", "MONTHLY;INTERVAL=2;BYDAY=TU",
            "19970902 19970909 19970916 19970923 19970930 19971104 19971111 19971118 19971125 19980106"
        ),
        (
            "19970610", "YEARLY;COUNT=10;BYMONTH=6,7",
            "19970610 19970710 19980610 19980710 19990610 19990710 20000610 20000710 20010610 20010710"
        ),
        (
            "19970310", "YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
            "19970310 19990110 19990210 19990310 20010110 20010210 20010310 20030110 20030210 20030310"
        ),
        (
            "19970101", "YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
            "19970101 19970410 19970719 20000101 20000409 20000718 20030101 20030410 20030719 20060101"
        ),
        (
            "19970519", "YEARLY;BYDAY=20MO",
            "19970519 19980518 19990517 20000515 20010514 20020520 20030519 20040517 20050516 20060515"
        ),
        (
            "19970512", "YEARLY;BYWEEKNO=20;BYDAY=MO",
            "19970512 19980511 19990517 20000515 20010514 20020513 20030512 20040510 20050516 20060515"
        ),
        (
            "19970313", "YEARLY;BYMONTH=3;BYDAY=TH",
            "19970313 19970320 19970327 19980305 19980312 19980319 19980326 19990304 19990311 19990318"
        ),
        (
            "19970605", "YEARLY;BYDAY=TH;BYMONTH=6,7,8",
            "19970605 19970612 19970619 19970626 19970703 19970710 19970717 19970724 19970731 19970807"
        ),
        (
            "19980213", "MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            "19980213 19980313 19981113 19990813 20001013 20010413 20010713 20020913 20021213 20030613"
        ),
        (
            "19970913", "MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
            "19970913 19971011 19971108 19971213 19980110 19980207 19980307 19980411 19980509 19980613"
        ),
        (
            "19961105", "YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "19961105 20001107 20041102 20081104 20121106 20161108 20201103 20241105 20281107 20321102"
        ),
        (
            "19970904", "MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
            "19970904 19971007 19971106"
        ),
        (
            "19970929", "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            "19970929 19971030 19971127 19971230 19980129 19980226 19980330 19980429 19980528 19980629"
        ),
        (
            "19970805", "WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            "19970805 19970810 19970819 19970824"
        ),
        (
            "19970805", "WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            "19970805 19970817 19970819 19970831"
        ),
        (
            "20070115", "MONTHLY;BYMONTHDAY=15,30;COUNT=5",
            "20070115 20070130 20070215 20070315 20070330"
        ),
    ]

    @Test(arguments: examples)
    func example(_ first: String, _ rule: String, _ dates: String) throws {
        let isEndless = !rule.contains("COUNT") && !rule.contains("UNTIL")
        let text = event(
            "DTSTART;TZID=America/New_York:\(first)T090000", "RRULE:FREQ=\(rule)", zone: newYork)
        let events = try occurrences(text, limit: isEndless ? 10 : 1000)
        let zone = try CalendarZone.newYork()
        let found = starts(events, in: zone)
        #expect(found.allSatisfy { $0.hasSuffix("T090000") })
        let days = found.map { String($0.prefix(8)) }
        let short = days.count <= 10 ? days : Array(days.prefix(6)) + ["…", days[days.count - 1], "\(days.count)"]
        #expect(short.joined(separator: " ") == dates)
    }

    @Test func severalTimesADay() throws {
        let text = event(
            "DTSTART;TZID=America/New_York:19970902T090000",
            "RRULE:FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40;COUNT=26", zone: newYork)
        let zone = try CalendarZone.newYork()
        let found = starts(try occurrences(text), in: zone)
        #expect(found.prefix(4) == ["19970902T090000", "19970902T092000", "19970902T094000", "19970902T100000"])
        #expect(found.suffix(3) == ["19970902T164000", "19970903T090000", "19970903T092000"])
    }

    @Test func everyFridayThe13thButTheFirstDate() throws {
        let text = event(
            "DTSTART;TZID=America/New_York:19970902T090000", "EXDATE;TZID=America/New_York:19970902T090000",
            "RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", zone: newYork)
        let zone = try CalendarZone.newYork()
        #expect(
            starts(try occurrences(text, limit: 5), in: zone).map { $0.prefix(8) } == [
                "19980213", "19980313", "19981113", "19990813", "20001013",
            ])
    }

    /// It would make a show of every second of the year.
    @Test(arguments: ["HOURLY;INTERVAL=3", "MINUTELY;INTERVAL=15;COUNT=6", "SECONDLY"])
    func rulesWithinTheDayAreSaidAndNotRead(_ rule: String) throws {
        let feed = try read(event("DTSTART:19970902T090000Z", "SUMMARY:Lamps", "RRULE:FREQ=\(rule)"))
        let events = feed.occurrences(
            from: try at("19970101T000000Z"), to: try at("19980101T000000Z"), localZone: .utc, limit: 10
        ).events
        #expect(starts(events) == ["19970902T090000"])
        #expect(
            feed.problems.map(\.description) == [
                "“Lamps” repeats by a rule that is not read (FREQ=\(rule)): its first date only"
            ])
    }
}

extension CalendarZone {
    /// By the description in the tests.
    static func newYork() throws -> CalendarZone {
        let bytes = Array(calendar(ICalendarTests.newYork).utf8)
        let component = try #require(ComponentReader.calendars(in: bytes, limits: .standard).first?.children.first)
        return try #require(DescribedZone.zone(component))
    }
}
