import Domain
import Text

// Events of a show, and their meaning for whoever watches it. A new kind of event is a line in each of the two lists here.

extension TimelineEvent {
    /// Holds at once when watching live, and does not wait for the picture.
    package var isFact: Bool {
        switch kind {
        case .price, .stock, .offerStarted, .offerEnded, .viewers, .chatRemoved: true
        case .chat, .pinned, .highlight, .link, .reactions, .state, .unknown: false
        }
    }
}

extension AppState {
    mutating func apply(_ event: TimelineEvent) {
        switch event.kind {
        case .chat(let message):
            if watch?.removed.isEmpty == false, watch?.removed.remove(message.id) == true { return }
            receive(message)
        case .chatRemoved(let id):
            if watch?.chat.remove(id) == false { watch?.removed.insert(id) }
            takeBackLinks(by: event) { $0.message == id }
        case .highlight(let products):
            watch?.pendingLink = nil
            watch?.links.clear()
            announce(products, at: event.at)
        case .link(let address, let message):
            // Of several in a row only the last one is on air.
            let link = StandingLinks.Link(address: address, message: message, at: event.at)
            watch?.links.add(link)
            watch?.pendingLink = PendingLink(link, at: now)
        case .price(let sku, let price, _):
            let before = watch?.timeline?.facts[sku]?.price ?? variant(sku)?.price
            if let before, before.exceeds(price) == true, let title = title(of: sku) {
                let text = title + " \(before.groupedString) → \(price.groupedString)"
                watch?.ticker.add(.priceDrop, text)
            }
            noteChange(of: sku)
            // A replay's prices are of its time, and not news.
            if watch?.playhead.isReplay == false { seenPrices.see(sku, at: price) }
        case .stock(let sku, let stock):
            noteStock(sku, stock)
            // Stock of a replay's time is not the stock of now.
            if watch?.playhead.isReplay == false { noteStock(of: sku, stock) }
        case .offerStarted(let offer):
            if let title = title(of: offer.product) { watch?.ticker.add(.offer, title + " −\(offer.percentOff) %") }
            if buy?.product.id == offer.product, let sku = buy?.sku { noteChange(of: sku) }
        case .state(let state) where state.isOver:
            watch?.pendingLink = nil
            watch?.links.clear()
            watch?.onAirIndex = 0
        case .offerEnded, .pinned, .viewers, .reactions, .state, .unknown: break
        }
    }

    mutating func announce(_ products: [ProductID], at time: Timestamp) {
        watch?.onAirIndex = 0
        noteMoment(products, at: time)
        if let title = products.first.flatMap(title(of:)) { watch?.ticker.add(.onAir, "on air: " + title) }
    }

    private mutating func noteStock(_ sku: SKU, _ stock: Int) {
        let before = watch?.timeline?.facts[sku]?.stock ?? variant(sku)?.stock
        guard before != stock, let title = title(of: sku) else { return }
        switch (before ?? 0, stock) {
        case (_, 0): watch?.ticker.add(.soldOut, title + " sold out")
        case (0, _): watch?.ticker.add(.restock, title + " back in stock")
        case (4..., 1...3): watch?.ticker.add(.almostGone, title + " \(stock) left")
        default: break
        }
    }

    private func variant(_ sku: SKU) -> Variant? {
        watch?.lineUp.lazy.compactMap { $0.variant(sku) }.first
    }
    func title(of id: ProductID) -> SafeText? { watch?.lineUp.first { $0.id == id }?.title }
    private func title(of sku: SKU) -> SafeText? {
        watch?.lineUp.first { $0.variant(sku) != nil }?.name(of: sku)
    }
}
