import Domain
import Text

/// Makes records of components.
struct EventReader {
    /// Longer than any that programs make; it names a show all over the viewer.
    private static let longestUID = 512
    private static let longestTitle = 1024
    private static let longestText = 8192
    private static let mostCategories = 32

    private(set) var zones: ZoneTable
    private(set) var unreadable = 0
    private(set) var unknownZones: [String: Int] = [:]
    private(set) var rules: [CalendarProblem] = []
    private static let mostProblems = 16

    init(zones: ZoneTable) { self.zones = zones }

    /// Why an event is left out.
    private enum Unread: Error {
        case unreadable
        case zone(String)
    }

    /// Nil when it is left out, which is counted. `method` is the calendar's.
    mutating func record(_ component: Component, method: String?) -> EventRecord? {
        do throws(Unread) {
            return try read(component, isCalledOff: method == "CANCEL")
        } catch {
            switch error {
            case .unreadable: unreadable += 1
            case .zone(let name):
                // A file that names thousands of zones is told about in few words.
                if unknownZones[name] != nil || unknownZones.count < Self.mostProblems {
                    unknownZones[name, default: 0] += 1
                } else {
                    unreadable += 1
                }
            }
            return nil
        }
    }

    private mutating func read(_ component: Component, isCalledOff: Bool) throws(Unread) -> EventRecord {
        let status = component.first("STATUS")?.value.uppercased()
        var record = EventRecord(
            uid: "", revision: Self.revision(component),
            // The second spelling is the more usual one in America.
            isCancelled: isCalledOff || status == "CANCELLED" || status == "CANCELED",
            title: Self.text(component.first("SUMMARY"), longest: Self.longestTitle),
            summary: Self.text(component.first("DESCRIPTION"), longest: Self.longestText),
            url: component.first("URL").flatMap { Self.address($0.value) },
            location: Self.text(component.first("LOCATION"), longest: Self.longestTitle),
            categories: Self.categories(component))
        if let line = component.first("DTSTART") { record.start = try time(line) }
        if let line = component.first("RECURRENCE-ID") {
            record.recurrence = try time(line)
            record.concernsLater = line.parameters["RANGE"]?.uppercased() == "THISANDFUTURE"
            record.start = record.start ?? record.recurrence
        }
        guard record.start != nil || isCalledOff else { throw .unreadable }
        record.uid = try uid(component, of: record)
        record.length = try length(component, of: record.start)
        try readDates(component, into: &record)
        readRules(component, into: &record)
        return record
    }

    /// One without a name gets one from what it is, so that it has the same the next time.
    private func uid(_ component: Component, of record: EventRecord) throws(Unread) -> String {
        let uid = SafeText(TextValue.text(component.first("UID")?.value ?? "")).string
        guard uid.utf8.count <= Self.longestUID else { throw .unreadable }
        guard uid.isEmpty else { return uid }
        guard let start = record.start else { throw .unreadable }
        return "\(start.wall)-\(record.title.string.prefix(64))"
    }

    private static func revision(_ component: Component) -> EventRecord.Revision {
        EventRecord.Revision(
            sequence: component.first("SEQUENCE").flatMap { Digits.number($0.value) } ?? 0,
            stamp: component.first("DTSTAMP").flatMap { CalendarTime($0.value, clock: .utc) }?.wall ?? 0)
    }

    // MARK: Times

    private mutating func time(_ line: ContentLine) throws(Unread) -> CalendarTime {
        guard let time = CalendarTime(Self.trimmed(line.value), clock: try clock(of: line)) else { throw .unreadable }
        return time
    }

    private mutating func clock(of line: ContentLine) throws(Unread) -> CalendarTime.Clock {
        guard let name = line.parameters["TZID"], !name.isEmpty else { return .floating }
        // What a time in UTC or a day says of a zone does not count.
        let saysItself = line.value.hasSuffix("Z") || line.parameters["VALUE"]?.uppercased() == "DATE"
        if saysItself { return .floating }
        guard let index = zones.index(of: name) else { throw .zone(name) }
        return .zone(index)
    }

    private mutating func length(_ component: Component, of start: CalendarTime?) throws(Unread) -> EventRecord.Length {
        if let line = component.first("DTEND") {
            let end = try time(line)
            // The end of a day that is no day, and the other way round, says nothing.
            return end.isDay == start?.isDay ? .until(end) : .none
        }
        guard let line = component.first("DURATION") else { return .none }
        return CalendarDuration(Self.trimmed(line.value)).map { .lasting($0) } ?? .none
    }

    private mutating func readDates(_ component: Component, into record: inout EventRecord) throws(Unread) {
        for line in component.all("RDATE") {
            let clock = try clock(of: line)
            for part in line.value.split(separator: ",") {
                record.dates.append(try Self.date(part, clock: clock))
            }
        }
        for line in component.all("EXDATE") {
            let clock = try clock(of: line)
            for part in line.value.split(separator: ",") {
                guard let time = CalendarTime(Self.trimmed(part), clock: clock) else { throw .unreadable }
                record.exceptions.append(time)
            }
        }
    }

    /// A time or a period, `start/end` or `start/duration`.
    private static func date(_ text: Substring, clock: CalendarTime.Clock) throws(Unread) -> EventRecord.Date {
        let parts = trimmed(text).split(separator: "/", maxSplits: 1)
        guard let first = parts.first, let start = CalendarTime(first, clock: clock) else { throw .unreadable }
        guard parts.count == 2 else { return EventRecord.Date(start: start) }
        if let end = CalendarTime(parts[1], clock: clock) { return EventRecord.Date(start: start, length: .until(end)) }
        return EventRecord.Date(start: start, length: CalendarDuration(parts[1]).map { .lasting($0) })
    }

    private mutating func readRules(_ component: Component, into record: inout EventRecord) {
        // EXRULE is of the RFC before; without it there would be shows that are none.
        let lines = component.all("RRULE") + component.all("EXRULE")
        let rules = lines.compactMap { $0.name == "RRULE" ? RecurrenceRule(String(Self.trimmed($0.value))) : nil }
        if rules.count == lines.count {
            record.rules = rules
        } else if self.rules.count < Self.mostProblems {
            let rule = lines.map(\.value).joined(separator: " ")
            self.rules.append(.rule(SafeText(rule.prefix(120)), of: record.title))
        }
    }

    // MARK: Texts

    private static func trimmed(_ text: some StringProtocol) -> Substring {
        var rest = Substring(text)
        while rest.utf8.first == UInt8(ascii: " ") { rest.removeFirst() }
        while rest.utf8.last == UInt8(ascii: " ") { rest.removeLast() }
        return rest
    }

    private static func text(_ line: ContentLine?, longest: Int) -> SafeText {
        guard let line else { return .empty }
        return SafeText(TextValue.text(String(line.value.prefix(longest))))
    }

    private static func categories(_ component: Component) -> [SafeText] {
        let all = component.all("CATEGORIES").flatMap { TextValue.list(String($0.value.prefix(longestTitle))) }
        return all.prefix(mostCategories).map { SafeText($0) }.filter { !$0.isEmpty }
    }

    private static func address(_ value: String) -> String? {
        let value = String(trimmed(value))
        let isWeb = ["http://", "https://"].contains { value.lowercased().hasPrefix($0) }
        // No byte of an address is outside of visible ASCII.
        return isWeb && value.utf8.count <= 2048 && value.utf8.allSatisfy { 0x21...0x7E ~= $0 } ? value : nil
    }
}
