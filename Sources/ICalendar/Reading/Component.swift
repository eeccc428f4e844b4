/// What stands between `BEGIN:NAME` and `END:NAME`, of which only what is read here is kept.
struct Component {
    let name: String
    var lines: [ContentLine] = []
    var children: [Component] = []
    /// Names of lines that would count, but cannot be read.
    private(set) var unread: Set<String> = []
    /// Events within it, where none belongs.
    var strayEvents = 0

    mutating func leaveOut(_ name: String) { unread.insert(name) }

    func first(_ name: String) -> ContentLine? { lines.first { $0.name == name } }
    func all(_ name: String) -> [ContentLine] { lines.filter { $0.name == name } }
}

/// Reads the components of a file, in one pass.
struct ComponentReader {
    /// A calendar nests four deep: calendar, time zone, observance; event, alarm.
    static let deepest = 16

    private static let kept: Set = ["VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"]
    private static let wanted: Set = [
        "BEGIN", "END", "METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "UID",
        "DTSTART", "DTEND", "DURATION", "DTSTAMP", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE",
        "STATUS", "SUMMARY", "DESCRIPTION", "URL", "LOCATION", "CATEGORIES", "TZID", "X-LIC-LOCATION", "TZOFFSETFROM",
        "TZOFFSETTO",
    ]

    private var lines: LineReader
    private var open: [Component] = []
    private var eventsLeft: Int
    private let limits: CalendarLimits

    /// The calendars of a file, which may hold several.
    static func calendars(in bytes: [UInt8], limits: CalendarLimits) throws(CalendarError) -> [Component] {
        var reader = ComponentReader(lines: LineReader(bytes), eventsLeft: limits.events, limits: limits)
        return try reader.read()
    }

    private mutating func read() throws(CalendarError) -> [Component] {
        var calendars: [Component] = []
        while lines.advance() {
            guard !lines.isTooLong, let line = ContentLine(lines.line, isWanted: Self.wanted.contains) else {
                leaveOut(lines.line)
                continue
            }
            switch line.name {
            case "BEGIN": try begin(line.value)
            case "END": if let calendar = try end(line.value) { calendars.append(calendar) }
            default: if !open.isEmpty { open[open.count - 1].lines.append(line) }
            }
        }
        // Of a calendar that breaks off, what is missing may be that a show is called off.
        guard open.isEmpty else { throw .breaksOff }
        guard !calendars.isEmpty else { throw .notACalendar }
        return calendars
    }

    /// Attachments are as long as they like, and are nothing that is read here.
    private mutating func leaveOut(_ line: [UInt8]) {
        guard !open.isEmpty, let (name, _) = ContentLine.name(of: line), Self.wanted.contains(name) else { return }
        open[open.count - 1].leaveOut(name)
    }

    private mutating func begin(_ value: String) throws(CalendarError) {
        let name = Self.componentName(value)
        guard !open.isEmpty || name == "VCALENDAR" else { throw .notACalendar }
        guard open.count < Self.deepest else { throw .tooDeep(line: lines.number) }
        if name == "VEVENT" {
            guard eventsLeft > 0 else { throw .tooManyEvents(limits.events) }
            eventsLeft -= 1
        }
        open.append(Component(name: name))
    }

    /// The calendar that ends here, if it is one.
    private mutating func end(_ value: String) throws(CalendarError) -> Component? {
        guard let ended = open.popLast(), ended.name == Self.componentName(value) else {
            throw .misplacedEnd(line: lines.number)
        }
        guard !open.isEmpty else { return ended }
        let outer = open.count - 1
        open[outer].strayEvents += ended.strayEvents
        if ended.name == "VEVENT", open[outer].name != "VCALENDAR" { open[outer].strayEvents += 1 }
        if Self.kept.contains(ended.name) { open[outer].children.append(ended) }
        return nil
    }

    private static func componentName(_ value: String) -> String {
        String(value.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }).uppercased()
    }
}
