import Text

/// The reader's way through the log.
extension ChatLog {
    /// Moves by `delta` entries from what is seen; past the newest it follows the tail again.
    package mutating func scroll(by delta: Int) {
        guard delta > 0 ? anchor != nil : window?.isAtTop != true, let start = seenBottom else { return }
        window = nil
        guard let target = shownIndex(steps: delta, from: start), let last = shownIndex(from: entries.count - 1, by: -1)
        else { return }
        if delta > 0, target >= last {
            follow()
        } else {
            anchor = entries[target].ordinal
        }
    }

    /// A page, of which an entry stays in sight; `guess` entries where nothing has been drawn since the last move.
    package mutating func scrollPage(up isUp: Bool, guess: Int) {
        let page = max(1, window.map { $0.count - 1 } ?? guess)
        scroll(by: isUp ? -page : page)
    }

    package mutating func scrollToTop() {
        guard window?.isAtTop != true, let first = shownIndex(from: 0, by: 1) else { return }
        window = nil
        anchor = entries[first].ordinal
    }

    /// Goes to the next entry that has what is searched for: the newest that is not below the reader's place, and then
    /// from match to match.
    /// - Returns: whether there is one.
    @discardableResult
    package mutating func find(_ needle: Needle, older: Bool) -> Bool {
        guard !needle.isEmpty, let seen = seenBottom else { return false }
        let step = older ? -1 : 1
        var index = match.flatMap(index(ofOrdinal:)).map { $0 + step } ?? seen
        while let shown = shownIndex(from: index, by: step) {
            let message = entries[shown].message
            if needle.matches(message.text, message.author) {
                let isInSight = window.map { shown <= seen && shownCount(shown...seen) <= $0.count } ?? false
                match = entries[shown].ordinal
                anchor = entries[isInSight ? seen : shown].ordinal
                if !isInSight { window = nil }
                return true
            }
            index = shown + step
        }
        return false
    }

    mutating func beginSearch() {
        match = nil
        origin = (anchor, window)
    }

    /// Back to where the reader was before the search.
    mutating func returnToOrigin() {
        match = nil
        guard let origin else { return }
        if origin.anchor == nil { follow() }
        (anchor, window) = origin
    }

    mutating func endSearch() {
        match = nil
        origin = nil
    }

    /// The index of the lowest entry that the reader sees.
    private var seenBottom: Int? { window.flatMap { index(ofOrdinal: $0.bottom) } ?? bottomIndex }

    private func shownCount(_ range: ClosedRange<Int>) -> Int { entries[range].count { !$0.isMuted } }

    /// The index so many shown entries further, or of the last one that way.
    private func shownIndex(steps: Int, from start: Int) -> Int? {
        let step = steps < 0 ? -1 : 1
        var index = shownIndex(from: start, by: step)
        for _ in 0..<steps.magnitude {
            guard let here = index, let next = shownIndex(from: here + step, by: step) else { break }
            index = next
        }
        return index ?? bottomIndex
    }
}
