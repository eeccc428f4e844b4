import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

@Suite struct PublicReadTests {
    @Test func aHeadIsTheSameUntilItChanges() async throws {
        try await Shop.open { shop in
            let show = try await shop.liveShow().show.id
            let path = Route.head(show).path
            let first = try await shop.send(.get, path)
            #expect(first.status == 200)
            #expect(first.headers["Cache-Control"] == "public, max-age=1")
            let etag = try #require(first.etag)
            #expect(etag.hasPrefix("\""))

            shop.clock.advance(by: .seconds(5))
            let unchanged = try await shop.send(.get, path, ["If-None-Match": etag])
            #expect(unchanged.status == 304)
            #expect(unchanged.body.isEmpty)
            #expect(unchanged.etag == etag)

            let token = try await shop.guest()
            let said = try await shop.send(
                .post, Route.messages(show).path, body: #"{"text":"hello"}"#, token: token)
            #expect(said.status == 201)
            shop.clock.advance(by: .seconds(1))
            let changed = try await shop.send(.get, path, ["If-None-Match": "W/\"x\", \(etag)"])
            #expect(changed.status == 200)
            #expect(changed.etag != etag)
            let head: ShowHead = try changed.value()
            let before: ShowHead = try first.value()
            #expect(head.lastSequence == before.lastSequence + 1)
            guard case .chat(let message) = head.open.events.last?.kind else {
                Issue.record("the last event is not the message")
                return
            }
            #expect(message.text.string == "hello")
        }
    }

    @Test func oneRenderingServesAllForASecond() async throws {
        try await Shop.open { shop in
            let show = try await shop.liveShow().show.id
            let token = try await shop.guest()
            let first = try await shop.send(.get, Route.head(show).path)
            _ = try await shop.send(.post, Route.messages(show).path, body: #"{"text":"now"}"#, token: token)
            shop.clock.advance(by: .milliseconds(999))
            #expect(try await shop.send(.get, Route.head(show).path).body == first.body)
            shop.clock.advance(by: .milliseconds(1))
            #expect(try await shop.send(.get, Route.head(show).path).body != first.body)
        }
    }

    @Test func aTimelineHasNoGapsAndItsSegmentsStay() async throws {
        try await Shop.open { shop in
            let page: Page<Show> = try await shop.send(.get, "/v1/shows?state=ended").value()
            let show = try #require(page.items.first)
            let head = try await shop.head(show.id)
            #expect(head.snapshot.state == .ended)
            #expect(head.pollAfterMilliseconds >= 30_000)
            var sequence = 0
            var last: ShowSnapshot?
            for number in 0...head.open.number {
                let response = try await shop.send(.get, Route.segment(show.id, number).path)
                #expect(response.headers["Cache-Control"] == "public, max-age=31536000, immutable")
                let segment: TimelineSegment = try response.value()
                #expect(segment.isClosed)
                #expect(segment.events.count <= 500)
                #expect(segment.opening.sequence == sequence)
                for event in segment.events {
                    sequence += 1
                    #expect(event.sequence == sequence)
                    #expect(event.kind != .unknown)
                }
                if let first = segment.events.first, let end = segment.events.last {
                    #expect(end.at - first.at <= .seconds(60))
                }
                last = segment.opening
                let again = try await shop.send(.get, Route.segment(show.id, number).path)
                #expect(again.body == response.body)
                #expect(again.etag == response.etag)
            }
            #expect(sequence == head.lastSequence)
            #expect(sequence > 300)
            #expect(last?.state == .live)
            let beyond = try await shop.send(.get, Route.segment(show.id, head.open.number + 1).path)
            #expect(beyond.status == 404)
        }
    }

    @Test func momentsAreTheHighlightsWithTheirOffset() async throws {
        try await Shop.open { shop in
            let show = try await shop.liveShow()
            let moments: Page<Moment> = try await shop.get(.moments(show.show.id))
            #expect(!moments.items.isEmpty)
            for moment in moments.items {
                #expect((1...3).contains(moment.products.count))
                #expect(moment.at - show.show.startsAt == moment.offset)
                // What it lies in has the highlight that it is.
                let segment: TimelineSegment = try await shop.get(
                    .segment(show.show.id, try #require(moment.segment)))
                #expect(segment.events.contains { $0.at == moment.at && $0.kind == .highlight(moment.products) })
            }
        }
    }

    @Test func productsHaveReviewsTheNewestFirst() async throws {
        try await Shop.open { shop in
            let products: Page<Product> = try await shop.get(.products)
            var stars: Set<Int> = []
            for product in products.items {
                let reviews: Page<Review> = try await shop.get(.reviews(product.id))
                #expect((3...9).contains(reviews.items.count) && reviews.nextCursor == nil)
                #expect(reviews.items.count <= product.rating?.count ?? 0)
                #expect(reviews.items.map(\.at) == reviews.items.map(\.at).sorted(by: >))
                #expect(Set(reviews.items.map(\.id)).count == reviews.items.count)
                #expect(reviews.items.allSatisfy { !$0.text.isEmpty && !$0.author.isEmpty })
                stars.formUnion(reviews.items.map(\.stars))
            }
            #expect(stars == [2, 4, 5])
            #expect(try await shop.send(.get, Route.reviews("none").path).status == 404)
        }
    }

    @Test func aHostsProductsAreTheirs() async throws {
        try await Shop.open { shop in
            let hosts: Page<Host> = try await shop.get(.hosts)
            var seen: [ProductID] = []
            for host in hosts.items {
                let path = Route.products.path(query: ["host": host.id.rawValue])
                let products: Page<Product> = try await shop.send(.get, path).value()
                #expect(!products.items.isEmpty)
                seen += products.items.map(\.id)
            }
            let all: Page<Product> = try await shop.get(.products)
            #expect(Set(seen).count == seen.count && Set(seen).isSuperset(of: all.items.map(\.id)))
            #expect(try await shop.send(.get, Route.products.path(query: ["host": "none"])).status == 404)
        }
    }

    @Test func theWorldIsLargeAndInManyScriptsAndCurrencies() async throws {
        try await Shop.open { shop in
            let shows: Page<Show> = try await shop.get(.shows)
            #expect(shows.items.count >= 30)
            #expect(shows.items.count { $0.state == .live } >= 3)
            #expect(shows.items.count { $0.state == .ended } >= 10)
            #expect(shows.items.count { $0.state == .scheduled } >= 10)
            #expect(shows.items.map(\.startsAt) == shows.items.map(\.startsAt).sorted())
            let hosts: Page<Host> = try await shop.get(.hosts)
            #expect(hosts.items.count >= 10)
            var products: [Product] = []
            var cursor: String?
            repeat {
                let page: Page<Product> = try await shop.send(.get, Route.products.path(query: ["cursor": cursor]))
                    .value()
                products += page.items
                cursor = page.nextCursor
            } while cursor != nil
            #expect(products.count >= 60)
            #expect(Set(products.map(\.id)).count == products.count)
            #expect(products.allSatisfy { (1...8).contains($0.variants.count) && $0.optionNames.count <= 2 })
            let variants = products.flatMap(\.variants)
            #expect(Set(variants.map(\.sku)).count == variants.count)
            #expect(Set(variants.map(\.price.currency)) == ["CHF", "EUR", "JPY", "USD"])
            // A was-price is an honest one: the lowest of the last 30 days never exceeds what it costs now.
            for variant in variants {
                #expect(try #require(variant.lowest30Days).exceeds(variant.price) == false)
            }
        }
    }

    @Test(arguments: [
        ("/v1/shows/none", 404), ("/v1/shows/none/head", 404), ("/v1/shows/none/moments", 404),
        ("/v1/hosts/none", 404), ("/v1/products/none", 404), ("/v1/shows/none/timeline/0", 404), ("/", 404),
        ("/v2", 404), ("/v1/", 404), ("/v1/shows/a%2Fb", 404), ("/v1/shows/%ff", 404), ("/v1/shows/x/timeline/-1", 404),
        ("/v1/shows/x/timeline/99999999999999999999", 404), ("/v1/shows?from=yesterday", 400),
        ("/v1/shows?state=asleep", 400), ("/v1/shows?cursor=1", 400), ("/v1/hosts?cursor=-4", 400),
        ("/v1/products?cursor=x", 400), ("/v1/shows?q=%zz", 400), ("/v1/me/follows", 401), ("/v1/orders", 401),
        ("/checkout/none", 404), ("/v1/guests", 405), ("/v1/quotes", 405), ("/v1/shows/x/messages", 405),
    ])
    func whatCannotBeAnsweredIsAProblem(_ path: String, _ status: Int) async throws {
        try await Shop.open { shop in
            let response = try await shop.send(.get, path)
            #expect(response.status == status)
            if path.hasPrefix("/checkout") { return }
            #expect(response.headers["Content-Type"] == "application/problem+json")
            let problem: Problem = try response.value(status)
            #expect(problem.status == status)
            #expect(!problem.code.isEmpty)
            if status == 401 { #expect(response.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true) }
            if status == 405 { #expect(response.headers["Allow"] == "POST") }
        }
    }

    @Test func showsAreFoundByHostTagTimeAndWords() async throws {
        try await Shop.open { shop in
            let show = try await shop.liveShow().show
            let host = try #require(show.hosts.first)
            func find(_ query: KeyValuePairs<String, String?>) async throws -> [Show] {
                try await shop.send(.get, Route.shows.path(query: query)).value(as: Page<Show>.self).items
            }
            let all = try await find([:])
            #expect(try await find(["host": host.id.rawValue]) == all.filter { $0.hosts.contains { $0.id == host.id } })
            let tag = try #require(show.tags.first)
            #expect(try await find(["tag": tag.string]) == all.filter { $0.tags.contains(tag) })
            #expect(try await find(["q": host.name.string.uppercased()]).contains { $0.id == show.id })
            let now = Shop.start.rfc3339
            let on = try await find(["from": now, "to": (Shop.start + .seconds(1)).rfc3339])
            #expect(on.allSatisfy { $0.startsAt <= Shop.start && ($0.endsAt ?? .distantFuture) > Shop.start })
            #expect(on.contains { $0.id == show.id })
            #expect(try await find(["q": "'; DROP TABLE shows; --%_"]).isEmpty)
        }
    }
}
