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

    package init(
        parsing bytes: [UInt8], limits: CalendarLimits = .standard, zones database: ZoneDatabase = .system
    ) throws(CalendarError) {
        let calendars = try ComponentReader.calendars(in: bytes, limits: limits)
        let described = calendars.flatMap { $0.children.filter { $0.name == "VTIMEZONE" } }
        var reader = EventReader(zones: ZoneTable(described, database: database, most: limits.zones))
        var records: [(uid: String, record: [EventRecord])] = []
        var places: [String: Int] = [:]
        for calendar in calendars {
            let method = calendar.first("METHOD")?.value.uppercased()
            for component in calendar.children where component.name == "VEVENT" {
                guard let record = reader.record(component, method: method) else { continue }
                if let place = places[record.uid] {
                    records[place].record.append(record)
                } else {
                    places[record.uid] = records.count
                    records.append((record.uid, [record]))
                }
            }
        }
        let lines = calendars.flatMap(\.lines)
        var table = reader.zones
        home = lines.first { $0.name == "X-WR-TIMEZONE" }
            .flatMap { table.index(of: $0.value) }.map { table.zones[$0] }
        zones = table.zones
        let clocks = Clocks(zones: table.zones, floating: home ?? .utc)
        series = records.map { Series($0.record, clocks: clocks) }
        name = SafeText(
            TextValue.text(
                String(lines.first { $0.name == "X-WR-CALNAME" || $0.name == "NAME" }?.value.prefix(256) ?? "")))
        // The standard's name before the one that was in use earlier.
        refreshInterval = ["REFRESH-INTERVAL", "X-PUBLISHED-TTL"].lazy
            .compactMap { name in lines.first { $0.name == name }.flatMap { CalendarDuration($0.value) } }.first
            .map { .seconds($0.days * Civil.secondsInDay + $0.seconds) }
        problems = Self.problems(of: reader)
        self.limits = limits
    }

    private static func problems(of reader: EventReader) -> [CalendarProblem] {
        let zones = reader.unknownZones.sorted { $0.key < $1.key }
            .map { CalendarProblem.unknownZone(SafeText($0.key.prefix(120)), events: $0.value) }
        let unreadable = reader.unreadable == 0 ? [] : [CalendarProblem.unreadable(events: reader.unreadable)]
        return zones + unreadable + reader.rules
    }

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
