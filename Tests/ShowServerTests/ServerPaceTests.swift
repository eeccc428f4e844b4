import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import Testing

@testable import ShowServer

/// Clients that ask too often.
@Suite struct ServerPaceTests {
    private func limits(_ change: (inout Limits) -> Void) -> Limits {
        var limits = Limits()
        change(&limits)
        return limits
    }

    /// Refused with a time to wait, after which it is allowed again.
    private func refused(_ shop: Shop, _ policy: String, _ ask: () async throws -> HTTPResponse) async throws {
        let answer = try await ask()
        #expect(answer.status == 429)
        #expect(answer.headers["RateLimit-Policy"] == policy)
        let wait = try #require(answer.headers["Retry-After"].flatMap { Int($0) })
        #expect((1...60).contains(wait))
        shop.clock.advance(by: .seconds(wait))
        #expect(try await ask().status < 300)
    }

    @Test func anAddressIsHeldToItsPace() async throws {
        try await Shop.open(limits: limits { $0.requestsPerClient = .init(5, in: 10) }) { shop in
            for _ in 0..<5 { #expect(try await shop.send(.get, "/v1").status == 200) }
            try await refused(shop, #""client";q=5;w=10"#) { try await shop.send(.get, "/v1/shows") }
        }
    }

    /// Whom a proxy speaks for is what it has written itself, at the end; the rest is the client's.
    @Test func aProxysClientsAreToldApart() async throws {
        func statuses(_ isBehindProxy: Bool, _ forwarded: [String]) async throws -> [Int] {
            var limits = Limits()
            limits.requestsPerClient = .init(2, in: 10)
            limits.isBehindProxy = isBehindProxy
            var statuses: [Int] = []
            try await Shop.open(limits: limits) { shop in
                for addresses in forwarded {
                    let answer = try await shop.send(.get, "/v1", ["X-Forwarded-For": addresses])
                    statuses.append(answer.status)
                }
            }
            return statuses
        }
        let forwarded = ["192.0.2.1", "8.8.8.8, 192.0.2.1", "9.9.9.9, 192.0.2.1", "192.0.2.2"]
        #expect(try await statuses(true, forwarded) == [200, 200, 429, 200])
        // Without a proxy the field is anybody's claim.
        #expect(try await statuses(false, forwarded) == [200, 200, 429, 429])
    }

    @Test func guestsAreNotOpenedWithoutEnd() async throws {
        try await Shop.open(limits: limits { $0.guestsPerClient = .init(3, in: 60) }) { shop in
            for _ in 0..<3 { _ = try await shop.guest() }
            try await refused(shop, #""guests";q=3;w=60"#) { try await shop.send(.post, "/v1/guests") }
        }
    }

    @Test func anAccountIsHeldToItsPaceAndNoOtherIs() async throws {
        try await Shop.open(limits: limits { $0.requestsPerAccount = .init(4, in: 10) }) { shop in
            let (token, other) = try await (shop.guest(), shop.guest())
            for _ in 0..<4 { #expect(try await shop.send(.get, "/v1/me", token: token).status == 200) }
            #expect(try await shop.send(.get, "/v1/orders", token: token).status == 429)
            #expect(try await shop.send(.get, "/v1/me", token: other).status == 200)
            try await refused(shop, #""account";q=4;w=10"#) { try await shop.send(.get, "/v1/me", token: token) }
        }
    }

    @Test func aFloodOfMessagesFromAnAccountIsFive() async throws {
        try await Shop.open { shop in
            let show = try await shop.liveShow().show.id
            let token = try await shop.guest()
            let before = try await shop.head(show).lastSequence
            let answers = try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        try await shop.send(
                            .post, Route.messages(show).path, body: #"{"text":"buy \#(number)"}"#, token: token)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0.status == 201 } == 5)
            for answer in answers where answer.status != 201 {
                #expect(answer.status == 429)
                #expect(answer.headers["Retry-After"].flatMap { Int($0) }.map { (1...10).contains($0) } == true)
            }
            shop.clock.advance(by: .seconds(1))
            #expect(try await shop.head(show).lastSequence == before + 5)
        }
    }

    /// Exact for any count and window, and no more than the burst however long nobody came.
    @Test(arguments: [(1, 1), (5, 10), (7, 10), (3000, 10), (1_000_000, 10)])
    func tokensComeBackEvenly(_ count: Int, _ seconds: Int) {
        let limiter = RateLimiter<Int>("x", .init(count, in: seconds))
        var now = Timestamp(seconds: 1000)
        func take() -> Bool { limiter.take(1, now: now).isAllowed }
        for _ in 0..<min(count, 10_000) { #expect(take()) }
        guard count <= 10_000 else { return }
        #expect(!take())
        now = Timestamp(seconds: 1000 + Int64(seconds))
        for _ in 0..<count { #expect(take()) }
        let refused = limiter.take(1, now: now)
        #expect(!refused.isAllowed && refused.remaining == 0)
        #expect(refused.retryAfterSeconds == max(1, (seconds + count - 1) / count))
        now = Timestamp(seconds: 9_999_999)
        #expect(limiter.take(1, now: now).remaining == count - 1)
    }
}
