import Domain
import Text

extension ProductPageState: PageFeature {
    package static var keyContext: KeyContext { .product }
    package var name: Page? { .product(product.id) }
    package var channel: Channel? { product.id.channel }
    package var staleSince: Timestamp? { keptAt }

    package func hostInFocus(_ context: FeatureContext) -> Host? { context.hostBehind }
    package func productInFocus(_ context: FeatureContext) -> Product? { product }

    package mutating func act(on intent: UserIntent, _ context: FeatureContext) -> [Outcome] {
        if intent == .buy { return [.message(.buyInFocus)] }
        move(intent, page: max(1, context.rows / 4))
        return []
    }

    package func isBehind(_ channel: Channel) -> Bool? {
        product.id.channel == channel ? failure?.isTransient == true : nil
    }

    /// Asks for all that the shop and the store have of the product.
    package mutating func appear(_ context: FeatureContext) -> [Outcome] {
        choose(product.cheapestAvailable?.sku ?? "")
        poller.start(at: context.now)
        return passTime(context) + [
            .ask(.reviews(product.id, cursor: nil)), .effect(.readPrices(product.variants.map(\.sku))),
            .message(.askForDeals),
        ]
    }
}

// MARK: What it asks for by itself

extension ProductPageState {
    /// Pause between two questions for the product, so that no price on the page grows old.
    private static let interval = Duration.seconds(30)
    /// Nobody reads on after so many.
    private static let mostReviews = 200

    package func nextDeadline(_ context: FeatureContext) -> Timestamp? { poller.dueAt }

    package mutating func passTime(_ context: FeatureContext) -> [Outcome] {
        guard poller.isDue(at: context.now) else { return [] }
        poller.sent(at: context.now)
        return [.ask(.product(product.id))]
    }

    package func pollers(of channel: Channel) -> [QuestionKind: Poller] {
        product.id.channel == channel ? [.product: poller] : [:]
    }

    package mutating func resume(_ context: FeatureContext) { poller.resume(at: context.now) }
    package mutating func refresh(_ context: FeatureContext) { poller.resume(at: context.now) }

    package mutating func comeBack(_ channel: Channel, _ context: FeatureContext) -> [Outcome] {
        if failure != nil, product.id.channel == channel { poller.resume(at: context.now) }
        return []
    }

    package mutating func handle(_ answer: Answer, _ context: FeatureContext) -> [Outcome] {
        switch answer.query {
        case .product(product.id): return handleProduct(answer, context)
        case .reviews(product.id, let cursor): return handleReviews(answer.result, cursor: cursor)
        default: return []
        }
    }

    private mutating func handleProduct(_ answer: Answer, _ context: FeatureContext) -> [Outcome] {
        let circumstances = context.circumstances
        switch answer.result {
        case .success(.product(let told)):
            var outcomes: [Outcome] = answer.stale == nil ? [.message(.seen([told]))] : []
            keptAt = answer.stale?.at
            let isMore = Set(told.variants.map(\.sku)) != Set(product.variants.map(\.sku))
            product = told
            failure = answer.stale?.failure
            if let stale = answer.stale {
                poller.failed(circumstances, interval: Self.interval, stale.failure)
            } else {
                poller.answered(circumstances, interval: Self.interval)
            }
            if isMore { outcomes.append(.effect(.readPrices(told.variants.map(\.sku)))) }
            if place == nil || isMore, let sku = told.cheapestAvailable?.sku { choose(sku) }
            return outcomes
        case .success: poller.answered(circumstances, interval: Self.interval)
        case .failure(let failure):
            self.failure = failure
            poller.failed(circumstances, interval: Self.interval, failure)
        }
        return []
    }

    private mutating func handleReviews(_ result: Result<ShopAnswer, ShopFailure>, cursor: String?) -> [Outcome] {
        switch result {
        case .success(.reviews(let told, let next)):
            var known = cursor == nil ? [] : reviews ?? []
            let ids = Set(known.map(\.id))
            known += told.filter { !ids.contains($0.id) }
            reviews = known
            reviewsFailure = nil
            guard let next, next != cursor, !told.isEmpty, known.count < Self.mostReviews else { return [] }
            return [.ask(.reviews(product.id, cursor: next))]
        case .success: return []
        case .failure(let failure):
            reviewsFailure = failure
            return []
        }
    }
}

// MARK: The prices that this viewer has seen

extension ProductPageState {
    /// Of a variant; the same are kept.
    private static let mostPoints = 500

    /// Takes what the store has of what its variants cost.
    package mutating func take(_ histories: [SKU: [PricePoint]]) {
        for variant in product.variants {
            guard let told = histories[variant.sku] else { continue }
            // A price that was seen while the store was read is in one of the two.
            let newer = (history[variant.sku] ?? []).filter { $0.at > told.last?.at ?? .distantPast }
            history[variant.sku] = told + newer
        }
    }

    /// Adds prices that have just been seen.
    package mutating func add(_ facts: [VariantFacts], at now: Timestamp) {
        for fact in facts where product.variant(fact.sku) != nil {
            let points = history[fact.sku] ?? []
            guard points.last?.price != fact.price else { continue }
            history[fact.sku] = points.suffix(Self.mostPoints - 1) + [PricePoint(at: now, price: fact.price)]
        }
    }
}
