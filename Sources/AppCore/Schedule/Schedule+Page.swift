import Domain
import Text

// The page of two tabs: the schedule, and what is live.

extension ScheduleState: PageFeature {
    package var channel: Channel? { chosen?.channel }
    package var searchPlace: SearchPlace? { .shows }

    package func showInFocus(_ context: FeatureContext) -> Show? { selected.flatMap(context.show) }
    package func hostInFocus(_ context: FeatureContext) -> Host? {
        showInFocus(context)?.hosts.first ?? context.hostBehind
    }
    package func productInFocus(_ context: FeatureContext) -> Product? {
        guard case .product(let id) = chosen else { return nil }
        return foundProducts(context).first { $0.id == id }
    }

    package mutating func act(on intent: UserIntent, _ context: FeatureContext) -> [Outcome] {
        guard intent == .open else {
            chosen = targets(context).moved(from: chosen, by: intent, page: context.listPage)
            return []
        }
        if case .show(let id) = chosen { return [.message(.openShow(id))] }
        if let product = productInFocus(context) { return [.message(.openProduct(product))] }
        return []
    }

    /// The first click chooses a row, the second opens it.
    package mutating func click(_ target: Target, _ context: FeatureContext) -> [Outcome] {
        let row: ShowOrProduct
        switch target {
        case .show(let id): row = .show(id)
        case .product(let id): row = .product(id)
        default: return []
        }
        if chosen == row { return act(on: .open, context) }
        chosen = row
        return []
    }

    package func offers(_ intent: UserIntent, _ context: FeatureContext) -> Bool? {
        intent == .open ? chosen != nil : nil
    }

    package func hasWhatToSearch(_ context: FeatureContext) -> Bool { true }

    package mutating func keepSelection(_ context: FeatureContext) {
        let rows = targets(context)
        if chosen.map(rows.contains) != true { chosen = rows.first }
    }

    /// Shows what matches at once, and asks every shop when the typing pauses.
    package mutating func searchChanged(_ context: FeatureContext) {
        let words = context.search.words(in: .shows)
        if found?.text != words {
            found = words.isEmpty ? nil : FoundGoods(text: words, dueAt: context.now + Search.pause)
        }
        keepSelection(context)
    }
}
