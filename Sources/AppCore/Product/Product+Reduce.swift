import Domain
import Text

extension AppState {
    /// How often the product on a page is asked for, in seconds.
    private static let productInterval = Duration.seconds(30)
    /// Nobody reads on after so many.
    private static let mostReviews = 200

    /// The product that the cursor or the page is about, with the newest prices that are known.
    package var productInFocus: Product? {
        switch page {
        case .product: return productOnPage
        case .watch: return watch?.productInFocus(at: playheadPosition)
        case .host:
            guard case .product(let id)? = hostPage?.selected else { return nil }
            return hostPageLists.products.first { $0.id == id }
        case .order: return nil
        case nil: return productInList
        }
    }

    /// Of the list that is open.
    private var productInList: Product? {
        switch tab {
        case .wishList: return wishes.selectedProduct
        case .schedule, .live:
            guard case .product(let id) = schedule.chosen else { return nil }
            return foundProducts.first { $0.id == id }
        case .following, .orders: return nil
        }
    }

    /// The product of the open page. A live show knows its prices first; a replay knows those of its time only.
    package var productOnPage: Product? {
        guard let product = productPage?.product else { return nil }
        guard let watch, !watch.playhead.isReplay else { return product }
        return watch.current(product)
    }

    mutating func openProductPage() -> [Effect] {
        guard let product = productInFocus, page != .product(product.id) else { return [] }
        pages.removeAll { if case .product = $0 { true } else { false } }
        pages.append(.product(product.id))
        var opened = ProductPageState(product)
        opened.choose(product.cheapestAvailable?.sku ?? "")
        opened.poller.start(at: now)
        productPage = opened
        return askForProduct()
            + [.ask(.reviews(product.id, cursor: nil)), .readPrices(product.variants.map(\.sku))] + askForDeals()
    }

    /// What the page does by itself: it asks again, so that no price on it grows old.
    mutating func askForProduct() -> [Effect] {
        guard let id = productPage?.product.id, productPage?.poller.isDue(at: now) == true else { return [] }
        productPage?.poller.sent(at: now)
        return [.ask(.product(id))]
    }

    mutating func actOnProduct(_ intent: UserIntent) -> [Effect] {
        switch intent {
        case .buy: return buyInFocus()
        default:
            let step = max(1, rows / 4)
            productPage?.move(intent, page: step)
            return []
        }
    }

    mutating func takeProduct(
        _ id: ProductID, _ result: Result<ShopAnswer, ShopFailure>, _ kept: StaleAnswer?, _ circumstances: Circumstances
    ) -> [Effect] {
        // What was kept is to look at; what is wished for and bought again wants to know how it is now.
        let fresh = kept.map { .failure($0.failure) } ?? result
        var effects = takeWished(id, fresh) + takeReordered(id, fresh)
        refreshPane(id, fresh, circumstances)
        guard productPage?.product.id == id else { return effects }
        switch result {
        case .success(.product(let product)):
            if kept == nil { notePrices(of: [product]) }
            productPage?.keptAt = kept?.at
            let isMore = Set(product.variants.map(\.sku)) != Set(productPage?.product.variants.map(\.sku) ?? [])
            productPage?.product = product
            productPage?.failure = kept?.failure
            if let kept {
                productPage?.poller.failed(circumstances, interval: Self.productInterval, kept.failure)
            } else {
                productPage?.poller.answered(circumstances, interval: Self.productInterval)
            }
            if isMore { effects.append(.readPrices(product.variants.map(\.sku))) }
            if productPage?.place == nil || isMore, let sku = product.cheapestAvailable?.sku {
                productPage?.choose(sku)
            }
        case .success: productPage?.poller.answered(circumstances, interval: Self.productInterval)
        case .failure(let failure):
            productPage?.failure = failure
            productPage?.poller.failed(circumstances, interval: Self.productInterval, failure)
        }
        return effects
    }

    mutating func takeReviews(
        _ id: ProductID, cursor: String?, _ result: Result<ShopAnswer, ShopFailure>
    ) -> [Effect] {
        guard let page = productPage, page.product.id == id else { return [] }
        switch result {
        case .success(.reviews(let reviews, let next)):
            var known = cursor == nil ? [] : page.reviews ?? []
            let ids = Set(known.map(\.id))
            known += reviews.filter { !ids.contains($0.id) }
            productPage?.reviews = known
            productPage?.reviewsFailure = nil
            guard let next, next != cursor, !reviews.isEmpty, known.count < Self.mostReviews else { return [] }
            return [.ask(.reviews(id, cursor: next))]
        case .success: return []
        case .failure(let failure):
            productPage?.reviewsFailure = failure
            return []
        }
    }

    mutating func takeHistory(_ histories: [SKU: [PricePoint]]) {
        guard let page = productPage else { return }
        for variant in page.product.variants {
            guard let history = histories[variant.sku] else { continue }
            // A price that was seen while the store was read is in one of the two.
            let newer = (page.history[variant.sku] ?? []).filter { $0.at > history.last?.at ?? .distantPast }
            productPage?.history[variant.sku] = history + newer
        }
    }
}

extension WatchState {
    /// What is chosen in the line-up or among the moments; with the chat in front, what the card shows.
    func productInFocus(at position: Timestamp) -> Product? {
        switch pane {
        case .chat: productOnCard
        case .lineUp: lineUp.first { $0.id == selectedProduct }.map(current)
        case .moments:
            chosenMoment(at: position)?.products.first.flatMap { id in lineUp.first { $0.id == id } }.map(current)
        }
    }
}
