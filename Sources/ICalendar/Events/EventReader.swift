import Domain
import Text

/// Makes records of components. Of an event whose start is known, a field that cannot be read is left out alone.
struct EventReader {
    private static let longestTitle = 1024
    private static let longestText = 8192
    private static let mostCategories = 32
    /// Text of a property: of several lines, one that can be read is enough.
    private static let texts: Set = [
        "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "UID", "STATUS", "SEQUENCE", "DTSTAMP", "DTEND",
        "DURATION",
    ]

    private(set) var zones: ZoneTable
    private(set) var problems = ProblemCounter()
    /// Of the event that is read.
    private var leftOut: Set<String> = []

    init(zones: ZoneTable) { self.zones = zones }

    /// Why an event, or a field of one, is left out.
    private enum Unread: Error {
        case unreadable
        case zone(String)
    }

    /// Nil when it is left out, which is counted. `method` is the calendar's.
    mutating func record(_ component: Component, method: String?) -> EventRecord? {
        leftOut = component.unread.filter { name in
            name != "BEGIN" && name != "END" && !(Self.texts.contains(name) && component.first(name) != nil)
        }
        do throws(Unread) {
            let record = try read(component, isCalledOff: method == "CANCEL")
            problems.leaveOut(leftOut)
            return record
        } catch {
            switch error {
            case .unreadable: problems.leaveOutEvent()
            case .zone(let name): problems.leaveOutEvent(inZone: name)
            }
            return nil
        }
    }

    private mutating func read(_ component: Component, isCalledOff: Bool) throws(Unread) -> EventRecord {
        let status = component.first("STATUS").map { Self.trimmed($0.value).uppercased() }
        var record = EventRecord(
            uid: "", revision: Self.revision(component),
            // The second spelling is the more usual one in America.
            isCancelled: isCalledOff || status == "CANCELLED" || status == "CANCELED",
            title: Self.text(component.first("SUMMARY"), longest: Self.longestTitle),
            summary: Self.text(component.first("DESCRIPTION"), longest: Self.longestText),
            url: component.first("URL").flatMap { Self.address($0.value) },
            location: Self.text(component.first("LOCATION"), longest: Self.longestTitle),
            categories: Self.categories(component))
        try readStart(component, into: &record)
        guard record.start != nil || record.recurrence != nil || isCalledOff else { throw .unreadable }
        record.uid = try uid(component, of: record)
        record.length = length(component, of: record.start)
        readDates(component, into: &record)
        readRules(component, into: &record)
        return record
    }

    private mutating func readStart(_ component: Component, into record: inout EventRecord) throws(Unread) {
        var failure: Unread?
        if let line = component.first("DTSTART") {
            do throws(Unread) { record.start = try time(line.value, line) } catch {
                failure = error
                leftOut.insert(line.name)
            }
        }
        if let line = component.first("RECURRENCE-ID") {
            record.concernsLater = line.parameters["RANGE"]?.uppercased() == "THISANDFUTURE"
            do throws(Unread) { record.recurrence = try time(line.value, line) } catch { failure = failure ?? error }
        }
        if record.recurrence == nil, component.first("RECURRENCE-ID") != nil || leftOut.contains("RECURRENCE-ID") {
            // It is still the change of one date, and not the whole event: of the date that it is now on.
            (record.recurrence, record.concernsLater) = (record.start, false)
            leftOut.insert("RECURRENCE-ID")
        }
        // A date that is called off need not say where it would have been.
        if record.start == nil, !(record.isCancelled && record.recurrence != nil), let failure { throw failure }
        guard record.start == nil, !record.isCancelled, leftOut.contains("DTSTART") else { return }
        throw .unreadable
    }

    /// One without a name gets one from what it is, so that it has the same the next time.
    private func uid(_ component: Component, of record: EventRecord) throws(Unread) -> String {
        let uid = SafeText(TextValue.text(component.first("UID")?.value ?? "")).string
        guard uid.isEmpty else { return uid }
        guard let start = record.start ?? record.recurrence else { throw .unreadable }
        return "\(start.wall)-\(record.title.string.prefix(64))"
    }

