import Testing

@testable import ICalendar

/// Rules that were drawn at random, with the dates that another program (python-dateutil 2.9) found for them: in UTC the first
/// three, how many of the first forty there are, and the last of these.
@Suite("Rules mean what they mean to others")
struct ComparedRulesTests {
    private static let rules: [(zone: String, first: String, rule: String, starts: String, count: Int, last: String)] =
        [
            (
                "Europe/Zurich", "20271028T023000",
                "FREQ=MONTHLY;WKST=SU;BYHOUR=4,2",
                "20271028T0030Z 20271028T0230Z 20271128T0130Z", 40, "20290528T0230Z"
            ),
            (
                "America/New_York", "20271126T020000",
                "COUNT=36;WKST=TU;BYDAY=FR,TU;FREQ=YEARLY",
                "20271126T0700Z 20271130T0700Z 20271203T0700Z", 36, "20280328T0600Z"
            ),
            (
                "Australia/Lord_Howe", "20260417T035900",
                "FREQ=DAILY;BYMINUTE=59;WKST=MO",
                "20260416T1729Z 20260417T1729Z 20260418T1729Z", 40, "20260525T1729Z"
            ),
            (
                "Asia/Kathmandu", "20240306T033000",
                "BYMONTH=6,11,9,3;COUNT=39;WKST=WE;FREQ=MONTHLY",
                "20240305T2145Z 20240605T2145Z 20240905T2145Z", 39, "20330905T2145Z"
            ),
            (
                "Europe/Zurich", "20290511T020000",
                "UNTIL=20370116T110000Z;INTERVAL=3;FREQ=DAILY",
                "20290511T0000Z 20290514T0000Z 20290517T0000Z", 40, "20290905T0000Z"
            ),
            (
                "America/New_York", "20300905T010800",
                "FREQ=WEEKLY;UNTIL=20370823T090000Z;INTERVAL=3;BYDAY=TH,SA;BYMINUTE=24,8,28",
                "20300905T0508Z 20300905T0524Z 20300905T0528Z", 40, "20310111T0608Z"
            ),
            (
                "Australia/Lord_Howe", "20290404T012100",
                "BYDAY=WE,SA,MO;BYMINUTE=21,35;UNTIL=20320506T013000Z;FREQ=WEEKLY",
                "20290403T1451Z 20290403T1505Z 20290406T1451Z", 40, "20290518T1505Z"
            ),
            (
                "Asia/Kathmandu", "20270118T030000",
                "BYDAY=5FR,-5SA,3MO,5TU;FREQ=MONTHLY;UNTIL=20330610T081500Z;INTERVAL=5",
                "20270117T2115Z 20270128T2115Z 20270620T2115Z", 35, "20330428T2115Z"
            ),
            (
                "Europe/Zurich", "20280122T200000",
                "UNTIL=20301026T040000Z;FREQ=MONTHLY;BYDAY=MO,SA,TU,SU",
                "20280122T1900Z 20280123T1900Z 20280124T1900Z", 40, "20280328T1800Z"
            ),
            (
                "America/New_York", "20290922T013000",
                "FREQ=YEARLY;BYMONTHDAY=-24,-4,-9,-7;INTERVAL=5",
                "20290922T0530Z 20290924T0530Z 20290927T0530Z", 40, "20340708T0530Z"
            ),
            (
                "Australia/Lord_Howe", "20250704T020000",
                "WKST=MO;BYMONTH=7;COUNT=26;FREQ=WEEKLY",
                "20250703T1530Z 20250710T1530Z 20250717T1530Z", 26, "20300725T1530Z"
            ),
            (
                "Asia/Kathmandu", "20240701T200000",
                "BYMONTHDAY=-30,-31,-12,20,22;FREQ=DAILY;BYDAY=FR,TU,SU,MO",
                "20240701T1415Z 20240702T1415Z 20240722T1415Z", 40, "20251202T1415Z"
            ),
            (
                "Europe/Zurich", "20300719T080000",
                "BYHOUR=8,10;INTERVAL=2;WKST=TH;FREQ=MONTHLY",
                "20300719T0600Z 20300719T0800Z 20300919T0600Z", 40, "20330919T0800Z"
            ),
            (
                "America/New_York", "20301103T013000",
                "FREQ=WEEKLY;INTERVAL=2;COUNT=42;BYDAY=TH,SU,WE,SA",
                "20301103T0530Z 20301113T0630Z 20301114T0630Z", 40, "20310322T0530Z"
            ),
            (
                "Australia/Lord_Howe", "20291224T120400",
                "FREQ=DAILY;BYMINUTE=20,4,51;BYHOUR=23,12",
                "20291224T0104Z 20291224T0120Z 20291224T0151Z", 40, "20291230T1204Z"
            ),
            (
                "Asia/Kathmandu", "20260402T013000",
                "FREQ=WEEKLY;UNTIL=20271027T014500Z;BYDAY=TH,MO,TU,SA",
                "20260401T1945Z 20260403T1945Z 20260405T1945Z", 40, "20260608T1945Z"
            ),
            (
                "Europe/Zurich", "20291202T203000",
                "BYMONTH=12,3,4;BYDAY=WE,SU,FR;FREQ=YEARLY",
                "20291202T1930Z 20291205T1930Z 20291207T1930Z", 40, "20301201T1930Z"
            ),
            (
                "America/New_York", "20281107T010000",
                "INTERVAL=4;BYDAY=WE,TU,SU,FR;WKST=MO;BYMONTH=5,2,11,3,4;FREQ=DAILY",
                "20281107T0600Z 20281115T0600Z 20281119T0600Z", 40, "20300517T0500Z"
            ),
            (
                "Australia/Lord_Howe", "20280519T030000",
                "BYMONTHDAY=2,24,-13,26,-7,25;FREQ=MONTHLY;COUNT=38",
                "20280518T1630Z 20280523T1630Z 20280524T1630Z", 38, "20281224T1600Z"
            ),
            (
                "Asia/Kathmandu", "20250808T203000",
                "BYDAY=48SU,-21FR,-2MO;FREQ=YEARLY;WKST=TU;INTERVAL=5",
                "20250808T1445Z 20251130T1445Z 20251222T1445Z", 40, "20900811T1445Z"
            ),
            (
                "Europe/Zurich", "20270911T205400",
                "BYDAY=SA;BYMINUTE=22,54,0;INTERVAL=3;FREQ=WEEKLY",
                "20270911T1854Z 20271002T1800Z 20271002T1822Z", 40, "20280610T1854Z"
            ),
            (
                "America/New_York", "20280701T230000",
                "BYDAY=TH,FR,WE,SA;BYMONTH=11,7;BYSETPOS=2;BYHOUR=23,3;FREQ=MONTHLY",
                "20280702T0300Z 20281102T0300Z 20290705T0300Z", 40, "20471102T0300Z"
            ),
            (
                "Australia/Lord_Howe", "20350722T203000",
                "COUNT=11;BYYEARDAY=-29,-175,-163,282,60;FREQ=YEARLY;BYDAY=29SU",
                "20350722T1000Z 20460722T1000Z 20570722T1000Z", 11, "21310722T1000Z"
            ),
            (
                "Asia/Kathmandu", "20300905T033900",
                "UNTIL=20360124T061500Z;WKST=TU;BYMINUTE=39,45;FREQ=WEEKLY",
                "20300904T2154Z 20300904T2200Z 20300911T2154Z", 40, "20310115T2200Z"
            ),
            (
                "Europe/Zurich", "20240415T210000",
                "BYHOUR=21;WKST=FR;BYDAY=MO,FR,WE,TH;FREQ=YEARLY",
                "20240415T1900Z 20240417T1900Z 20240418T1900Z", 40, "20240621T1900Z"
            ),
            (
                "America/New_York", "20241002T200000",
                "BYDAY=FR,SA,WE,SU;FREQ=WEEKLY;COUNT=13;BYMONTH=10,3",
                "20241003T0000Z 20241005T0000Z 20241006T0000Z", 13, "20241024T0000Z"
            ),
            (
                "Australia/Lord_Howe", "20270219T020000",
                "BYMONTHDAY=-8,10,8,-22,1,19;FREQ=MONTHLY;COUNT=39",
                "20270218T1500Z 20270220T1500Z 20270228T1500Z", 39, "20270918T1530Z"
            ),
            (
                "Asia/Kathmandu", "20240317T200000",
                "FREQ=MONTHLY;BYMONTH=6,1,11,3,7;INTERVAL=3",
                "20240317T1415Z 20240617T1415Z 20250317T1415Z", 40, "20430617T1415Z"
            ),
            (
                "Europe/Zurich", "20290726T033000",
                "FREQ=MONTHLY;WKST=SU;UNTIL=20320312T103000Z;BYDAY=TH",
                "20290726T0130Z 20290802T0130Z 20290809T0130Z", 40, "20300425T0130Z"
            ),
            (
                "America/New_York", "20280314T120000",
                "WKST=FR;BYDAY=MO,WE,TU;BYHOUR=16,12;FREQ=DAILY;INTERVAL=2",
                "20280314T1600Z 20280314T2000Z 20280320T1600Z", 40, "20280612T2000Z"
            ),
            (
                "Australia/Lord_Howe", "20270612T003000",
                "BYDAY=SU,SA,MO;FREQ=WEEKLY;BYHOUR=15,0",
                "20270611T1400Z 20270612T0500Z 20270612T1400Z", 40, "20270725T0500Z"
            ),
            (
                "Asia/Kathmandu", "20281109T050000",
                "INTERVAL=6;BYHOUR=6,8,5;COUNT=18;FREQ=YEARLY;BYDAY=TH,MO,TU,FR",
                "20281108T2315Z 20281109T0015Z 20281109T0215Z", 18, "20281117T0215Z"
            ),
        ]

    /// What holds in these zones in the years of the table.
    private static let zones = [
        "Europe/Zurich": "CET-1CEST,M3.5.0,M10.5.0/3", "America/New_York": "EST5EDT,M3.2.0,M11.1.0",
        "Australia/Lord_Howe": "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "Asia/Kathmandu": "<+0545>-5:45",
    ]

    @Test(arguments: rules)
    func isTheSame(
        _ zone: String, _ first: String, _ rule: String, _ starts: String, _ count: Int, _ last: String
    ) throws {
        let zone = try CalendarZone(rule: try #require(Self.zones[zone]))
        // Floating times are those of the zone that is given.
        let text = event("DTSTART:\(first)", "RRULE:\(rule)")
        let found = try occurrences(text, to: "21990101T000000Z", limit: 40, localZone: zone)
            .map { shown($0.startsAt).prefix(13) + "Z" }
        #expect(found.prefix(3).joined(separator: " ") == starts && found.count == count && found.last ?? "" == last)
    }
}
