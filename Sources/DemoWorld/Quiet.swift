import Domain
import ShowServer

extension World {
    /// Brings a fresh world to rest: whatever is on stays on for a day, well stocked, and one deal runs in the first show.
    func settle(_ studio: inout Studio) throws {
        let now = studio.now
        let tomorrow = now + .seconds(24 * 3600)
        for (index, id) in studio.showsOnAir.enumerated() {
            guard let show = studio.show(id),
                let product = try show.snapshot.highlight.first ?? studio.lineUp(of: id).min()
            else { continue }
            try studio.restock(product)
            try studio.resetPrices(of: product, at: now)
            try studio.reschedule(id, endsAt: tomorrow)
            for offer in show.snapshot.offers { try studio.endOffer(offer.id, in: id, at: now) }
            try studio.tell(product, in: id, at: now)
            if show.snapshot.highlight != [product] { try studio.putOnAir([product], in: id, at: now) }
            guard index == 0 else { continue }
            let deal = Offer(
                id: "quiet-deal", kind: .flashDeal, product: product, title: "Flash deal", percentOff: 20,
                endsAt: tomorrow, remaining: 25)
            try studio.start(deal, in: id, at: now)
        }
    }
}
