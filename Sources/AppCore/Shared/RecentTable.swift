import DequeModule

/// A table of what a shop tells, whose names are the shop's own: it may invent as many as it likes. What was set longest
/// ago is forgotten first.
package struct RecentTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        var value: Value
        let turn: Int
    }

    package let capacity: Int
    private var entries: [Key: Entry] = [:]
    /// In the order in which they were set; an entry that was set again or taken away leaves its earlier turns behind.
    private var turns: Deque<(key: Key, turn: Int)> = []
    private var nextTurn = 0

    package init(capacity: Int) { self.capacity = max(1, capacity) }

    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }

    package subscript(key: Key) -> Value? {
        get { entries[key]?.value }
        set {
            guard let newValue else {
                entries[key] = nil
                return
            }
            entries[key] = Entry(value: newValue, turn: nextTurn)
            turns.append((key, nextTurn))
            nextTurn &+= 1
            while entries.count > capacity, let oldest = turns.popFirst() {
                if entries[oldest.key]?.turn == oldest.turn { entries[oldest.key] = nil }
            }
            // A few that are set again and again leave many turns behind that mean nothing any more.
            if turns.count > 2 * capacity + 16 { turns.removeAll { entries[$0.key]?.turn != $0.turn } }
        }
    }

    package func keys(where isWanted: (Value) -> Bool) -> [Key] {
        entries.compactMap { isWanted($0.value.value) ? $0.key : nil }
    }

    package mutating func removeAll() {
        entries.removeAll()
        turns.removeAll()
    }
}

/// A set of the same kind.
package struct RecentSet<Element: Hashable & Sendable>: Sendable {
    private var table: RecentTable<Element, Bool>

    package init(capacity: Int) { table = RecentTable(capacity: capacity) }

    package var capacity: Int { table.capacity }
    package var count: Int { table.count }
    package var isEmpty: Bool { table.isEmpty }
    package func contains(_ element: Element) -> Bool { table[element] != nil }

    /// - Returns: whether it was not there.
    @discardableResult
    package mutating func insert(_ element: Element) -> Bool {
        defer { table[element] = true }
        return table[element] == nil
    }

    /// - Returns: whether it was there.
    @discardableResult
    package mutating func remove(_ element: Element) -> Bool {
        defer { table[element] = nil }
        return table[element] != nil
    }

    package mutating func removeAll() { table.removeAll() }
}
