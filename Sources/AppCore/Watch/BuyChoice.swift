import Domain
import Text

/// The products that the keys for buying mean on the Watch page: the one on air, and the one that is selected.
package struct BuyChoice: Hashable, Sendable {
    package var onAir: ProductID?
    package var selected: ProductID?

    package init(onAir: ProductID? = nil, selected: ProductID? = nil) {
        self.onAir = onAir
        self.selected = selected
    }
}

extension WatchState {
    /// A selection that has not been moved for so long follows the show again.
    package static let selectionRests = Duration.seconds(60)

    /// Takes a move of the shopper's among the products of the show.
    mutating func select(_ product: ProductID?, at now: Timestamp) {
        selectedProduct = product
        selectionMovedAt = now
        if shownChoice != nil { shownChoice?.selected = product }
    }

    /// Turns to another one of the products on air.
    mutating func turnCard(by step: Int) {
        let products = onAir
        guard !products.isEmpty else { return }
        onAirIndex = (onAirIndex + step + products.count) % products.count
        if shownChoice != nil { shownChoice?.onAir = products[onAirIndex].id }
    }

    /// Moves a selection that rests, or was never moved, to the product on air. Between two products it stays.
    mutating func letSelectionFollow(at now: Timestamp) {
        if let moved = selectionMovedAt {
            guard now - moved >= Self.selectionRests else { return }
            selectionMovedAt = nil
        }
        if let product = productOnCard?.id { selectedProduct = product }
    }

    /// When the selection leaves its place for the product on air; nil where it stands there, or where nothing is on air.
    var selectionFollowsAt: Timestamp? {
        guard let moved = selectionMovedAt, let product = productOnCard?.id, product != selectedProduct else {
            return nil
        }
        return moved + Self.selectionRests
    }

    /// The product that the cursor stands on: of the moments while they are shown, else of the line-up.
    func selection(at position: Timestamp) -> ProductID? {
        pane == .moments ? chosenMoment(at: position)?.products.first : selectedProduct
    }

    package func product(_ id: ProductID) -> Product? { lineUp.first { $0.id == id }.map(current) }
}

extension AppState {
    /// The products that a frame drawn now names; nil away from the Watch page, and while something covers it.
    package var buyChoice: BuyChoice? {
        guard let watch, case .watch = page, buy == nil, payment == nil, !isHelpOpen else { return nil }
        return BuyChoice(onAir: watch.productOnCard?.id, selected: watch.selection(at: playheadPosition))
    }

    /// A filtered line-up shows what was searched for, and the selection stays among it.
    private var mayFollow: Bool { watch != nil && !search.isOn(in: .lineUp) }

    mutating func moveSelection() { if mayFollow { watch?.letSelectionFollow(at: now) } }

    var selectionFollowsAt: Timestamp? { mayFollow ? watch?.selectionFollowsAt : nil }

    /// Opens the pane on the product that the last frame showed as being on air, whatever came on air since.
    mutating func buyOnAir() -> [Effect] {
        guard takesOrders, let watch else { return [] }
        let now = watch.productOnCard
        guard let shown = watch.shownChoice else {
            return now.map { openBuyPane(on: $0) } ?? tellNothingOnAir(watch)
        }
        guard let product = shown.onAir.flatMap(watch.product) else {
            guard let now else { return tellNothingOnAir(watch) }
            tell(now.title + " has only just come on air:", KeyHint(.buy, "buys it."))
            return []
        }
        return openBuyPane(on: product)
    }

    private mutating func tellNothingOnAir(_ watch: WatchState) -> [Effect] {
        guard watch.detail != nil, watch.timeline != nil else {
            tell("The show is still being asked for.")
            return []
        }
        let selected = watch.selection(at: playheadPosition).flatMap(watch.product)?.title
        tell(
            "Nothing is on air just now;",
            KeyHint(.buySelected, "buys " + (selected ?? "what you select in the line-up") + "."))
        return []
    }

    /// Opens the pane on the product that the last frame showed as selected.
    mutating func buySelected() -> [Effect] {
        guard takesOrders, let watch else { return [] }
        let selected = watch.shownChoice.map { $0.selected } ?? watch.selection(at: playheadPosition)
        if let product = selected.flatMap(watch.product) { return openBuyPane(on: product) }
        focusLineUp()
        tell("Choose a product first;", KeyHint(.buySelected, "buys it."))
        return []
    }
}
