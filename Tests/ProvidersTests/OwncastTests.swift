import Domain
import FoundationEssentials
import HTTPTransport
import OwncastStandIn
import Providers
import Testing
import Text
import WooStandIn

/// A stream, its schedule and its chat, asked of a server that behaves as Owncast does.
@Suite struct OwncastTests {
    private static let now = Timestamp(milliseconds: 1_795_444_320_123)
    private let memory = ShopMemory.passing()

    private func stream(_ rules: StandInStream.Rules = .init()) -> StandInStream {
        let stream = StandInStream(rules)
        stream.set(now: Self.now.milliseconds)
        return stream
    }

    private func ask(
        _ query: ShopQuery, of stream: StandInStream, hosts: Set<String> = [], at time: Timestamp = now
    ) async throws -> ShopAnswer {
        let provider = OwncastProvider(origin: try ShopOrigin("https://live.example"), presenters: hosts)
        return try await ProvidersTests.ask(query, of: provider, stream.client, at: time, memory: memory)
    }

    private func shows(_ stream: StandInStream, at time: Timestamp = now) async throws -> [Show] {
        guard case .shows(let shows, nil) = try await ask(.shows(ShowFilter(), cursor: nil), of: stream, at: time)
        else { throw ShopFailure.notFound }
        return shows
    }

    private func head(
        _ stream: StandInStream, _ id: ShowID = "live", hosts: Set<String> = [], at time: Timestamp = now
    ) async throws -> ShowHead {
        guard case .head(let head) = try await ask(.head(id), of: stream, hosts: hosts, at: time) else {
            throw ShopFailure.notFound
        }
        return head
    }

    private func messages(_ head: ShowHead) -> [ChatMessage] {
        head.open.events.compactMap { if case .chat(let message) = $0.kind { message } else { nil } }
    }

    private func links(_ head: ShowHead) -> [String] {
        head.open.events.compactMap { if case .link(let address, _) = $0.kind { address } else { nil } }
    }

    @Test func saysWhatItIs() async throws {
        guard case .service(let info) = try await ask(.service, of: stream()) else { throw ShopFailure.notFound }
        #expect(info.name == "Ana Live" && info.capabilities == [.shows, .chatToRead])
        #expect(info.serverTime == Self.now)
        var rules = StandInStream.Rules()
        rules.chatDisabled = true
        let silent = OwncastProvider(origin: try ShopOrigin("https://live.example"))
        let answer = try await ProvidersTests.ask(.service, of: silent, stream(rules).client, at: Self.now)
        guard case .service(let info) = answer else { throw ShopFailure.notFound }
        #expect(info.capabilities == [.shows])
    }

    @Test func aStreamThatIsOnIsALiveShow() async throws {
        let stream = stream()
        #expect(try await shows(stream).isEmpty)
        stream.start("Paper &amp; lamps")
        stream.set(viewers: 3)
        let show = try #require(try await shows(stream).first)
        #expect(show.id == "live" && show.state == .live && show.title == "Paper & lamps" && show.viewers == 3)
        #expect(show.startsAt == Self.now && show.streamURL == "https://live.example/hls/stream.m3u8")
        #expect(show.hosts == [Host(id: "stream", name: "Ana Live", bio: "Lamps & more", followers: 12)])
        #expect(show.tags == ["lamps", "paper"])
        stream.set(viewers: 0)
        #expect(try await shows(stream).first?.viewers == 0)
        stream.end()
        #expect(try await shows(stream).isEmpty)
        #expect(try await head(stream).snapshot.state == .ended)
    }

    @Test func whoHidesTheirViewersHasNoNumber() async throws {
        var rules = StandInStream.Rules()
        rules.hidesViewers = true
        let stream = stream(rules)
        stream.start("")
        stream.set(viewers: 9)
        let show = try #require(try await shows(stream).first)
        #expect(show.viewers == nil && show.title == "Ana Live")
    }

