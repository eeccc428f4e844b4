import Domain
import Glibc
import Testing

@testable import ICalendar

@Suite("A time is where the calendar says")
struct ZoneTests {
    private func folder(_ zones: [String: [UInt8]], _ body: (ZoneDatabase) throws -> Void) throws {
        let path = "/tmp/vitrine-zones-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        mkdir(path, 0o700)
        mkdir(path + "/Europe", 0o700)
        defer {
            for name in zones.keys { unlink("\(path)/\(name)") }
            rmdir(path + "/Europe")
            rmdir(path)
        }
        for (name, bytes) in zones {
            let file = try #require(fopen("\(path)/\(name)", "w"))
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
        try body(ZoneDatabase(folders: [path]))
    }

    /// A file of version 2 as the database has them: nothing in the first part, a table, and the rule for later years.
    private func file(
        times: [Int64] = [], types: [UInt8] = [], offsets: [Int32] = [3600],
        footer: String = "CET-1CEST,M3.5.0,M10.5.0/3"
    ) -> [UInt8] {
        func header(_ times: Int, _ types: Int) -> [UInt8] {
            Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
                + [0, 0, 0, times, types, 1].flatMap { bytes(Int32($0)) }
        }
        func bytes(_ number: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: number.bigEndian, Array.init) }
        let empty = header(0, 1) + [UInt8](repeating: 0, count: 7)
        let table = times.flatMap(bytes) + types + offsets.flatMap { bytes($0) + [0, 0] } + [0]
        return empty + header(times.count, offsets.count) + table + Array("\n\(footer)\n".utf8)
    }

    @Test func aTableThenTheRule() throws {
        // From +1 to +2 h at 10⁹ s and back a day later; from then on by the rule.
        let bytes = file(times: [1_000_000_000, 1_000_086_400], types: [1, 0], offsets: [3600, 7200])
        let zone = try #require(ZoneFile.zone("Test", bytes))
        #expect(zone.wall(at: 999_999_999) == 999_999_999 + 3600)
        #expect(zone.wall(at: 1_000_000_000) == 1_000_000_000 + 7200)
        #expect(zone.wall(at: 1_000_086_400) == 1_000_086_400 + 3600)
        let summer = Int(try at("20500701T120000Z").milliseconds / 1000)
        #expect(zone.wall(at: summer) == summer + 7200 && zone.instant(ofWall: summer + 7200) == summer)
    }

    @Test func damagedFilesAreNoZones() throws {
        let whole = file(times: [1_000_000_000, 1_000_086_400], types: [1, 0], offsets: [3600, 7200])
        #expect(ZoneFile.zone("Test", whole) != nil)
        for length in 0..<whole.count where ZoneFile.zone("Test", Array(whole[..<length])) != nil {
            // Cut behind the table, which stands for itself.
            #expect(length > whole.count - 30)
        }
        for index in whole.indices {
            var damaged = whole
            damaged[index] = 0xFF
            _ = ZoneFile.zone("Test", damaged).map { $0.wall(at: 2_000_000_000) }
        }
        #expect(ZoneFile.zone("Test", file(times: [5, 5], types: [0, 0])) == nil, "times that stand still")
        #expect(ZoneFile.zone("Test", file(times: [5], types: [1])) == nil, "a type that is not there")
        #expect(ZoneFile.zone("Test", file(offsets: [100_000])) == nil, "farther from UTC than any place")
        #expect(ZoneFile.zone("Test", file(footer: "CET-1CEST,M13.1.0,M10.5.0")) == nil)
    }

