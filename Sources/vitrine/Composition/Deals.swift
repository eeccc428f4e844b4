import AppCore
import Domain
import LiveAPI
import Text
import ViewerUI

/// A live show with the deals that run in it.
struct ShowWithDeals {
    let show: Show
    let offers: [Offer]
}

/// A total, and the show whose deals are in it.
struct PricedWish {
    let quote: Quote
    let show: ShowID?
    /// The line that tells of a deal; nil where none runs.
    var news: String?
}

extension Session {
    /// Time that a command waits for all deals together.
    private static let dealsPatience = Duration.seconds(5)

    /// The live shows of the shop that is asked, those with the most viewers first, with their deals. What cannot be found
    /// out is left out: it is no reason not to buy.
    func showsWithDeals() -> [ShowWithDeals] {
        guard shop.provider.capabilities.isSuperset(of: [.shows, .orders]) else { return [] }
        let deadline = ContinuousClock.now + Self.dealsPatience
        let live = ShopQuery.liveShows
        guard case .success(.shows(let page, _)) = patience.answer(live, deadline) else { return [] }
        let shows = page.filter { $0.state == .live }.sorted {
            ($0.viewers ?? 0, $1.id) > ($1.viewers ?? 0, $0.id)
        }
        return shows.prefix(RunningDeals.mostShows).compactMap { show in
            let offers = deals(in: show, until: deadline)
            return offers.isEmpty ? nil : ShowWithDeals(show: show, offers: offers)
        }
    }

    /// The deals that run in a show; none where it is not live, or cannot be asked.
    func deals(in show: Show, until deadline: ContinuousClock.Instant? = nil) -> [Offer] {
        guard show.state == .live, shop.provider.capabilities.contains(.orders),
            case .success(.head(let head)) = patience.answer(
                .head(show.id), deadline ?? .now + Self.dealsPatience)
        else { return [] }
        let serverNow = max(showNow, head.serverTime)
        return head.snapshot.offers.filter { $0.isRunning(at: serverNow) }
    }

    /// The total with the best deal that runs, whichever show it runs in and whichever was named.
    /// - Throws: `FormToChoose` as `quote` does.
    func bestQuote(
        _ sku: SKU, quantity: Int, show: ShowID?, deliveries: [String] = []
    ) throws -> PricedWish {
        let first = try quote(sku, quantity: quantity, show: show, deliveries: deliveries)
        let shows = showsWithDeals()
        guard !shows.isEmpty, let product = first.lines.first?.product ?? product(of: sku, in: shows) else {
            return PricedWish(quote: first, show: show)
        }
        let running = shows.flatMap { show in
            show.offers.filter { $0.product == product }.map { Deal(show: show.show.id, offer: $0) }
        }
        guard let deal = Deal.best(of: running, preferring: show) else { return PricedWish(quote: first, show: show) }
        let title = shows.first { $0.show.id == deal.show }?.show.title
        let words = "Deal: \(Phrase.deal(deal.offer, in: title, now: now))"
        if deal.show != show,
            let other = try? quote(sku, quantity: quantity, show: deal.show, deliveries: deliveries),
            other.total.exceeds(first.total) == false
        {
            return PricedWish(quote: other, show: deal.show, news: news(words, in: other))
        }
        return PricedWish(quote: first, show: show, news: news(words, in: first))
    }

    private func news(_ words: String, in quote: Quote) -> String {
        words + (quote.discounts.isEmpty ? "; it is not in this total." : ".")
    }

    /// Product of a SKU, where the shop's total does not say.
    private func product(of sku: SKU, in shows: [ShowWithDeals]) -> ProductID? {
        for show in shows {
            guard case .success(.show(let detail)) = patience.answer(.show(show.show.id), .now + Self.dealsPatience)
            else { continue }
            if let product = detail.lineUp.first(where: { $0.variant(sku) != nil }) { return product.id }
        }
        return nil
    }
}

extension ShopQuery {
    fileprivate static var liveShows: ShopQuery { .shows(ShowFilter(state: .live), cursor: nil) }
}

/// A deal as programs read it: the API's offer with the show that it runs in.
struct WrittenDeal: Encodable {
    let deal: Deal

    private enum Key: String, CodingKey { case show }

    func encode(to encoder: any Encoder) throws {
        try deal.offer.encode(to: encoder)
        var members = encoder.container(keyedBy: Key.self)
        try members.encode(deal.show.rawValue, forKey: .show)
    }
}
