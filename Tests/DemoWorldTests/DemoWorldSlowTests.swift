import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

/// Weeks of the demo world, and all that happened before it opened.
@Suite struct DemoWorldSlowTests {
    private func timeline(_ show: ShowID, _ shop: Shop) async throws -> [TimelineEvent] {
        let head = try await shop.head(show)
        var events: [TimelineEvent] = []
        for number in 0...head.open.number {
            events += try await shop.get(.segment(show, number), as: TimelineSegment.self).events
        }
        return events
    }

    private func shows(_ state: ShowState, _ shop: Shop) async throws -> [Show] {
        try await shop.send(.get, "/v1/shows?state=\(state.rawValue)").value(as: Page<Show>.self).items
    }

    /// Also those that were over before the server was there.
    @Test func whatEndedHasAFullTimeline() async throws {
        try await Shop.open(.demo) { shop in
            let ended = try await shows(.ended, shop)
            #expect(ended.count >= 10)
            for show in ended {
                let events = try await timeline(show.id, shop)
                #expect(events.map(\.sequence) == Array(1...events.count))
                #expect(events.first?.kind == .state(.live))
                #expect(events.first?.at == show.startsAt)
                #expect(events.last?.kind == .state(.ended))
                #expect(events.last?.at == show.endsAt)
                let changes = events.compactMap { event -> Timestamp? in
                    if case .highlight = event.kind { event.at } else { nil }
                }
                let ends = try Array(changes.dropFirst()) + [#require(show.endsAt)]
                for (from, to) in zip(changes, ends) {
                    #expect((20_000...60_000).contains((to - from).milliseconds), "\(show.id) at \(from)")
                }
            }
        }
    }

    /// What happens in the shows of a week, counted.
    @Test func everythingHappens() async throws {
        try await Shop.open(.demo) { shop in
            var counts: [String: Int] = [:]
            for show in try await shows(.ended, shop) {
                var prices: [SKU: Money] = [:]
                var stocks: [SKU: Int] = [:]
                var pinned: ChatMessage?
                for event in try await timeline(show.id, shop) {
                    switch event.kind {
                    case .offerStarted(let offer):
                        counts[offer.kind == .coupon ? "coupon" : "deal", default: 0] += 1
                        if offer.remaining != nil { counts["limited", default: 0] += 1 }
                        #expect(offer.endsAt > event.at)
                    case .offerEnded: counts["offer over", default: 0] += 1
                    case .price(let sku, let price, let was):
                        if let before = prices[sku] {
                            let isDrop = before.exceeds(price) == true
                            counts[isDrop ? "price drop" : "price back", default: 0] += 1
                            if isDrop { #expect(was?.exceeds(price) == true) }
                        }
                        prices[sku] = price
                    case .stock(let sku, let stock):
                        if let before = stocks[sku] {
                            if stock == 0 { counts["sold out", default: 0] += 1 }
                            counts[stock > before ? "restock" : "sale", default: 0] += 1
                        }
                        stocks[sku] = stock
                    case .viewers(let count): counts[count == nil ? "hidden viewers" : "viewers", default: 0] += 1
                    case .reactions: counts["reactions", default: 0] += 1
                    case .pinned(let message):
                        counts[message == nil ? "unpinned" : "pinned", default: 0] += 1
                        pinned = message
                    case .chatRemoved: counts["unpublished", default: 0] += 1
                    case .chat(let message): counts["chat of a " + message.role.rawValue, default: 0] += 1
                    case .highlight(let products):
                        #expect((1...3).contains(products.count))
                        counts["highlight", default: 0] += 1
                    case .state, .link, .unknown: break
                    }
                }
                #expect(pinned == nil, "\(show.id) ends with a pinned message")
            }
            for (what, least) in [
                ("highlight", 200), ("deal", 20), ("coupon", 10), ("limited", 10), ("offer over", 30),
                ("price drop", 20), ("price back", 20), ("sold out", 10), ("restock", 10), ("sale", 200),
                ("viewers", 200), ("reactions", 200), ("pinned", 20), ("unpinned", 20), ("unpublished", 5),
                ("chat of a viewer", 2000), ("chat of a host", 100), ("chat of a moderator", 50),
            ] { #expect(counts[what, default: 0] >= least, "\(what)") }
        }
    }

    /// Round the clock, and when the server was away for hours, days and weeks.
    @Test func threeAreLiveAtAnyTime() async throws {
        try await Shop.open(.demo) { shop in
            let day = Array(repeating: Int64(47), count: 31)
            let minutes: [Int64] = day + [5 * 60, 3 * 24 * 60 + 17, 20 * 24 * 60, 1]
            for minute in minutes {
                shop.clock.advance(by: .seconds(minute * 60))
                try await shop.server.advance()
                let live = try await shows(.live, shop)
                #expect(live.count >= 3, "\(shop.clock.clock.now())")
                for show in live {
                    let head = try await shop.head(show.id)
                    #expect(head.snapshot.state == .live)
                    #expect(try #require(show.endsAt) > shop.clock.clock.now())
                }
                #expect(try await shows(.scheduled, shop).count >= 10)
                #expect(try await shows(.ended, shop).count >= 5)
            }
        }
    }
}