    @Test(arguments: [
        ("EST5EDT", "20260701T120000Z", -4), ("EST5EDT", "20260101T120000Z", -5), ("CET-1", "20260701T120000Z", 1),
        ("CET-1CEST,J60/0,J300/0", "20260301T000000Z", 2), ("CET-1CEST,J60/0,J300/0", "20260228T220000Z", 1),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "20260701T000000Z", -1),
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", "20260101T000000Z", 13),
        // Summer all the year: each begins when the one before ends.
        ("XXX3EDT4,0/0,J365/23", "20260101T120000Z", -4), ("XXX3EDT4,0/0,J365/23", "20261231T235959Z", -4),
    ])
    func rulesAsPOSIXHasThem(_ rule: String, _ time: String, _ hours: Int) throws {
        let instant = Int(try at(time).milliseconds / 1000)
        #expect(try CalendarZone(rule: rule).wall(at: instant) == instant + hours * 3600)
    }

    @Test(arguments: [
        "", "CE1", "CET", "CET-25", "CET-1CEST,M3.5.0", "CET-1CEST,M3.6.0,M10.5.0", "<CET-1", "CET-1 ",
        "CET-1CEST,366,0",
    ])
    func whatIsNoRuleIsNone(_ text: String) {
        #expect(YearlyRule(text) == nil)
    }

    @Test func aTimeThatIsMissingOrComesTwiceIsReadWithTheOffsetBefore() throws {
        // RFC 5545, 3.3.5: 2:30 on 2007-03-11 is 3:30 in summer time, and 1:30 on 2007-11-04 is the first of the two.
        for zone in [try CalendarZone.newYork(), try CalendarZone(rule: "EST5EDT,M3.2.0,M11.1.0")] {
            func utc(_ wall: String) throws -> String {
                let wall = try #require(CalendarTime(wall, clock: .floating)).wall
                return shown(Timestamp(seconds: Int64(zone.instant(ofWall: wall))))
            }
            #expect(try utc("20070311T015959") == "20070311T065959")
            #expect(try utc("20070311T023000") == "20070311T073000")
            #expect(try utc("20070311T030000") == "20070311T070000")
            #expect(try utc("20071104T005959") == "20071104T045959")
            #expect(try utc("20071104T013000") == "20071104T053000")
            #expect(try utc("20071104T015959") == "20071104T055959")
            #expect(try utc("20071104T020000") == "20071104T070000")
        }
    }

    @Test func timesInUTCFloatingInAZoneAndDays() throws {
        let zone = try CalendarZone(rule: "CET-1CEST,M3.5.0,M10.5.0/3")
        func start(_ line: String) throws -> String {
            shown(try occurrences(event(line, zone: newYork), localZone: zone).first?.startsAt)
        }
        #expect(try start("DTSTART:20260701T120000Z") == "20260701T120000")
        #expect(try start("DTSTART:20260701T120000") == "20260701T100000")
        #expect(try start("DTSTART;TZID=America/New_York:20260701T120000") == "20260701T160000")
        #expect(try start("DTSTART;TZID=\"America/New_York\":20260701T120000") == "20260701T160000")
        #expect(try start("DTSTART;TZID=America/New_York:20260701T120000Z") == "20260701T120000", "UTC says itself")
        #expect(try start("DTSTART;VALUE=DATE:20260701") == "20260630T220000")
        #expect(try start("DTSTART:20260701") == "20260630T220000")
    }

    @Test func aCalendarWithAHomeIsThere() throws {
        let lines =
            newYork + [
                "X-WR-TIMEZONE:America/New_York", "BEGIN:VEVENT", "UID:1", "DTSTART:20260701T120000", "END:VEVENT",
            ]
        #expect(try starts(occurrences(calendar(lines))) == ["20260701T160000"])
    }

    @Test func whatTheCalendarDescribesCountsMoreThanWhatThisMachineKnows() throws {
        let odd = [
            "BEGIN:VTIMEZONE", "TZID:Europe/Zurich", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0500",
            "TZOFFSETTO:+0500", "END:STANDARD", "END:VTIMEZONE",
        ]
        try folder(["Europe/Zurich": file()]) { (zones: ZoneDatabase) throws in
            let line = "DTSTART;TZID=Europe/Zurich:20260701T120000"
            #expect(try starts(occurrences(event(line), zones: zones)) == ["20260701T100000"])
            #expect(try starts(occurrences(event(line, zone: odd), zones: zones)) == ["20260701T070000"])
            // One that says nothing is none.
            let broken = ["BEGIN:VTIMEZONE", "TZID:Europe/Zurich", "END:VTIMEZONE"]
            #expect(try starts(occurrences(event(line, zone: broken), zones: zones)) == ["20260701T100000"])
        }
    }

    @Test(arguments: [
        "Europe/Zurich", "/Europe/Zurich", "/example.org/2026a/Europe/Zurich", "/example.org/Tzfile/Europe/Zurich",
    ])
    func namesOfTheDatabase(_ name: String) throws {
        try folder(["Europe/Zurich": file()]) { (zones: ZoneDatabase) throws in
            let events = try occurrences(event("DTSTART;TZID=\(name):20260701T120000"), zones: zones)
            #expect(starts(events) == ["20260701T100000"])
        }
    }

    @Test func namesOfWindowsAndOfOtherPrograms() throws {
        try folder(["Europe/Berlin": file()]) { (zones: ZoneDatabase) throws in
            let windows = event("DTSTART;TZID=W. Europe Standard Time:20260701T120000")
            #expect(try starts(occurrences(windows, zones: zones)) == ["20260701T100000"])
            let likeness = ["BEGIN:VTIMEZONE", "TZID:Home", "X-LIC-LOCATION:Europe/Berlin", "END:VTIMEZONE"]
            let named = event("DTSTART;TZID=Home:20260701T120000", zone: likeness)
            #expect(try starts(occurrences(named, zones: zones)) == ["20260701T100000"])
        }
    }

    @Test(arguments: [
        "Mars/Olympus", "../Europe/Zurich", "Europe/../Europe/Zurich", "Europe", "/Zurich", "Europe//Zurich", ".",
    ])
    func aZoneThatNobodyKnowsIsSaid(_ name: String) throws {
        try folder(["Europe/Zurich": file()]) { (zones: ZoneDatabase) throws in
            let text = calendar([
                "BEGIN:VEVENT", "UID:1", "DTSTART;TZID=\(name):20260701T120000", "END:VEVENT", "BEGIN:VEVENT", "UID:2",
                "DTSTART:20260701T120000Z", "END:VEVENT",
            ])
            let feed = try read(text, zones: zones)
            #expect(feed.problems.map(\.description) == ["the time zone “\(name)” is unknown: 1 event is left out"])
            #expect(try occurrences(text, zones: zones).map(\.uid) == ["2"])
        }
    }

    /// Where this machine has the database: years before its tables, in them and after them.
    @Test(
        .enabled(if: access("/usr/share/zoneinfo/Australia/Lord_Howe", R_OK) == 0, "no time zone database"),
        arguments: [
            ("Europe/Zurich", "19400701T120000", "19400701T110000"),
            ("Europe/Zurich", "19800701T120000", "19800701T110000"),
            ("Europe/Zurich", "21500701T120000", "21500701T100000"),
            ("Asia/Kathmandu", "20260101T120000", "20260101T061500"),
            ("Asia/Kathmandu", "19850101T120000", "19850101T063000"),
            ("America/New_York", "20060401T120000", "20060401T170000"),
            ("Australia/Lord_Howe", "20260101T120000", "20260101T010000"),
            // Half an hour is missing, and comes twice.
            ("Australia/Lord_Howe", "20261004T021500", "20261003T154500"),
            ("Australia/Lord_Howe", "20260405T014500", "20260404T144500"),
            ("Pacific/Apia", "20111229T120000", "20111229T220000"),
            ("Pacific/Apia", "20111231T120000", "20111230T220000"),
        ])
    func thisMachinesDatabase(_ zone: String, _ wall: String, _ utc: String) throws {
        #expect(
            starts(
                try occurrences(
                    event("DTSTART;TZID=\(zone):\(wall)"), from: "19000101T000000Z", to: "21990101T000000Z",
                    zones: ZoneDatabase(folders: ["/usr/share/zoneinfo"]))) == [utc])
    }
}
