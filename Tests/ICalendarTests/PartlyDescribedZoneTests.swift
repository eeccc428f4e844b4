import Domain
import Glibc
import Testing

@testable import ICalendar

/// Zones that a file describes only in part, under a name that this machine knows.
@Suite(.enabled(if: access("/usr/share/zoneinfo/Europe/Berlin", R_OK) == 0, "no time zone database"))
struct PartlyDescribedZoneTests {
    private let known = ZoneDatabase(folders: ["/usr/share/zoneinfo"])

    private func zone(_ name: String, _ observances: [String]...) -> [String] {
        ["BEGIN:VTIMEZONE", "TZID:\(name)"] + observances.flatMap { $0 } + ["END:VTIMEZONE"]
    }

    private func observance(_ kind: String, _ start: String, _ from: String, _ to: String, _ rule: String? = nil)
        -> [String]
    {
        ["BEGIN:\(kind)", "DTSTART:\(start)", "TZOFFSETFROM:\(from)", "TZOFFSETTO:\(to)"]
            + (rule.map { ["RRULE:\($0)"] } ?? []) + ["END:\(kind)"]
    }

    private func starts(_ name: String, _ walls: [String], _ zone: [String], _ zones: ZoneDatabase? = nil) throws
        -> [String]
    {
        try walls.map { wall in
            let text = event("DTSTART;TZID=\(name):\(wall)", zone: zone)
            return try #require(
                occurrences(text, from: "19000101T000000Z", zones: zones ?? known).first.map { shown($0.startsAt) })
        }
    }

    private var endsInMarch: [String] {
        zone(
            "Europe/Berlin", observance("STANDARD", "20251026T030000", "+0200", "+0100"),
            observance("DAYLIGHT", "20260329T020000", "+0100", "+0200"))
    }

    @Test func goesOnAfterTheEndOfAList() throws {
        let text = event(
            "DTSTART;TZID=Europe/Berlin:20260903T190000", "RRULE:FREQ=WEEKLY;COUNT=15", zone: endsInMarch)
        let times = try occurrences(text, zones: known).map { shown($0.startsAt).suffix(6) }
        #expect(times == Array(repeating: "170000", count: 8) + Array(repeating: "180000", count: 7))
    }

    @Test func fillsTheTimeBeforeAList() throws {
        let walls = ["20250701T120000", "20250101T120000", "20310701T120000", "20320101T120000"]
        #expect(
            try starts("Europe/Berlin", walls, endsInMarch)
                == ["20250701T100000", "20250101T110000", "20310701T100000", "20320101T110000"])
    }

    @Test func keepsAListWhereTheNameIsUnknown() throws {
        let walls = ["20260701T120000", "20261201T120000"]
        #expect(
            try starts("Europe/Berlin", walls, endsInMarch, noZones) == ["20260701T100000", "20261201T100000"])
    }

    @Test func fillsTheWinterWhereOnlySummersAreDescribed() throws {
        let summers = zone(
            "Europe/Berlin",
            observance("DAYLIGHT", "19810329T020000", "+0100", "+0200", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")
        )
        let walls = ["20260701T120000", "20261201T120000", "20270401T120000", "20271231T120000"]
        #expect(
            try starts("Europe/Berlin", walls, summers)
                == ["20260701T100000", "20261201T110000", "20270401T100000", "20271231T110000"])
    }

    @Test func fillsAGapInTheMiddle() throws {
        let years = zone(
            "Europe/Berlin", observance("DAYLIGHT", "20200329T020000", "+0100", "+0200"),
            observance("DAYLIGHT", "20260329T020000", "+0100", "+0200"))
        #expect(
            try starts("Europe/Berlin", ["20210101T120000", "20230701T120000", "20240101T120000"], years)
                == ["20210101T110000", "20230701T100000", "20240101T110000"])
    }

    @Test func knowsNamesOfWindowsAndOfOtherPrograms() throws {
        for name in ["W. Europe Standard Time", "/example.org/2026a/Europe/Berlin"] {
            let part = zone(name, observance("DAYLIGHT", "20260329T020000", "+0100", "+0200"))
            #expect(try starts(name, ["20261201T120000"], part) == ["20261201T110000"])
        }
        let alike =
            [
                "BEGIN:VTIMEZONE", "TZID:Home", "X-LIC-LOCATION:Europe/Berlin",
            ] + observance("DAYLIGHT", "20260329T020000", "+0100", "+0200") + ["END:VTIMEZONE"]
        #expect(try starts("Home", ["20261201T120000"], alike) == ["20261201T110000"])
    }

    @Test func leavesAWholeDescriptionAsItIs() throws {
        let whole = zone(
            "Europe/Berlin",
            observance("STANDARD", "19701025T030000", "+0300", "+0200", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
            observance("DAYLIGHT", "19700329T020000", "+0200", "+0300", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"))
        #expect(
            try starts("Europe/Berlin", ["20260701T120000", "20261201T120000"], whole)
                == ["20260701T090000", "20261201T100000"])
    }

    @Test func leavesAnotherZoneUnderABorrowedName() throws {
        let other = zone("Europe/Berlin", observance("STANDARD", "19700101T000000", "+0500", "+0500"))
        #expect(
            try starts("Europe/Berlin", ["20260701T120000", "20261201T120000"], other)
                == ["20260701T070000", "20261201T070000"])
    }

    @Test func keepsAZoneWithoutSummers() throws {
        let tokyo = zone("Asia/Tokyo", observance("STANDARD", "19700101T000000", "+0900", "+0900"))
        #expect(
            try starts("Asia/Tokyo", ["20260701T120000", "20261201T120000"], tokyo)
                == ["20260701T030000", "20261201T030000"])
    }
}
