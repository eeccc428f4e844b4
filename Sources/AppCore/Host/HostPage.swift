import Domain
import Text

extension HostPageState {
    /// All of its rows, or those that are searched for.
    package func lists(_ context: FeatureContext) -> (coming: [Show], products: [Product], past: [Show]) {
        let needle = context.search.needle(in: .hostPage)
        let shows = context.shows(of: host.id, beside: shows).filter { show in
            needle.matches(show.title) || show.tags.contains { needle.matches($0) }
        }
        var listed = (products ?? []).filter { needle.matches($0.title, $0.brand) }
        if let found {
            // What the shop finds by its own words may not have them in the title.
            let known = Set(listed.map(\.id))
            listed += found.goods.items.filter { !known.contains($0.id) }
        }
        return (shows.filter { $0.state != .ended }, listed, shows.filter { $0.state == .ended })
    }

    /// The rows in their order.
    package func rows(_ context: FeatureContext) -> [ShowOrProduct] {
        let lists = lists(context)
        return lists.coming.map { .show($0.id) } + lists.products.map { .product($0.id) }
            + lists.past.map { .show($0.id) }
    }

    mutating func selectSomething(_ context: FeatureContext) {
        if selected == nil { selected = rows(context).first }
    }
}

extension HostPageState: PageFeature {
    package var name: Page? { .host(host.id) }
    package var channel: Channel? { host.id.channel }
    package var searchPlace: SearchPlace? { .hostPage }
    package var staleSince: Timestamp? { (found?.goods ?? goods).keptAt }

    package func showInFocus(_ context: FeatureContext) -> Show? {
        guard case .show(let id) = selected else { return nil }
        return context.show(id)
    }
    package func hostInFocus(_ context: FeatureContext) -> Host? { host }
    package func productInFocus(_ context: FeatureContext) -> Product? {
        guard case .product(let id) = selected else { return nil }
        return lists(context).products.first { $0.id == id }
    }

    package mutating func appear(_ context: FeatureContext) -> [Outcome] {
        selected = rows(context).first
        return [.ask(.host(host.id)), .ask(.shows(ShowFilter(host: host.id), cursor: nil))] + askForGoods(context)
    }

    package mutating func act(on intent: UserIntent, _ context: FeatureContext) -> [Outcome] {
        let rows = rows(context)
        guard intent == .open else {
            selected = rows.moved(from: selected, by: intent, page: context.listPage)
            return askForGoods(context)
        }
        selected = selected ?? rows.first
        if case .show(let id) = selected { return [.message(.openShow(id))] }
        return productInFocus(context).map { [.message(.openProduct($0))] } ?? []
    }

    package mutating func click(_ target: Target, _ context: FeatureContext) -> [Outcome] {
        switch target {
        case .show(let id): return [.message(.openShow(id))]
        case .product(let id):
            if let product = productInFocus(context), product.id == id { return [.message(.openProduct(product))] }
            selected = .product(id)
            return []
        default: return []
        }
    }

    package func offers(_ intent: UserIntent, _ context: FeatureContext) -> Bool? {
        intent == .open ? !rows(context).isEmpty : nil
    }

    package func hasWhatToSearch(_ context: FeatureContext) -> Bool {
        products?.isEmpty == false || !rows(context).isEmpty
    }

    package mutating func keepSelection(_ context: FeatureContext) {
        let rows = rows(context)
        if selected.map(rows.contains) != true { selected = rows.first }
    }

    /// Searches what is listed at once; where there is more than that, the shop is asked when the typing pauses.
    package mutating func searchChanged(_ context: FeatureContext) {
        let words = context.search.words(in: .hostPage)
        if found?.text != words {
            found = words.isEmpty || !goods.hasMore ? nil : Found(text: words, dueAt: context.now + Search.pause)
        }
        keepSelection(context)
    }
}