    private static func revision(_ component: Component) -> EventRecord.Revision {
        EventRecord.Revision(
            sequence: component.first("SEQUENCE").flatMap { Digits.number(trimmed($0.value)) } ?? 0,
            stamp: component.first("DTSTAMP").flatMap { CalendarTime(trimmed($0.value), clock: .utc) }?.wall ?? 0)
    }

    // MARK: Times

    /// A time that stands in a line, on its own clock: what a time in UTC or a day says of a zone does not count.
    private mutating func time(_ text: some StringProtocol, _ line: ContentLine) throws(Unread) -> CalendarTime {
        guard var time = CalendarTime(Self.trimmed(text), clock: .floating) else { throw .unreadable }
        guard time.clock == .floating, line.parameters["VALUE"]?.uppercased() != "DATE",
            let zone = line.parameters["TZID"].map({ String(Self.trimmed($0)) }), !zone.isEmpty
        else { return time }
        guard let index = zones.index(of: zone) else { throw .zone(zone) }
        time.clock = .zone(index)
        return time
    }

    /// The same for all but the start; nil where it cannot be read, which is noted.
    private mutating func time(
        _ text: some StringProtocol, _ line: ContentLine, beside start: CalendarTime?
    ) -> CalendarTime? {
        do throws(Unread) { return try time(text, line).beside(start) } catch {
            leftOut.insert(line.name)
            return nil
        }
    }

    private mutating func length(_ component: Component, of start: CalendarTime?) -> EventRecord.Length {
        if let line = component.first("DTEND"), var end = time(line.value, line, beside: start) {
            // Beside a start in UTC an end without a clock is in UTC as well: it has no other time to be compared with.
            if end.clock == .floating, !end.isDay, start?.clock == .utc { end.clock = .utc }
            // The end of a day that is no day, and the other way round, says nothing.
            return end.isDay == start?.isDay ? .until(end) : .none
        }
        guard let line = component.first("DURATION") else { return .none }
        guard let duration = CalendarDuration(Self.trimmed(line.value)) else {
            leftOut.insert(line.name)
            return .none
        }
        return .lasting(duration)
    }

    private mutating func readDates(_ component: Component, into record: inout EventRecord) {
        for line in component.all("RDATE") {
            for part in line.value.split(separator: ",") {
                if let date = date(part, line, beside: record.start) { record.dates.append(date) }
            }
        }
        for line in component.all("EXDATE") {
            for part in line.value.split(separator: ",") {
                if let time = time(part, line, beside: record.start) { record.exceptions.append(time) }
            }
        }
    }

    /// A time or a period, `start/end` or `start/duration`.
    private mutating func date(
        _ text: Substring, _ line: ContentLine, beside start: CalendarTime?
    ) -> EventRecord.Date? {
        let parts = Self.trimmed(text).split(separator: "/", maxSplits: 1)
        guard let first = parts.first, let begins = time(first, line, beside: start) else { return nil }
        guard parts.count == 2 else { return EventRecord.Date(start: begins) }
        if let duration = CalendarDuration(parts[1]) {
            return EventRecord.Date(start: begins, length: .lasting(duration))
        }
        return EventRecord.Date(start: begins, length: time(parts[1], line, beside: start).map { .until($0) })
    }

    private mutating func readRules(_ component: Component, into record: inout EventRecord) {
        // EXRULE is of the RFC before; without it there would be shows that are none.
        let lines = component.all("RRULE") + component.all("EXRULE")
        let rules = lines.compactMap { $0.name == "RRULE" ? RecurrenceRule(String(Self.trimmed($0.value))) : nil }
        if rules.count == lines.count {
            record.rules = rules
        } else {
            problems.leaveOutRule(lines.map(\.value).joined(separator: " "), of: record.title)
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
