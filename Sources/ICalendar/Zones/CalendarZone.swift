import Domain

/// What clocks show in one time zone: offsets from UTC in seconds, and when they change.
package struct CalendarZone: Hashable, Sendable {
    /// A change of the clocks.
    struct Change: Hashable, Sendable {
        /// In UTC.
        let at: Int
        let before: Int
        let after: Int
        /// The wall time from which on a clock is read with the new offset. A time that does not exist, or that comes twice,
        /// is read with the old one (RFC 5545, 3.3.5).
        let wall: Int
    }

    /// No place on Earth is farther from UTC than this, and RFC 8536 allows no more.
    static let largestOffset = 26 * 3600

    package let name: String
    private let initialOffset: Int
    private let changes: [Change]
    /// What holds after the last of the changes.
    private let rule: YearlyRule?

    package static let utc = CalendarZone("UTC", offset: 0, changes: [])

    /// Changes as instants and the offsets from there on, in any order.
    init(_ name: String, offset: Int, changes: [(at: Int, offset: Int)], rule: YearlyRule? = nil) {
        self.name = name
        initialOffset = offset
        self.rule = rule
        self.changes = Self.chained(changes, from: offset)
    }

    /// A span in which a description does not say when clocks change; nil is without end.
    struct Gap {
        var after: Int?
        var before: Int?
        /// Local time at which it begins, or, of the first one, at which it ends.
        var offset: Int
    }

    /// A description with gaps, in which another zone's changes count, as far as that one shows the same time there now and
    /// then: one that never does is another zone under a borrowed name.
    init(
        _ name: String, offset: Int, changes: [(at: Int, offset: Int)], gaps: [Gap], filledFrom other: CalendarZone
    ) {
        var (initial, all, rule): (Int, [(at: Int, offset: Int)], YearlyRule?) = (offset, changes, nil)
        for gap in gaps {
            let found = other.changes(after: gap.after, before: gap.before)
            let begins = gap.after.map { other.wall(at: $0) - $0 } ?? other.initialOffset
            var offsets = Set(found.map(\.offset) + [begins])
            if gap.before == nil { offsets.formUnion(other.rule?.offsets ?? []) }
            guard offsets.contains(gap.offset) else { continue }
            all += found
            if gap.after == nil { initial = other.initialOffset }
            if gap.before == nil { rule = other.rule }
        }
        self.init(name, offset: initial, changes: all, rule: rule)
    }

    /// Those in a span, as instants and the offsets from there on; without an end those of the table alone, which the rule
    /// follows.
    private func changes(after start: Int?, before end: Int?) -> [(at: Int, offset: Int)] {
        let last = changes.last?.at ?? .min
        var found = changes.map { (at: $0.at, offset: $0.after) }
        if let rule, let end, end > last {
            let years =
                Civil.wall(year: 1601, month: 1, day: 1)...Civil.wall(year: Recurrence.lastYear, month: 1, day: 1)
            let from = Civil.year(ofWall: min(max(last, start ?? last, years.lowerBound), years.upperBound))
            let to = Civil.year(ofWall: min(max(end, years.lowerBound), years.upperBound))
            found += rule.changes(inYears: from...max(from, to)).filter { $0.at > last }
        }
        return found.filter { $0.at > start ?? .min && $0.at < end ?? .max }
    }

    private static func chained(_ changes: [(at: Int, offset: Int)], from initial: Int) -> [Change] {
        var (chained, offset, wall): ([Change], Int, Int) = ([], initial, .min)
        // A stable order: of two at one instant the later holds.
        let ordered = changes.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        for (_, change) in ordered where change.offset != offset {
            // Changes that follow each other within hours leave no wall time to go back to.
            wall = max(wall, change.at + max(offset, change.offset))
            chained.append(Change(at: change.at, before: offset, after: change.offset, wall: wall))
            offset = change.offset
        }
        return chained
    }

    /// The instant at which clocks here show a wall time.
    func instant(ofWall wall: Int) -> Int { wall - offset(wall, by: \.wall) }

    /// What clocks here show at an instant.
    func wall(at instant: Int) -> Int { instant + offset(instant, by: \.at) }

    private func offset(_ time: Int, by place: KeyPath<Change, Int>) -> Int {
        if let rule, time > (changes.last?[keyPath: place] ?? .min) {
            let year = Civil.year(ofWall: time)
            // The table ends where the rule begins: its last change is one of the rule's.
            let near = Self.chained(rule.changes(inYears: year - 1...year + 1), from: rule.standardOffset)
            return Self.offset(time, in: near, by: place, initial: rule.standardOffset)
        }
        return Self.offset(time, in: changes, by: place, initial: initialOffset)
    }

    private static func offset(
        _ time: Int, in changes: [Change], by place: KeyPath<Change, Int>, initial: Int
    ) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle][keyPath: place] <= time { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? changes[low - 1].after : initial
    }
}
