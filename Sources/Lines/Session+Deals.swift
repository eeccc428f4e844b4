import AppCore
import Domain
import LiveAPI
import ShopAccess

/// A live show with the deals that run in it.
package struct ShowWithDeals: Sendable {
    package let show: Show
    package let offers: [Offer]
}

extension Session {
    /// Time that a list waits for all deals together.
    private static let dealsPatience = Duration.seconds(5)

    /// The live shows of a channel, those with the most viewers first, with their deals. What cannot be found out in time is
    /// left out: it is no reason not to list the rest.
    package func showsWithDeals(at channel: ChannelAccess) async -> [ShowWithDeals] {
        guard channel.shop.provider.capabilities.isSuperset(of: [.shows, .orders]) else { return [] }
        let deadline = ContinuousClock.now + Self.dealsPatience
        guard case .shows(let page, _)? = await channel.shop.answer(to: .liveShows, until: deadline) else { return [] }
        var shows: [ShowWithDeals] = []
        for show in page.mostWatchedLive.prefix(RunningDeals.mostShows) {
            let offers = await runningOffers(in: show, at: channel, until: deadline)
            if !offers.isEmpty { shows.append(ShowWithDeals(show: show, offers: offers)) }
        }
        return shows
    }

    /// The deals that run in a show; none where it is not live, or cannot be asked.
    package func runningOffers(
        in show: Show, at channel: ChannelAccess, until deadline: ContinuousClock.Instant? = nil
    ) async -> [Offer] {
        guard show.state == .live, channel.shop.provider.capabilities.contains(.orders),
            case .head(let head)? = await channel.shop.answer(
                to: .head(show.id), until: deadline ?? .now + Self.dealsPatience)
        else { return [] }
        let serverNow = max(channel.showTime(at: now), head.serverTime)
        return head.snapshot.offers.filter { $0.isRunning(at: serverNow) }
    }
}

/// A deal as programs read it: the API's offer with the show that it runs in.
package struct WrittenDeal: Encodable {
    let deal: Deal

    package init(_ deal: Deal) { self.deal = deal }

    private enum Key: String, CodingKey { case show }

    package func encode(to encoder: any Encoder) throws {
        try deal.offer.encode(to: encoder)
        var members = encoder.container(keyedBy: Key.self)
        try members.encode(deal.show.rawValue, forKey: .show)
    }
}
