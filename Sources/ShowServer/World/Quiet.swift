import Domain

extension World {
    /// Brings a fresh world to rest: whatever is on stays on for a day, well stocked, and one deal runs in the first show.
    func settle(_ turn: inout Turn) throws {
        let now = turn.now
        let tomorrow = now + .seconds(24 * 3600)
        for (index, id) in turn.shows.keys.sorted().enumerated() {
            guard let show = turn.shows[id], let product = show.snapshot.highlight.first ?? show.lineUp.keys.min()
            else {
                continue
            }
            try Warehouse.restock(turn.db, product)
            try Warehouse.usualPrice(turn.db, of: product, at: now)
            let facts = try Catalogue.facts(turn.db, of: product)
            let offers = show.snapshot.offers.map(\.id)
            let deal = Offer(
                id: "quiet-deal", kind: .flashDeal, product: product, title: "Flash deal", percentOff: 20,
                endsAt: tomorrow, remaining: 25)
            try turn.change(id) { show, db in
                show.endsAt = tomorrow
                for offer in offers { try show.append(.offerEnded(offer), at: now, to: db) }
                for fact in facts { try show.tell(fact, at: now, to: db) }
                if show.snapshot.highlight != [product] { try show.append(.highlight([product]), at: now, to: db) }
                if index == 0 { try show.append(.offerStarted(deal), at: now, to: db) }
            }
        }
    }
}
