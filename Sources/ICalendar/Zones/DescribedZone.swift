/// A zone as the file itself describes it, in a VTIMEZONE: observances, each with its first onset and how it repeats.
enum DescribedZone {
    /// Twice a year for a thousand years; a zone with more is not one.
    static let mostChanges = 4096
    private static let mostWork = 1_000_000

    /// One change of the clocks, in UTC, and the offsets before and after it.
    private struct Onset {
        var at: Int
        var from: Int
        var to: Int
    }

    /// Nil when it cannot be understood.
    /// - Parameter known: what this machine knows under the same name, for the times that the description leaves open.
    static func zone(_ component: Component, known: () -> CalendarZone? = { nil }) -> CalendarZone? {
        guard let name = component.first("TZID")?.value, !component.children.isEmpty else { return nil }
        var onsets: [Onset] = []
        var goesOn = false
        var work = Work(mostWork)
        for observance in component.children {
            guard let from = offset(observance.first("TZOFFSETFROM")), let to = offset(observance.first("TZOFFSETTO")),
                observance.unread.isEmpty, let walls = walls(of: observance, offset: from, work: &work),
                onsets.count + walls.count <= mostChanges
            else { return nil }
            onsets += walls.map { Onset(at: $0 - from, from: from, to: to) }
            goesOn = goesOn || observance.all("RRULE").contains { RecurrenceRule($0.value)?.isEndless == true }
        }
        // A stable order: of two at one instant the later holds.
        let ordered = onsets.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
        guard let first = ordered.first else { return nil }
        let changes = ordered.map { (at: $0.at, offset: $0.to) }
        guard let known = known() else { return CalendarZone(name, offset: first.from, changes: changes) }
        return CalendarZone(
            name, offset: first.from, changes: changes, gaps: gaps(in: ordered, goesOn: goesOn), filledFrom: known)
    }

    /// The times that a description leaves open: before its first change, after the last of a list that ends, and where the
    /// offset before a change is not the one that the change before has left.
    private static func gaps(in onsets: [Onset], goesOn: Bool) -> [CalendarZone.Gap] {
        guard let first = onsets.first, let last = onsets.last else { return [] }
        var gaps = [CalendarZone.Gap(after: nil, before: first.at, offset: first.from)]
        for (onset, next) in zip(onsets, onsets.dropFirst()) where onset.to != next.from {
            gaps.append(CalendarZone.Gap(after: onset.at, before: next.at, offset: onset.to))
        }
        if !goesOn { gaps.append(CalendarZone.Gap(after: last.at, before: nil, offset: last.to)) }
        return gaps
    }

    /// Wall times before the change.
    private static func walls(of observance: Component, offset: Int, work: inout Work) -> [Int]? {
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
