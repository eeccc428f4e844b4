import AppCore
import Domain
import Text

extension AppState {
    /// The product that a key on the Watch page buys, by its title; a dash where there is none just now.
    func productNamed(by intent: UserIntent) -> SafeText? {
        guard let watch, context == .watch, let choice = buyChoice else { return nil }
        switch intent {
        case .buy: return choice.onAir.flatMap(watch.product)?.title ?? "–"
        case .buySelected: return choice.selected.flatMap(watch.product)?.title ?? "–"
        default: return nil
        }
    }
}

extension [Keymap.Hint] {
    /// The same with short names of products in places that depend on the screen's width alone, so that nothing beside
    /// them jumps when another product comes on air.
    func fitted(to width: Int) -> [Keymap.Hint] {
        let cells = width < 60 ? 6 : width < 80 ? 12 : width < 100 ? 14 : width < 120 ? 18 : 22
        let names = compactMap(\.product)
        // Two that begin alike are told apart by the words that differ.
        let isAmbiguous = Set(names.map { $0.clipped(to: cells) }).count < Set(names).count
        let short = isAmbiguous ? SafeText.differences(of: names) : names
        var next = short.makeIterator()
        return map { hint in
            guard hint.product != nil, let name = next.next() else { return hint }
            var hint = hint
            // On the narrowest screens the first key's word does for both.
            let word: SafeText = width < 60 && hint.intent == .buySelected ? "" : hint.hint + " "
            hint.hint = word + name.padded(to: cells)
            return hint
        }
    }
}

extension SafeText {
    /// The words in which texts differ, with a mark in the place of those before them that they have in common.
    fileprivate static func differences(of texts: [SafeText]) -> [SafeText] {
        let words = texts.map { $0.string.split(separator: " ") }
        guard let first = words.first else { return texts }
        let shortest = words.map(\.count).min() ?? 0
        let before = (0..<shortest).prefix { place in words.allSatisfy { $0[place] == first[place] } }.count
        let after = (0..<shortest - before).prefix { place in
            words.allSatisfy { $0[$0.count - 1 - place] == first[first.count - 1 - place] }
        }.count
        return zip(words, texts).map { words, text in
            let rest = words.dropFirst(before).dropLast(after)
            return before == 0 || rest.isEmpty ? text : .ellipsis + SafeText(rest.joined(separator: " "))
        }
    }
}
