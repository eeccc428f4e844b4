import Domain
import Text

/// What a word that is being written may become.
package struct Completion: Hashable, Sendable {
    /// Where in the line the word begins, in characters.
    package let start: Int
    package let candidates: [SafeText]
    /// The candidate that stands in the line; nil for what was written.
    package private(set) var chosen: Int?
    private let typed: SafeText

    /// - Parameters:
    ///   - typed: the word as far as it is written.
    ///   - words: all that it may become, those that are nearest at hand first; where none begins as it does, those that have it.
    init(start: Int, typed: SafeText, among words: [SafeText]) {
        self.start = start
        self.typed = typed
        let needle = typed.string.lowercased()
        var seen: Set<SafeText> = []
        let fresh = words.filter { !$0.isEmpty && seen.insert($0).inserted }
        let begins = fresh.filter { $0.string.lowercased().hasPrefix(needle) }
        candidates = Array((begins.isEmpty ? fresh.filter { Needle(typed).matches($0) } : begins).prefix(50))
    }

    /// The word is written already, and is nothing else's beginning.
    package var isDone: Bool { candidates == [typed] }

    /// What stands in the line now.
    var word: String { (chosen.map { candidates[$0] } ?? typed).string }

    mutating func step(forward: Bool) {
        guard !candidates.isEmpty else { return }
        switch chosen {
        case nil: chosen = forward ? 0 : candidates.count - 1
        case let index?:
            let next = index + (forward ? 1 : -1)
            chosen = candidates.indices.contains(next) ? next : nil
        }
        if candidates.count == 1 { chosen = 0 }
    }
}
