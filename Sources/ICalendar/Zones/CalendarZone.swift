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
