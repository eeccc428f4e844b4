import Domain
import Text

/// The wish list: kept here and nowhere else, so no shop learns of it.
package struct WishState: Sendable {
    /// The newest first.
    package var wishes: [Wish] = []
    /// The products on it, as the shop told last.
    package var products: [ProductID: Product] = [:]
    /// Products that the shop has no more.
    package var gone: Set<ProductID> = []
    package var selected: ProductID?
    /// Those whose price is still to be asked for, and those that are being asked for: one at a time of each shop is
    /// quick enough, and a long list is no flood of questions.
    private var waiting: [ProductID] = []
    private var asking: [Channel: ProductID] = [:]

    package init() {}

    package func contains(_ id: ProductID) -> Bool { wishes.contains { $0.product == id } }

    /// The rows: all, or those that are searched for.
    package func rows(_ search: Search) -> [Wish] {
        let needle = search.needle(in: .wishes)
        return wishes.filter { needle.matches($0.title, $0.brand) }
    }

    /// The selected product, of which only what was kept is known until the shop has answered.
    private var selectedProduct: Product? {
        guard let wish = wishes.first(where: { $0.product == selected }) else { return nil }
        return products[wish.product]
            ?? Product(id: wish.product, title: wish.title, brand: wish.brand, variants: [])
    }
}

// MARK: What is put on it

extension WishState {
    package enum Event: Sendable {
        /// Puts a product on the list, or takes it off.
        case toggle(Product)
        /// Takes something off that the shop may have no more.
        case forget(ProductID)
    }

    package mutating func handle(_ event: Event, _ context: FeatureContext) -> [Outcome] {
        switch event {
        case .toggle(let product): contains(product.id) ? forget(product.id, context) : add(product, context)
        case .forget(let id): forget(id, context)
        }
    }

    private mutating func add(_ product: Product, _ context: FeatureContext) -> [Outcome] {
        let wish = Wish(
            product: product.id, title: product.title, brand: product.brand, price: product.cheapestAvailable?.price,
            at: context.now)
        wishes.insert(wish, at: 0)
        products[product.id] = product
        if selected == nil { selected = product.id }
        return [.tell("On your wish list: " + product.title + ".", .success), .store(.wish(wish, true))]
    }

    private mutating func forget(_ id: ProductID, _ context: FeatureContext) -> [Outcome] {
        guard let index = wishes.firstIndex(where: { $0.product == id }) else { return [] }
        // The selection stays among the rows that are seen.
        let row = rows(context.search).firstIndex { $0.product == id } ?? 0
        let wish = wishes.remove(at: index)
        if selected == id {
            let rest = rows(context.search)
            selected = rest.isEmpty ? nil : rest[min(row, rest.count - 1)].product
        }
        return [.tell("No longer on your wish list: " + wish.title + "."), .store(.wish(wish, false))]
    }

    package mutating func takeBack(_ command: StoreCommand) {
        switch command {
        case .wish(let wish, true): wishes.removeAll { $0.product == wish.product }
        case .wish(let wish, false): if !contains(wish.product) { wishes.insert(wish, at: 0) }
        default: break
        }
        if let selected, !contains(selected) { self.selected = wishes.first?.product }
    }
}

// MARK: What it costs now

extension WishState {
    private mutating func askForNext(of channel: Channel) -> [Outcome] {
        asking[channel] = nil
        guard let next = waiting.firstIndex(where: { $0.channel == channel }) else { return [] }
        let id = waiting.remove(at: next)
        asking[channel] = id
        return [.ask(.product(id))]
    }

    /// An answer about a product that may be on the list, whoever asked. What was kept is to look at elsewhere.
    package mutating func handle(_ answer: Answer, _ context: FeatureContext) -> [Outcome] {
        guard case .product(let id) = answer.query else { return [] }
        var outcomes: [Outcome] = []
        switch answer.fresh {
        case .success(.product(let product)):
            if contains(id) {
                products[id] = product
                gone.remove(id)
                outcomes.append(.message(.seen([product])))
            }
        case .success: break
        case .failure(.notFound): gone.insert(id)
        // The others would fail alike.
        case .failure: if asking[id.channel] == id { waiting.removeAll { $0.channel == id.channel } }
        }
        return outcomes + (asking[id.channel] == id ? askForNext(of: id.channel) : [])
    }
}

// MARK: Its page

extension WishState: PageFeature {
    package var channel: Channel? { selected?.channel }
    package var searchPlace: SearchPlace? { .wishes }

    package func productInFocus(_ context: FeatureContext) -> Product? { selectedProduct }

    /// Asks what the things on the list cost now.
    package mutating func appear(_ context: FeatureContext) -> [Outcome] {
        waiting = wishes.map(\.product).filter { $0 != asking[$0.channel] }
        return context.channels.filter { asking[$0] == nil }.flatMap { askForNext(of: $0) }
    }

    package mutating func act(on intent: UserIntent, _ context: FeatureContext) -> [Outcome] {
        if intent == .open { return selectedProduct.map { [.message(.openProduct($0))] } ?? [] }
        selected = rows(context.search).map(\.product).moved(from: selected, by: intent, page: context.listPage)
        return []
    }

    package mutating func click(_ target: Target, _ context: FeatureContext) -> [Outcome] {
        guard case .product(let id) = target else { return [] }
        if let product = selectedProduct, product.id == id { return [.message(.openProduct(product))] }
        selected = id
        return []
    }

    package func offers(_ intent: UserIntent, _ context: FeatureContext) -> Bool? {
        intent == .open ? selected != nil : nil
    }

    package func hasWhatToSearch(_ context: FeatureContext) -> Bool { !wishes.isEmpty }

    package mutating func keepSelection(_ context: FeatureContext) {
        let rows = rows(context.search).map(\.product)
        if selected.map(rows.contains) != true { selected = rows.first }
    }
}
