import CurlTransport
import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

@Suite struct ServerLifeTests {
    @Test func aRestartGoesOnWhereItWasLeft() async throws {
        var database = ""
        var token = ""
        var order: Order?
        var timeline: [ShowID: (Int, [TimelineSegment])] = [:]
        try await Shop.open { shop in
            database = shop.database
            token = try await shop.guest()
            let show = try await shop.liveShow()
            let sku = try #require(try await shop.head(show.show.id).snapshot.onAir.first?.sku)
            let quote = try await shop.quote(sku, in: show.show.id, token: token)
            order = try await shop.order(quote, key: "k", token: token).value(201)
            _ = try await shop.send(.put, Route.follow("sato-yui").path, token: token)
            _ = try await shop.send(.post, Route.messages(show.show.id).path, body: #"{"text":"hi"}"#, token: token)
            shop.clock.advance(by: .seconds(1))
            let head = try await shop.head(show.show.id)
            timeline[show.show.id] = (head.lastSequence, [head.open])
        }
        try await Shop.open(database: database) { shop in
            let orders: Page<Order> = try await shop.get(.orders, token: token)
            #expect(orders.items == [try #require(order)])
            let follows: Page<Host> = try await shop.get(.follows, token: token)
            #expect(follows.items.map(\.id) == ["sato-yui"])
            for (show, (sequence, segments)) in timeline {
                let head = try await shop.head(show)
                #expect(head.lastSequence == sequence)
                #expect([head.open] == segments)
                let said = try await shop.send(
                    .post, Route.messages(show).path, body: #"{"text":"again"}"#, token: token)
                #expect(said.status == 201)
            }
        }
    }

    /// What has been acknowledged is there after the end, however busy the server was.
    @Test func stoppingWhileItIsBusyLosesNothing() async throws {
        let folder = try Folder.make()
        let configuration = ServerConfiguration(
            databasePath: folder + "/busy.sqlite", clock: ManualClock(Shop.start).clock,
            movesByItself: false)
        let server = try await RunningServer.start(configuration)
        let curl = CurlClient(version: "test")
        let acknowledged = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    let response = try? await curl.client.response(
                        to: HTTPRequest(.post, server.origin + "/v1/guests"))
                    guard let response, response.status == 201 else { return nil }
                    let account: GuestAccount? = try? response.value(201)
                    return account?.token
                }
            }
            group.addTask {
                try? await server.stop()
                return nil
            }
            return await group.reduce(into: [String]()) { tokens, token in
                if let token { tokens.append(token) }
            }
        }
        let again = try await RunningServer.start(configuration)
        for token in acknowledged {
            var headers = HTTPHeaders()
            headers.set("Authorization", "Bearer " + token)
            let answer = try await curl.client.response(
                to: HTTPRequest(.get, again.origin + "/v1/me/follows", headers: headers))
            #expect(answer.status == 200)
        }
        try await again.stop()
        curl.shutdown()
    }

    /// Whoever asks for the end, at the same time or later, waits for it; it comes once.
    @Test func itEndsOnceHoweverOftenItIsToldTo() async throws {
        let path = try Folder.make() + "/ended.sqlite"
        let configuration = ServerConfiguration(
            databasePath: path, clock: ManualClock(Shop.start).clock, movesByItself: false)
        let server = try await RunningServer.start(configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try await server.stop() } }
            try await group.waitForAll()
        }
        try await server.stop()
        // The database is free for the next, whose end the first one's does not touch.
        let next = try await RunningServer.start(configuration)
        try await server.stop()
        let client = try RawClient(next)
        try await client.send("GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 200 "))
        try await next.stop()
    }

    @Test func whatCannotBeUsedIsSaidInOneLine() async throws {
        let folder = try Folder.make()
        func start(_ path: String, port: Int = 0) async -> String {
            do {
                let server = try await RunningServer.start(
                    ServerConfiguration(
                        databasePath: path, port: port, clock: ManualClock(Shop.start).clock,
                        movesByItself: false))
                try await server.stop()
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(await start(folder + "/none/shop.sqlite").hasPrefix("cannot use the database"))
        try await Shop.open { shop in
            #expect(await start(folder + "/other.sqlite", port: shop.server.port).hasSuffix("the port is in use"))
        }
    }

    @Test func secretsAreKeptAsHashesOnly() async throws {
        var database = ""
        var token = ""
        try await Shop.open { shop in
            database = shop.database
            token = try await shop.guest()
        }
        #expect(!token.isEmpty)
        for file in try Folder.contents(ofFilesBeginningWith: database) {
            #expect(!file.contains(Array(token.utf8)))
        }
    }
}