    @Test func aPlanIsTheStreamThatComesOnThen() async throws {
        let stream = stream()
        let hour: Int64 = 3_600_000
        stream.plan("Lamp hour", at: Self.now.milliseconds + hour)
        stream.plan("Called off", at: Self.now.milliseconds + 2 * hour, isCancelled: true)
        stream.plan("Yesterday", at: Self.now.milliseconds - 24 * hour)
        let planned = try await shows(stream)
        #expect(planned.map(\.title) == ["Lamp hour", "Called off"])
        #expect(planned.map(\.state) == [.scheduled, .cancelled])
        let id = try #require(planned.first?.id)
        #expect(try await head(stream, id).snapshot.state == .scheduled)
        // It begins a little early, and is the show that somebody waits for.
        let early = Self.now + .seconds(3600 - 300)
        stream.set(now: early.milliseconds)
        stream.start("")
        let live = try await shows(stream, at: early)
        #expect(live.map(\.id) == [id, planned[1].id] && live[0].state == .live && live[0].title == "Lamp hour")
        // Another one that is planned is not on air by it.
        #expect(try await head(stream, planned[1].id, at: early).snapshot.state == .cancelled)
        #expect(live[0].startsAt == early && live[0].endsAt == planned[0].endsAt)
        #expect(try await head(stream, id, at: early).snapshot.state == .live)
        // Two hours later it is over, whatever is on then.
        let late = Self.now + .seconds(3 * 3600)
        stream.set(now: late.milliseconds)
        #expect(try await shows(stream, at: late).map(\.id) == ["live"])
        stream.end()
        #expect(try await head(stream, id, at: late).snapshot.state == .ended)
    }

    @Test func whatChangesSeldomIsAskedForSeldom() async throws {
        let stream = stream()
        for minute in 0..<30 { _ = try await shows(stream, at: Self.now + .seconds(Int64(minute) * 60)) }
        #expect(stream.log.count { $0 == "GET /api/status" } == 30)
        #expect(stream.log.count { $0 == "GET /api/config" } == 3)
        #expect(stream.log.count { $0 == "GET /api/schedule" } == 3)
        // A clock that was wrong does not keep an old answer for good.
        _ = try await shows(stream, at: Self.now - .seconds(86_400))
        #expect(stream.log.count { $0 == "GET /api/config" } == 4)
    }

    @Test func olderServersHaveNoSchedule() async throws {
        var rules = StandInStream.Rules()
        rules.hasSchedule = false
        let stream = stream(rules)
        stream.start("On")
        #expect(try await shows(stream).map(\.title) == ["On"])
        #expect(try await shows(stream).count == 1)
        #expect(stream.log.count { $0 == "GET /api/schedule" } == 1)
    }

    @Test func theChatIsReadByAChatterOfItsOwn() async throws {
        let stream = stream()
        let jo = stream.join("Jo")
        stream.start("On")
        stream.say("1 < 2 & more", by: jo)
        stream.post("<p>hi <img class=\"emoji\" alt=\":wave:\" src=\"/img/emoji/wave.gif\"> <em>all</em></p>", by: jo)
        let first = try await head(stream)
        #expect(messages(first).map(\.text) == ["1 < 2 & more", "hi :wave: all"])
        #expect(messages(first).allSatisfy { $0.author == "Jo" && $0.role == .viewer })
        #expect(stream.userCount == 2)
        _ = try await head(stream)
        #expect(stream.userCount == 2)
        // A server that has lost its chatters makes another one.
        stream.forgetTokens()
        #expect(try await messages(head(stream)).count == 2)
        #expect(stream.userCount == 3)
        #expect(first.retells && first.pollAfterMilliseconds == 5000)
    }

    /// A list that has room for more is all that there is; a full one begins with its first.
    @Test func sinceWhenTheListIsWholeIsTold() async throws {
        let stream = stream()
        let jo = stream.join("Jo")
        stream.start("On")
        let hour = Self.now - .seconds(3600)
        #expect(try await head(stream).retoldSince == hour)
        let message = stream.say("hello", by: jo)
        #expect(try await head(stream).retoldSince == hour)
        stream.hide(message)
        let after = try await head(stream)
        #expect(messages(after).isEmpty && after.retoldSince == hour)
        for number in 0..<60 {
            stream.set(now: Self.now.milliseconds + Int64(number))
            stream.say("line \(number)", by: jo)
        }
        #expect(try await head(stream).retoldSince == Self.now + .milliseconds(10))
        stream.end()
        #expect(try await head(stream).retoldSince == .distantFuture)
    }

    @Test func whoIsLetInNowhereDoesNotKnockAgainAtOnce() async throws {
        var rules = StandInStream.Rules()
        rules.bansEverybody = true
        let stream = stream(rules)
        stream.start("On")
        for second in 0..<20 {
            let head = try await head(stream, at: Self.now + .seconds(Int64(second) * 5))
            #expect(head.snapshot.state == .live && head.open.events.isEmpty)
        }
        #expect(stream.log.count { $0 == "POST /api/chat/register" } == 1)
        _ = try await head(stream, at: Self.now + .seconds(700))
        #expect(stream.log.count { $0 == "POST /api/chat/register" } == 2)
    }

