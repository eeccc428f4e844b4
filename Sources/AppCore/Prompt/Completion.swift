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

extension AppState {
    /// What the word at the cursor of the command line may become.
    package var completion: Completion? {
        guard let prompt, prompt.purpose == .command else { return nil }
        if let current = prompt.completion { return current }
        let head = prompt.line[..<prompt.cursor]
        guard let space = head.firstIndex(of: " ") else {
            let names = CommandTable.commands.filter { $0.isWorth(offering: context(under: prompt)) }.map {
                SafeText($0.name + ($0.argument == nil ? "" : " "))
            }
            return Completion(start: 0, typed: SafeText(String(head)), among: names)
        }
        guard let argument = CommandTable.command(named: String(head[..<space]))?.argument else { return nil }
        let start = head[space...].firstIndex { $0 != " " } ?? prompt.cursor
        return Completion(start: start, typed: SafeText(String(head[start...])), among: words(for: argument))
    }

    /// Where the keys had their meaning before the line was opened.
    private func context(under prompt: Prompt) -> KeyContext {
        var below = self
        below.prompt = nil
        return below.context
    }

    private func words(for argument: Command.Argument) -> [SafeText] {
        switch argument {
        case .theme: themes.map { SafeText($0) }
        case .muting:
            watch?.chat.entries.reversed().lazy.filter { !$0.isMuted && !isOwn($0.message) }
                .prefix(200).map { "@" + $0.message.author } ?? []
        case .muted: mutes.entries
        case .place: schedule.shows.map(\.title) + hostNames
        case .words: hostNames + schedule.shows.map(\.title)
        }
    }

    private var hostNames: [SafeText] { schedule.shows.flatMap(\.hosts).map(\.name) }
}
