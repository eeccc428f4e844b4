/// The fold of a show's events: the one place that says what holds after each of them. The server that writes a timeline
/// and everybody who watches it use this one, so that a head and the events before it never disagree.
extension ShowSnapshot {
    /// More deals than run at once; what began longest ago goes first.
    package static let offersCapacity = 200

    /// Folds in the next event.
    /// - Parameter facts: the newest price and stock of a product's variants, this event's included. Without it nothing
    ///   is put into `onAir`.
    package mutating func fold(_ event: TimelineEvent, facts: (ProductID) -> [VariantFacts] = { _ in [] }) {
        sequence = max(sequence, event.sequence)
        at = max(at, event.at)
        switch event.kind {
        case .chat, .link, .unknown: break
        case .chatRemoved(let id):
            if pinned?.id == id { pinned = nil }
        case .pinned(let message): pinned = message
        case .highlight(let products):
            highlight = products
            onAir = products.flatMap(facts)
        case .price, .stock: onAir = highlight.flatMap(facts)
        case .offerStarted(let offer):
            // An offer that is told again, with fewer left, takes the place of its former self.
            offers.removeAll { $0.id == offer.id }
            offers.append(offer)
            if offers.count > Self.offersCapacity { offers.removeFirst() }
        case .offerEnded(let id): offers.removeAll { $0.id == id }
        case .viewers(let count): viewers = count
        case .reactions(let total): reactions = total
        case .state(let newState):
            state = newState
            if newState.isOver { endAll() }
        }
    }

    /// Takes everything off the air. The pinned message and the counts stay as they were last.
    private mutating func endAll() {
        highlight = []
        onAir = []
        offers = []
    }
}

extension ShowState {
    /// Nothing happens in the show any more.
    package var isOver: Bool { self == .ended || self == .cancelled }
}

extension TimelineEvent.Kind {
    /// The variant whose price or stock it tells.
    package var variant: SKU? {
        switch self {
        case .price(let sku, _, _), .stock(let sku, _): sku
        default: nil
        }
    }
}

extension VariantFacts? {
    /// Folds in what an event tells of the variant. Stock alone says nothing of one whose price is not known.
    package mutating func fold(_ kind: TimelineEvent.Kind) {
        switch kind {
        case .price(let sku, let price, let was):
            self = VariantFacts(sku: sku, price: price, was: was, stock: self?.stock)
        case .stock(_, let stock): self?.stock = stock
        default: break
        }
    }
}