    @Test func eachMessageHasItsPlaceWhicheverPartIsListed() async throws {
        let stream = stream()
        let jo = stream.join("Jo")
        stream.start("On")
        for number in 0..<60 {
            // Some in the same millisecond.
            stream.set(now: Self.now.milliseconds + Int64(number / 3))
            stream.say("line \(number)", by: jo)
        }
        let first = try await head(stream)
        #expect(messages(first).map(\.text) == (10..<60).map { SafeText("line \($0)") })
        let sequences = first.open.events.map(\.sequence)
        #expect(zip(sequences, sequences.dropFirst()).allSatisfy { $0 < $1 })
        #expect(first.lastSequence == sequences.last && first.open.opening.sequence < sequences[0])
        stream.set(now: Self.now.milliseconds + 1000)
        stream.say("new", by: jo)
        let second = try await head(stream)
        let fresh = second.open.events.filter { $0.sequence > first.lastSequence }
        #expect(fresh.count == 1)
    }

    /// Only those whom the server knows for what they are put something on air.
    @Test func linksOfWhoPresentsAreTold() async throws {
        let stream = stream()
        stream.start("On")
        let address = "https://lamps.example/product/paper-moon/"
        let stranger = stream.join("Ana")
        let proven = stream.join("Ana", isAuthenticated: true)
        let moderator = stream.join("Mo", isModerator: true)
        stream.say("buy \(address)1", by: stranger)
        stream.say("buy \(address)2", by: proven)
        stream.say("buy \(address)3.", by: moderator)
        stream.say("no address", by: moderator)
        let open = try await head(stream)
        #expect(links(open) == [address + "3"])
        #expect(messages(open).map(\.role) == [.viewer, .viewer, .moderator, .moderator])
        let named = try await head(stream, hosts: ["Ana"])
        #expect(links(named) == [address + "2", address + "3"])
        #expect(messages(named).map(\.role) == [.viewer, .host, .moderator, .moderator])
        #expect(try await links(head(stream, hosts: [stranger])) == [address + "1", address + "3"])
    }

    /// A stream with one bad answer, by what its request begins with.
    private func client(_ stream: StandInStream, _ path: String, _ status: Int, _ body: String?) -> HTTPClient {
        HTTPClient { request, completion in
            guard request.url.hasPrefix("https://live.example" + path) else {
                return stream.client.send(request, completion)
            }
            completion(
                body.map { .success(HTTPResponse(status: status, body: Data($0.utf8))) }
                    ?? .failure(.timedOut(sent: true)))
            return HTTPCancellation {}
        }
    }

    @Test(
        arguments: [
            (200, "<html>Welcome"), (200, "{}"), (200, "[{"), (500, ""), (404, "no"), (200, nil),
        ] as [(Int, String?)])
    func aChatThatCannotBeReadHidesNoShow(_ status: Int, _ body: String?) async throws {
        let stream = stream()
        stream.start("On")
        let provider = OwncastProvider(origin: try ShopOrigin("https://live.example"))
        for path in ["/api/chat?", "/api/chat/register"] {
            let answer = try await ProvidersTests.ask(
                .head("live"), of: provider, client(stream, path, status, body), at: Self.now)
            guard case .head(let head) = answer else { throw ShopFailure.notFound }
            #expect(head.snapshot.state == .live && messages(head).isEmpty, "\(path)")
            #expect(head.retoldSince == .distantFuture)
        }
    }

    @Test(arguments: [
        #""viewerCount":-1"#, #""viewerCount":"many""#, #""viewerCount":1.5"#, #""streamTitle":7,"viewerCount":3"#,
    ])
    func aCountThatCannotBeReadHidesNoShow(_ odd: String) async throws {
        let stream = stream()
        let status = #"{"online":true,"versionNumber":"0.2","serverTime":"2026-11-23T14:32:00Z",\#(odd)}"#
        let provider = OwncastProvider(origin: try ShopOrigin("https://live.example"))
        let answer = try await ProvidersTests.ask(
            .shows(ShowFilter(), cursor: nil), of: provider, client(stream, "/api/status", 200, status), at: Self.now)
        guard case .shows(let shows, _) = answer else { throw ShopFailure.notFound }
        #expect(shows.map(\.state) == [.live])
    }

    @Test func whatIsNoOwncastServerIsNotTakenForOne() async throws {
        let shop = StandInShop()
        let provider = OwncastProvider(origin: try ShopOrigin("https://shop.example"))
        await #expect(throws: ShopFailure.self) {
            try await ProvidersTests.ask(.service, of: provider, shop.client, at: Self.now)
        }
    }
}
