import Domain
import Text

/// A calendar of shows as somebody publishes it: iCalendar (RFC 5545), read from bytes that anybody may have written.
///
/// What cannot be read for certain is left out and said (`problems`); what cannot be read as a whole is refused.
package struct CalendarFeed: Sendable {
    /// What the calendar calls itself; empty when it does not.
    package let name: SafeText
    /// How long whoever publishes it wants it to be kept before it is asked for again.
    package let refreshInterval: Duration?
    /// What was left out.
    package let problems: [CalendarProblem]

    private let series: [Series]
    private let zones: [CalendarZone]
    /// Where the calendar is at home, if it says so.
    private let home: CalendarZone?
    private let limits: CalendarLimits

    /// What happens in a span of time.
    package struct Schedule: Sendable {
        /// By their start.
        package var events: [CalendarEvent]
        /// False when there are more than was asked for, or more than was looked at.
        package var isComplete: Bool
    }

    /// - Parameter contentType: the header field of the reply that it came in, which may name a character set.
    package init(
        parsing bytes: [UInt8], contentType: String? = nil, limits: CalendarLimits = .standard,
        zones database: ZoneDatabase = .system
    ) throws(CalendarError) {
        guard bytes.count <= limits.bytes else { throw .tooLarge(bytes: limits.bytes) }
        let text = CalendarText(bytes, contentType: contentType)
        let calendars = try ComponentReader.calendars(in: text.bytes, limits: limits)
        let described = calendars.flatMap { $0.children.filter { $0.name == "VTIMEZONE" } }
        var reader = EventReader(zones: ZoneTable(described, database: database, most: limits.zones))
        let records = Self.records(of: calendars, &reader)
        let lines = calendars.flatMap(\.lines)
        var table = reader.zones
        let homeName = lines.first { $0.name == "X-WR-TIMEZONE" && !$0.value.isEmpty }?.value
        home = homeName.flatMap { table.index(of: $0) }.map { table.zones[$0] }
        zones = table.zones
        let clocks = Clocks(zones: table.zones, floating: home ?? .utc)
        series = records.map { Series($0, clocks: clocks) }
        name = SafeText(
            TextValue.text(
                String(lines.first { $0.name == "X-WR-CALNAME" || $0.name == "NAME" }?.value.prefix(256) ?? "")))
        // The standard's name before the one that was in use earlier.
        refreshInterval = ["REFRESH-INTERVAL", "X-PUBLISHED-TTL"].lazy
            .compactMap { name in lines.first { $0.name == name }.flatMap { CalendarDuration($0.value) } }.first
            .map { .seconds($0.days * Civil.secondsInDay + $0.seconds) }
        var problems = reader.problems.problems
        let narrowed = series.reduce(0) { $0 + $1.narrowed }
        if narrowed > 0 { problems.append(.field("RANGE=THISANDFUTURE", events: narrowed)) }
        let stray = calendars.reduce(0) { $0 + $1.strayEvents }
        if stray > 0 { problems.append(.misplaced(events: stray)) }
        if let homeName, home == nil { problems.append(.unknownHome(SafeText(homeName.prefix(120)))) }
        if let charset = text.unknownCharset { problems.append(.charset(SafeText(charset))) }
        self.problems = problems
        self.limits = limits
    }

    /// Those of each name together, in the order of the file.
    private static func records(of calendars: [Component], _ reader: inout EventReader) -> [[EventRecord]] {
        var records: [[EventRecord]] = []
        // Names are bytes: two that look alike are two.
        var places: [[UInt8]: Int] = [:]
        for calendar in calendars {
            let method = calendar.first("METHOD")?.value.split(separator: " ").first?.uppercased()
            for component in calendar.children where component.name == "VEVENT" {
                guard let record = reader.record(component, method: method) else { continue }
                let name = Array(record.uid.utf8)
                if let place = places[name] {
                    records[place].append(record)
                } else {
                    places[name] = records.count
                    records.append([record])
                }
            }
        }
        return records
    }

    /// Events that are not shown because they cannot be read.
    package var eventsLeftOut: Int { problems.reduce(0) { $0 + $1.eventsLeftOut } }

    /// What takes place in a span, or some of it, at most `limit` of it: the earliest. Times without a zone are those of the
    /// calendar's home, else of `localZone`.
    package func occurrences(
        from start: Timestamp, to end: Timestamp, localZone: CalendarZone, limit: Int
    ) -> Schedule {
        let years = Civil.wall(year: 1601, month: 1, day: 1)...Civil.wall(year: Recurrence.lastYear, month: 1, day: 1)
        let (first, last) = (Self.seconds(start, within: years), Self.seconds(end, within: years))
        guard first < last, limit > 0 else { return Schedule(events: [], isComplete: first >= last) }
        let clocks = Clocks(zones: zones, floating: home ?? localZone)
        var (span, work, isComplete): (Range<Int>, Int, Bool) = (first..<last, limits.work, true)
        var events: [CalendarEvent] = []
        // No more than twice what is wanted is ever held.
        let most = max(2 * min(limit, 1 << 30), 64)
        var lastWanted = last
        for series in series {
            let share = min(limits.workForEach, work)
            var left = Work(share)
            let expansion = Expansion(clocks: clocks, span: span, most: min(limit, 1 << 30) + 1)
            expansion.events(of: series, work: &left) { event in
                events.append(event)
                guard events.count >= most, let end = Self.shorten(&events, to: limit) else { return }
                (lastWanted, isComplete) = (min(lastWanted, end), false)
            }
            work -= share - max(left.left, 0)
            isComplete = isComplete && !left.isExhausted
            // What is behind the last that is wanted need not be found.
            span = first..<max(first + 1, min(last, lastWanted + 1))
        }
        isComplete = Self.shorten(&events, to: limit) == nil && isComplete
        return Schedule(events: events, isComplete: isComplete)
    }

    /// Leaves the earliest; the start of the last one of them in seconds, if there were more.
    private static func shorten(_ events: inout [CalendarEvent], to limit: Int) -> Int? {
        events.sort(by: CalendarEvent.isEarlier)
        guard events.count > limit else { return nil }
        events.removeLast(events.count - limit)
        return events.last.map { Int($0.startsAt.milliseconds / 1000) }
    }

    private static func seconds(_ time: Timestamp, within years: ClosedRange<Int>) -> Int {
        let seconds = Civil.floorQuotient(Int(clamping: time.milliseconds), 1000)
        return min(max(seconds, years.lowerBound), years.upperBound)
    }
}
