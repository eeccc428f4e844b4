import Domain
import Text

// The tab of the orders. What cancels an order or opens it is done by App, which knows the purchases.

extension OrdersState: PageFeature {
    package var channel: Channel? { selectedEntry?.channel }
    package var searchPlace: SearchPlace? { .orders }

    /// The rows: all, or those that are searched for.
    package func entries(_ search: Search) -> [OrderEntry] {
        let needle = search.needle(in: .orders)
        return entries.filter { entry in
            switch entry {
            case .purchase(let intent): needle.matches(intent.title, SafeText(intent.sku.rawValue))
            case .order(let order):
                needle.matches(SafeText(order.id.rawValue))
                    || order.lines.contains { needle.matches($0.title, SafeText($0.sku.rawValue)) }
            }
        }
    }

    func rows(_ search: Search) -> [String] { entries(search).map(\.id) }

    package mutating func act(on intent: UserIntent, _ context: FeatureContext) -> [Outcome] {
        selected = rows(context.search).moved(from: selected, by: intent, page: context.listPage)
        return []
    }

    package func offers(_ intent: UserIntent, _ context: FeatureContext) -> Bool? {
        switch intent {
        case .open: if case .order? = selectedEntry { true } else { false }
        case .cancelOrder: selectedEntry?.canBeCancelled == true
        default: nil
        }
    }

    package func hint(for intent: UserIntent, _ context: FeatureContext) -> SafeText? {
        guard intent == .cancelOrder, case .purchase(let intent)? = selectedEntry, intent.isResolved else {
            return nil
        }
        return "remove"
    }

    package func hasWhatToSearch(_ context: FeatureContext) -> Bool { !rowIDs.isEmpty }

    package mutating func keepSelection(_ context: FeatureContext) {
        let rows = rows(context.search)
        if !rows.contains(selected ?? "") { selected = rows.first }
    }
}

extension OrderEntry {
    fileprivate var canBeCancelled: Bool {
        switch self {
        case .order(let order): order.canCancel
        case .purchase(let intent): !intent.isWithdrawn || intent.isResolved
        }
    }
}
