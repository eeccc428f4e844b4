import AppCore
import Domain
import Settings
import TerminalKit
import Text

@testable import ViewerUI

/// A page that the program does not have: all reviews of a product. This file is all there is of it.
struct ReviewsPage: PageFeature {
    private static let interval = Duration.seconds(60)
    private static let place = SearchPlace.page("reviews")

    let product: ProductID
    private var reviews: [Review] = []
    private var selected: ReviewID?
    private var poller = Poller()

    init(of product: ProductID) { self.product = product }

    var name: Page? { .named("reviews \(product.rawValue)") }
    var channel: Channel? { product.channel }
    var searchPlace: SearchPlace? { Self.place }

    // MARK: What it asks for

    func nextDeadline(_ context: FeatureContext) -> Timestamp? { poller.dueAt }
    mutating func resume(_ context: FeatureContext) { poller.resume(at: context.now) }
    mutating func refresh(_ context: FeatureContext) { poller.resume(at: context.now) }
    mutating func appear(_ context: FeatureContext) -> [Outcome] {
        poller.start(at: context.now)
        return passTime(context)
    }

    mutating func passTime(_ context: FeatureContext) -> [Outcome] {
        guard poller.isDue(at: context.now) else { return [] }
        poller.sent(at: context.now)
        return [.ask(.reviews(product, cursor: nil))]
    }

    mutating func handle(_ answer: Answer, _ context: FeatureContext) -> [Outcome] {
        guard case .reviews(product, _) = answer.query else { return [] }
        switch answer.result {
        case .success(.reviews(let told, _)):
            reviews = told
            keepSelection(context)
            poller.answered(context.circumstances, interval: Self.interval)
            return []
        case .success: return []
        case .failure(let failure):
            poller.failed(context.circumstances, interval: Self.interval, failure)
            return [.tell("No reviews: " + failure.explanation, .problem)]
        }
    }

    // MARK: What can be done on it

    func rows(_ context: FeatureContext) -> [Review] {
        let needle = context.search.needle(in: Self.place)
        return reviews.filter { needle.matches($0.author, $0.text) }
    }

    func review(_ context: FeatureContext) -> Review? { rows(context).first { $0.id == selected } }

    mutating func act(on intent: UserIntent, _ context: FeatureContext) -> [Outcome] {
        if intent == .open { return review(context).map { [.message(.open(ReviewPage(review: $0)))] } ?? [] }
        selected = rows(context).map(\.id).moved(from: selected, by: intent, page: context.listPage)
        return []
    }

    func offers(_ intent: UserIntent, _ context: FeatureContext) -> Bool? {
        intent == .open ? review(context) != nil : nil
    }
    func hint(for intent: UserIntent, _ context: FeatureContext) -> SafeText? { intent == .open ? "read" : nil }

    func hasWhatToSearch(_ context: FeatureContext) -> Bool { !reviews.isEmpty }
    mutating func keepSelection(_ context: FeatureContext) {
        let rows = rows(context).map(\.id)
        if selected.map(rows.contains) != true { selected = rows.first }
    }
}

/// A second one, which opens over the first: one review.
struct ReviewPage: PageFeature {
    let review: Review

    init(review: Review) { self.review = review }

    var name: Page? { .named("review \(review.id.rawValue)") }
}

extension Canvas {
    mutating func draw(_ page: ReviewsPage, _ state: AppState, in area: Rect) {
        for (row, review) in page.rows(state.surroundings).enumerated() {
            put(review.author, .text, x: 2, row: row, in: area)
            if review == page.review(state.surroundings) { select(row: row, in: area) }
        }
    }

    mutating func draw(_ page: ReviewPage, in area: Rect) { put(page.review.text, .text, x: 2, row: 0, in: area) }
}
