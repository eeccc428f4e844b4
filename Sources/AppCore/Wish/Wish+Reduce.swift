import Domain
import Text

extension AppState {
    /// Puts the product in focus on the wish list, or takes it off.
    mutating func toggleWish() -> [Effect] {
        productInFocus.map { toggleWish(of: $0) } ?? []
    }

    mutating func toggleWish(of product: Product) -> [Effect] {
        if wishes.contains(product.id) { return forgetWish(of: product.id) }
        let wish = Wish(
            product: product.id, title: product.title, brand: product.brand, price: product.cheapestAvailable?.price,
            at: now)
        wishes.wishes.insert(wish, at: 0)
        wishes.products[product.id] = product
        if wishes.selected == nil { wishes.selected = product.id }
        tell("On your wish list: " + product.title + ".", .success)
        return [.store(.wish(wish, true))]
    }

    mutating func forgetWish(of id: ProductID) -> [Effect] {
        guard let index = wishes.wishes.firstIndex(where: { $0.product == id }) else { return [] }
        // The selection stays among the rows that are seen.
        let row = wishRows.firstIndex { $0.product == id } ?? 0
        let wish = wishes.wishes.remove(at: index)
        if wishes.selected == id {
            let rest = wishRows
            wishes.selected = rest.isEmpty ? nil : rest[min(row, rest.count - 1)].product
        }
        tell("No longer on your wish list: " + wish.title + ".")
        return [.store(.wish(wish, false))]
    }

    /// Asks what the things on the list cost now.
    mutating func askForWishes() -> [Effect] {
        wishes.waiting = wishes.wishes.map(\.product).filter { $0 != wishes.asking[$0.channel] }
        return channels.filter { wishes.asking[$0] == nil }.flatMap { askForNextWish(of: $0) }
    }

    private mutating func askForNextWish(of channel: Channel) -> [Effect] {
        wishes.asking[channel] = nil
        guard let next = wishes.waiting.firstIndex(where: { $0.channel == channel }) else { return [] }
        let id = wishes.waiting.remove(at: next)
        wishes.asking[channel] = id
        return [.ask(.product(id))]
    }

    /// An answer about a product that may be on the list, whoever asked.
    mutating func takeWished(_ id: ProductID, _ result: Result<ShopAnswer, ShopFailure>) -> [Effect] {
        switch result {
        case .success(.product(let product)):
            if wishes.contains(id) {
                wishes.products[id] = product
                wishes.gone.remove(id)
                notePrices(of: [product])
            }
        case .success: break
        case .failure(.notFound): wishes.gone.insert(id)
        // The others would fail alike.
        case .failure: if wishes.asking[id.channel] == id { wishes.waiting.removeAll { $0.channel == id.channel } }
        }
        return wishes.asking[id.channel] == id ? askForNextWish(of: id.channel) : []
    }
}
