import Domain

/// What a shop lists page by page, as far as it was asked for: the next page is asked for when the reader comes near it.
package struct PagedProducts: Sendable {
    /// What is not asked for any further, however many more there are.
    private static let capacity = 2000

    package private(set) var items: [Product] = []
    /// Whether the shop has answered at all.
    package private(set) var isThere = false
    package private(set) var failure: ShopFailure?
    /// When what is listed was so, where the shop could not be asked now.
    package private(set) var keptAt: Timestamp?
    /// The question for more, as the shop has named it; nil at the end.
    private(set) var next: String?
    private var isAsked = false
    /// It is to be listed anew, from the first page; what is listed stays until that has come.
    private var isStartedOver = false

    /// Whether there is more than is listed.
    package var hasMore: Bool { next != nil || !isThere || isStartedOver }

    /// Which page to ask for: the first one has no name.
    struct Place { let cursor: String? }

    /// nil where nothing is to be asked now.
    mutating func takeQuestion() -> Place? {
        guard !isAsked, failure == nil, hasMore else { return nil }
        isAsked = true
        return Place(cursor: next)
    }

    mutating func take(
        _ result: Result<ShopAnswer, ShopFailure>, cursor: String?, keptAt: Timestamp?
    ) {
        guard isAsked, cursor == next else { return }
        isAsked = false
        switch result {
        case .success(.products(let products, let following)):
            if isStartedOver {
                items = []
                self.keptAt = nil
                isStartedOver = false
            }
            let known = Set(items.map(\.id))
            items += products.filter { !known.contains($0.id) }
            // A list that goes round in circles, or that nobody will see the end of, ends here.
            next = following == cursor || products.isEmpty || items.count >= Self.capacity ? nil : following
            isThere = true
            failure = nil
            if let keptAt { self.keptAt = min(keptAt, self.keptAt ?? keptAt) }
        case .success: break
        case .failure(let failure): self.failure = failure
        }
    }

    /// What could not be had, or was kept, may be asked for again.
    mutating func tryAgain() {
        if keptAt != nil, !isAsked { (isStartedOver, next) = (true, nil) }
        failure = nil
    }
}
