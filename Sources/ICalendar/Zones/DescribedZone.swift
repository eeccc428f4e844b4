/// A zone as the file itself describes it, in a VTIMEZONE: observances, each with its first onset and how it repeats.
enum DescribedZone {
    /// Twice a year for a thousand years; a zone with more is not one.
    static let mostChanges = 4096
    private static let mostWork = 1_000_000

    /// Nil when it cannot be understood.
    static func zone(_ component: Component) -> CalendarZone? {
        guard let name = component.first("TZID")?.value, !component.children.isEmpty else { return nil }
        var changes: [(at: Int, offset: Int)] = []
        var first: (at: Int, before: Int)?
        var work = Work(mostWork)
        for observance in component.children {
            guard let from = offset(observance.first("TZOFFSETFROM")), let to = offset(observance.first("TZOFFSETTO")),
                let onsets = onsets(of: observance, offset: from, work: &work),
                changes.count + onsets.count <= mostChanges
            else { return nil }
            changes += onsets.map { ($0 - from, to) }
            if let onset = onsets.min(), onset - from < first?.at ?? .max { first = (onset - from, from) }
        }
        return first.map { CalendarZone(name, offset: $0.before, changes: changes) }
    }

    /// Wall times before the change.
    private static func onsets(of observance: Component, offset: Int, work: inout Work) -> [Int]? {
        guard let start = observance.first("DTSTART").flatMap({ CalendarTime($0.value, clock: .floating) })
        else { return nil }
        var onsets = [start.wall]
        for line in observance.all("RRULE") {
            guard let rule = RecurrenceRule(line.value) else { return nil }
            Recurrence(rule, first: start.wall).forEach(since: start.wall + 1, work: &work) { wall in
                guard isBefore(rule.end, wall: wall, offset: offset), onsets.count <= mostChanges else { return false }
                onsets.append(wall)
                return true
            }
            guard !work.isExhausted else { return nil }
        }
        for line in observance.all("RDATE") {
            for part in line.value.split(separator: ",") {
                guard let time = CalendarTime(part, clock: .floating) else { return nil }
                onsets.append(time.wall)
            }
        }
        return onsets
    }

    private static func isBefore(_ end: RecurrenceRule.End?, wall: Int, offset: Int) -> Bool {
        switch end {
        case nil: true
        case .instant(let instant): wall - offset <= instant
        case .wall(let last): wall <= last
        case .day(let day): Civil.day(ofWall: wall) <= day
        }
    }

    /// `+0100`, `-034530`.
    private static func offset(_ line: ContentLine?) -> Int? {
        guard let text = line?.value, text.hasPrefix("+") || text.hasPrefix("-") else { return nil }
        let bytes = Array(text.utf8.dropFirst().prefix(7))
        guard bytes.count == 4 || bytes.count == 6, let hours = Digits.number(bytes[0..<2]),
            let minutes = Digits.number(bytes[2..<4]), let seconds = bytes.count == 6 ? Digits.number(bytes[4...]) : 0,
            minutes < 60, seconds < 60
        else { return nil }
        let offset = hours * 3600 + minutes * 60 + seconds
        guard offset <= CalendarZone.largestOffset else { return nil }
        return text.hasPrefix("-") ? -offset : offset
    }
}
