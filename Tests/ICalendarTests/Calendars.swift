import Domain
import Testing

@testable import ICalendar

/// A calendar of one event, of these lines beside what each has.
func event(_ lines: String..., zone: [String] = []) -> String {
    calendar(zone + ["BEGIN:VEVENT", "UID:lamps", "DTSTAMP:20260101T000000Z"] + lines + ["END:VEVENT"])
}

func calendar(_ lines: [String]) -> String {
    (["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//lamps.example//EN"] + lines + ["END:VCALENDAR", ""])
        .joined(separator: "\r\n")
}

/// The zone of the examples, as the RFC describes it.
let newYork = [
    "BEGIN:VTIMEZONE", "TZID:America/New_York", "BEGIN:DAYLIGHT", "DTSTART:19870405T020000", "TZOFFSETFROM:-0500",
    "TZOFFSETTO:-0400", "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z", "TZNAME:EDT", "END:DAYLIGHT",
    "BEGIN:STANDARD", "DTSTART:19671029T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z", "END:STANDARD", "BEGIN:DAYLIGHT",
    "DTSTART:20070311T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
    "END:DAYLIGHT", "BEGIN:STANDARD", "DTSTART:20071104T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500",
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "END:STANDARD", "END:VTIMEZONE",
]

/// No zones but those of the calendar itself.
let noZones = ZoneDatabase(folders: [])

func read(
    _ text: String, zones: ZoneDatabase = noZones, limits: CalendarLimits = .standard
) throws -> CalendarFeed {
    try CalendarFeed(parsing: Array(text.utf8), limits: limits, zones: zones)
}

extension CalendarLimits {
    /// As much work as can be done in a test that is not optimised.
    static var small: CalendarLimits {
        var limits = CalendarLimits()
        (limits.workForEach, limits.work) = (10_000, 100_000)
        return limits
    }
}

/// `20260101T093000Z`.
func at(_ text: String) throws -> Timestamp {
    Timestamp(seconds: Int64(try #require(CalendarTime(text, clock: .floating)).wall))
}

func occurrences(
    _ text: String, from: String = "19900101T000000Z", to: String = "21000101T000000Z", limit: Int = 1000,
    zones: ZoneDatabase = noZones, localZone: CalendarZone = .utc, limits: CalendarLimits = .standard
) throws -> [CalendarEvent] {
    try read(text, zones: zones, limits: limits).occurrences(
        from: at(from), to: at(to), localZone: localZone, limit: limit
    ).events
}

/// As a clock shows it: `19970902T090000`.
func shown(_ time: Timestamp?, in zone: CalendarZone = .utc) -> String {
    guard let time else { return "-" }
    let wall = zone.wall(at: Int(time.milliseconds / 1000))
    let date = Civil.date(ofDay: Civil.day(ofWall: wall))
    let second = Civil.secondOfDay(ofWall: wall)
    func padded(_ number: Int, _ width: Int = 2) -> String {
        String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }
    return padded(date.year, 4) + padded(date.month) + padded(date.day) + "T" + padded(second / 3600)
        + padded(second / 60 % 60) + padded(second % 60)
}

func starts(_ events: [CalendarEvent], in zone: CalendarZone = .utc) -> [String] {
    events.map { shown($0.startsAt, in: zone) }
}

extension CalendarZone {
    /// A zone that follows one rule in all years.
    init(rule: String) throws {
        let yearly = try #require(YearlyRule(rule))
        self.init(rule, offset: yearly.standardOffset, changes: [], rule: yearly)
    }
}
