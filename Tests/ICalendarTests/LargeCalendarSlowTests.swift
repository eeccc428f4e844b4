import Testing

@testable import ICalendar

/// Files as large as they may be.
@Suite struct LargeCalendarSlowTests {
    /// What took time that grows faster than the file would take hours here.
    @Test(
        .timeLimit(.minutes(2)),
        arguments: ["series", "dates", "zones", "counts", "revisions", "later", "shared", "breaks"])
    func largeOnesAreReadInTime(_ kind: String) throws {
        let start = "DTSTART:19700101T000000Z"
        func events(_ count: Int, _ lines: (Int) -> [String]) -> [String] {
            (0..<count).flatMap { ["BEGIN:VEVENT"] + lines($0) + ["END:VEVENT"] }
        }
        let lines: [String] =
            switch kind {
            case "series": events(5000) { ["UID:\($0)", start, "RRULE:FREQ=DAILY"] }
            case "dates":
                events(1) { _ in
                    ["UID:1", start, "RRULE:FREQ=DAILY"]
                        + (0..<20).map { _ in
                            "EXDATE:" + (0..<3800).map { _ in "19700102T000000Z" }.joined(separator: ",")
                        }
                }
            case "zones":
                (0..<1000).flatMap { number in
                    [
                        "BEGIN:VTIMEZONE", "TZID:Z\(number)", "BEGIN:STANDARD", "DTSTART:16010101T000000",
                        "TZOFFSETFROM:+0100",
                        "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY", "END:STANDARD", "END:VTIMEZONE",
                    ]
                } + events(1000) { ["UID:\($0)", "DTSTART;TZID=Z\($0):20260101T000000"] }
            case "counts":
                events(10_000) {
                    ["UID:\($0)", "DTSTART:00010101T000000Z", "RRULE:FREQ=YEARLY;BYYEARDAY=366;COUNT=999999"]
                }
            case "revisions": events(5000) { ["UID:1", "SEQUENCE:\($0)", start] }
            case "shared":
                events(5000) { ["UID:1", "DTSTART:\(shown(.init(seconds: Int64($0) * 86_400)))Z"] }
                    + events(5000) { ["UID:1", "RECURRENCE-ID:\(shown(.init(seconds: Int64($0) * 86_400)))Z"] }
            case "breaks": Array(repeating: "", count: 500_000)
            default:
                ["BEGIN:VEVENT", "UID:1", start, "RRULE:FREQ=DAILY", "END:VEVENT"]
                    + events(9000) { number in
                        let day = shown(.init(seconds: Int64(number) * 86_400))
                        return ["UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE:\(day)Z", "DTSTART:\(day)Z"]
                    }
            }
        let text = calendar(lines)
        #expect(text.utf8.count <= CalendarLimits.standard.bytes)
        let events = try occurrences(text, limit: 200, limits: .small)
        #expect(events.count <= 200)
    }
}
