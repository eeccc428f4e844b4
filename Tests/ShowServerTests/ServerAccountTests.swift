import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

@Suite struct ServerAccountTests {
    @Test func followingAndUnfollowingCanBeRepeated() async throws {
        try await Shop.open { shop in
            let token = try await shop.guest()
            let host: HostID = "mina-vogel"
            let before: Host = try await shop.get(.host(host))
            for _ in 0..<2 {
                #expect(try await shop.send(.put, Route.follow(host).path, token: token).status == 204)
            }
            let follows: Page<Host> = try await shop.get(.follows, token: token)
            #expect(follows.items.map(\.id) == [host])
            #expect(follows.items.first?.followers == before.followers.map { $0 + 1 })
            for _ in 0..<2 {
                #expect(try await shop.send(.delete, Route.follow(host).path, token: token).status == 204)
            }
            let after: Page<Host> = try await shop.get(.follows, token: token)
            #expect(after.items.isEmpty)
            #expect(try await shop.get(.host(host)) == before)
            #expect(try await shop.send(.put, Route.follow("nobody").path, token: token).status == 404)
        }
    }

    @Test func theWalletPaysDeclinesAndHandsOff() async throws {
        try await Shop.open { shop in
            let token = try await shop.guest()
            let methods: Page<PaymentMethod> = try await shop.get(.paymentMethods, token: token)
            #expect(methods.items.map(\.kind) == [.card, .card, .hosted])
            let addresses: Page<Address> = try await shop.get(.addresses, token: token)
            #expect(addresses.items.count == 4)
        }
    }

    @Test func chatIsBoundedInLengthAndPace() async throws {
        try await Shop.open { shop in
            let show = try await shop.liveShow().show.id
            let path = Route.messages(show).path
            let token = try await shop.guest()
            func say(_ text: String) async throws -> HTTPResponse {
                try await shop.send(.post, path, body: #"{"text":"\#(text)"}"#, token: token)
            }
            #expect(try await say("").status == 422)
            #expect(try await say("  \u{200B} ").status == 422)
            #expect(try await say(String(repeating: "x", count: 501)).status == 422)
            let longest = try await say(String(repeating: "👩‍👩‍👧", count: 500))
            let message: ChatMessage = try longest.value(201)
            #expect(message.text.string.count == 500)
            #expect(longest.headers["RateLimit-Policy"] == #""chat";q=5;w=10"#)
            for _ in 0..<4 { #expect(try await say("hi").status == 201) }
            let refused = try await say("hi")
            #expect(refused.status == 429)
            let wait = try #require(refused.headers["Retry-After"].flatMap { Int($0) })
            #expect((1...10).contains(wait))
            shop.clock.advance(by: .seconds(wait))
            #expect(try await say("hi").status == 201)
        }
    }

    @Test func onlyALiveShowIsSpokenIn() async throws {
        try await Shop.open { shop in
            let token = try await shop.guest()
            let ended: Page<Show> = try await shop.send(.get, "/v1/shows?state=ended").value()
            let show = try #require(ended.items.first)
            let answer = try await shop.send(
                .post, Route.messages(show.id).path, body: #"{"text":"hi"}"#, token: token)
            #expect(answer.status == 409)
            let nowhere = try await shop.send(
                .post, Route.messages("none").path, body: #"{"text":"hi"}"#, token: token)
            #expect(nowhere.status == 404)
        }
    }

    @Test func aMessageCannotControlAScreen() async throws {
        try await Shop.open { shop in
            let show = try await shop.liveShow().show.id
            let token = try await shop.guest()
            let answer = try await shop.send(
                .post, Route.messages(show).path, body: #"{"text":"a\u001b[31mb\u202ec"}"#, token: token)
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(answer.status == 201)
            #expect(!text.contains("\\u001b") && !text.contains("\u{1b}") && !text.contains("\u{202e}"))
        }
    }
}
