import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

@Suite struct WorldTests {
    /// Every segment of a show, as it is sent.
    private func timeline(_ show: ShowID, _ shop: Shop) async throws -> [TimelineSegment] {
        let head = try await shop.head(show)
        var segments: [TimelineSegment] = []
        for number in 0...head.open.number { segments.append(try await shop.get(.segment(show, number))) }
        return segments
    }

    @Test func theSameSeedAndClockTellTheSameStory() async throws {
        var stories: [[[TimelineSegment]]] = []
        for _ in 0..<2 {
            try await Shop.open(.demo) { shop in
                for _ in 0..<45 {
                    shop.clock.advance(by: .seconds(2))
                    try await shop.server.advance()
                }
                let page: Page<Show> = try await shop.send(.get, "/v1/shows?state=live").value()
                var story: [[TimelineSegment]] = []
                for show in page.items { story.append(try await timeline(show.id, shop)) }
                stories.append(story)
            }
        }
        #expect(stories[0].count >= 3)
        #expect(stories[0] == stories[1])
    }

    @Test func aLiveShowIsAlive() async throws {
        try await Shop.open(.demo) { shop in
            let show = try await shop.liveShow().show
            let before = try await shop.head(show.id).lastSequence
            for _ in 0..<240 {
                shop.clock.advance(by: .seconds(1))
                try await shop.server.advance()
            }
            let events = try await timeline(show.id, shop).flatMap(\.events).filter { $0.sequence > before }
            let messages = events.compactMap { event -> ChatMessage? in
                if case .chat(let message) = event.kind { message } else { nil }
            }
            #expect((400...1500).contains(messages.count))
            #expect(Set(messages.map(\.role)) == [.viewer, .host, .moderator])
            #expect(Set(messages.map(\.id)).count == messages.count)
            let highlights = events.count { if case .highlight = $0.kind { true } else { false } }
            #expect((4...12).contains(highlights))
            #expect(events.contains { if case .reactions = $0.kind { true } else { false } })
            #expect(events.contains { if case .viewers = $0.kind { true } else { false } })
            #expect(events.contains { if case .stock = $0.kind { true } else { false } })
            #expect(zip(events, events.dropFirst()).allSatisfy { $0.at <= $1.at && $0.sequence + 1 == $1.sequence })
        }
    }

    @Test func threeShowsAreAlwaysOnAlsoAfterDays() async throws {
        try await Shop.open(.demo) { shop in
            // A minute, some hours, and two days that nobody watched.
            for pause in [60, 3600, 3600, 2 * 86_400, 1800] as [Int64] {
                shop.clock.advance(by: .seconds(pause))
                try await shop.server.advance()
                let live: Page<Show> = try await shop.send(.get, "/v1/shows?state=live").value()
                #expect(live.items.count >= 3)
                let now = shop.clock.clock.now()
                for show in live.items {
                    #expect(show.startsAt <= now)
                    #expect(try #require(show.endsAt) > now)
                }
                let hosts = live.items.flatMap { $0.hosts.map(\.id) }
                #expect(Set(hosts).count == hosts.count)
                let next: Page<Show> = try await shop.send(.get, "/v1/shows?state=scheduled").value()
                #expect(next.items.count >= 10)
                #expect(next.items.allSatisfy { $0.startsAt > now })
            }
        }
    }

    @Test func aShowThatEndsIsClosedForEver() async throws {
        try await Shop.open(.demo) { shop in
            let show = try await shop.liveShow().show
            let end = try #require(show.endsAt)
            shop.clock.advance(by: end - Shop.start)
            try await shop.server.advance()
            let head = try await shop.head(show.id)
            #expect(head.snapshot.state == .ended)
            #expect(head.open.isClosed)
            #expect(head.snapshot.highlight.isEmpty && head.snapshot.offers.isEmpty)
            guard case .state(.ended) = head.open.events.last?.kind else {
                Issue.record("the last event is not the end")
                return
            }
            #expect(head.open.events.last?.at == end)
        }
    }

    /// Past shows are told when they are asked for, in any order, and leave prices and stock as they are now.
    @Test func thePastDoesNotDependOnWhoAsksNorChangeThePresent() async throws {
        var stories: [[ShowID: [TimelineSegment]]] = []
        for isReversed in [false, true] {
            try await Shop.open(.demo) { shop in
                let before: Page<Product> = try await shop.get(.products)
                let page: Page<Show> = try await shop.send(.get, "/v1/shows?state=ended").value()
                var story: [ShowID: [TimelineSegment]] = [:]
                let shows = page.items.suffix(3)
                for show in isReversed ? shows.reversed() : Array(shows) {
                    story[show.id] = try await timeline(show.id, shop)
                }
                stories.append(story)
                let after: Page<Product> = try await shop.get(.products)
                #expect(after.items.map { $0.variants.map(\.stock) } == before.items.map { $0.variants.map(\.stock) })
                #expect(after.items.map { $0.variants.map(\.price) } == before.items.map { $0.variants.map(\.price) })
            }
        }
        #expect(stories[0].values.allSatisfy { $0.flatMap(\.events).count > 300 })
        #expect(stories[0] == stories[1])
    }

    @Test func pricesReturnAndStockIsNeverNegative() async throws {
        try await Shop.open(.demo) { shop in
            for _ in 0..<30 {
                shop.clock.advance(by: .seconds(60))
                try await shop.server.advance()
            }
            let page: Page<Product> = try await shop.get(.products)
            for variant in page.items.flatMap(\.variants) {
                #expect(variant.price.amount > 0)
                #expect(try #require(variant.stock) >= 0)
                if let was = variant.was { #expect(was.exceeds(variant.price) == true) }
            }
        }
    }

    @Test func aFloodIsAsFastAsItIsTold() async throws {
        try await Shop.open(.flood) { shop in
            let before = try await shop.head("flood").lastSequence
            shop.clock.advance(by: .seconds(2))
            try await shop.server.advance()
            shop.clock.advance(by: .seconds(1))
            let after = try await shop.head("flood")
            #expect(after.lastSequence == before + 200)
            try await shop.burst(1234)
            shop.clock.advance(by: .seconds(1))
            // The burst, and the second that had passed before it.
            let burst = try await shop.head("flood")
            #expect(burst.lastSequence == after.lastSequence + 1334)
            #expect(burst.open.events.count <= 500)
        }
    }

    @Test func aQuietWorldOnlyChangesWhenSomebodyActs() async throws {
        try await Shop.open(.quiet) { shop in
            let show = try await shop.liveShow().show.id
            let before = try await shop.send(.get, Route.head(show).path)
            for _ in 0..<5 {
                shop.clock.advance(by: .seconds(600))
                try await shop.server.advance()
            }
            #expect(try await shop.send(.get, Route.head(show).path).body == before.body)
        }
    }
}
