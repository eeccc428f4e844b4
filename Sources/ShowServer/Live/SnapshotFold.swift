import Domain

extension ShowSnapshot {
    /// Folds in the next event. `facts` are the newest prices and stocks that the timeline has told, this event's
    /// included; `lineUp` tells which of them are on air.
    mutating func fold(_ event: TimelineEvent, facts: [SKU: VariantFacts], lineUp: [ProductID: [SKU]]) {
        sequence = event.sequence
        at = event.at
        switch event.kind {
        case .chat, .link, .unknown: break
        case .chatRemoved(let id):
            if pinned?.id == id { pinned = nil }
        case .pinned(let message): pinned = message
        case .highlight(let products):
            highlight = products
            onAir = Self.onAir(products, facts: facts, lineUp: lineUp)
        case .price(let sku, _, _), .stock(let sku, _):
            if highlight.contains(where: { lineUp[$0]?.contains(sku) == true }) {
                onAir = Self.onAir(highlight, facts: facts, lineUp: lineUp)
            }
        case .offerStarted(let offer):
            // An offer that is told again, with fewer left, takes the place of its former self.
            offers.removeAll { $0.id == offer.id }
            offers.append(offer)
        case .offerEnded(let id): offers.removeAll { $0.id == id }
        case .viewers(let count): viewers = count
        case .reactions(let total): reactions = total
        case .state(let newState):
            state = newState
            if newState == .ended || newState == .cancelled {
                highlight = []
                onAir = []
                offers = []
            }
        }
    }

    private static func onAir(
        _ products: [ProductID], facts: [SKU: VariantFacts], lineUp: [ProductID: [SKU]]
    ) -> [VariantFacts] {
        products.flatMap { product in (lineUp[product] ?? []).compactMap { facts[$0] } }
    }
}
