import AppCore
import Domain
import Text

extension AppState {
    /// The line of a pane over a show that is about something else than what is on air; nil where it is on air.
    func wordsOffAir(of buy: BuyState, width: Int) -> SafeText? {
        guard let watch, watch.timeline != nil, pages.contains(where: { $0.name == .watch(watch.show) }) else {
            return nil
        }
        let onAir = watch.onAir
        guard !onAir.contains(where: { $0.id == buy.product.id }) else { return nil }
        let short: SafeText = "Not on air now."
        guard let first = onAir.first else { return short }
        return Phrase.fullest(["Not on air now: that is " + first.title + ".", short], room: width)
    }

    /// The line of a deal that runs in a show which is not the one being watched, with the end of it; where the total
    /// has nothing taken off, it says so.
    func wordsOfDeal(of buy: BuyState, width: Int) -> SafeText? {
        guard let deal = deal(on: buy.product.id), deal.show != watch?.show else { return nil }
        let title = show(deal.show)?.title
        let offer = deal.offerByLocalTime(in: self)
        if case .ready(let quote) = buy.quote, quote.discounts.isEmpty {
            return Phrase.fullest(
                [
                    "Deal: " + Phrase.deal(offer, in: title, now: now) + "; not in this total.",
                    SafeText("A deal of −\(offer.percentOff) % is not in this total."),
                ], room: width)
        }
        return Phrase.fullest(
            [
                "Deal: " + Phrase.deal(offer, in: title, now: now) + ".",
                "Deal: " + Phrase.deal(offer, in: nil, now: now),
            ],
            room: width)
    }
}

extension Deal {
    /// The offer with its end by the local clock.
    func offerByLocalTime(in state: AppState) -> Offer {
        var offer = offer
        offer.endsAt = offer.endsAt - state.shops[show.channel].showClock.offset
        return offer
    }
}
