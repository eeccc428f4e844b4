import FoundationEssentials
import HTTPTransport
import Testing

@testable import CurlTransport

/// libcurl by itself sends a POST again when a reused connection closes without an answer. None of these may let it.
@Suite struct CurlPurchaseTests {
    /// Answers GETs, and closes on anything else once it was read.
    private func closesOnPosts(_ request: HostileServer.Request, _ peer: Peer) -> HostileServer.Next {
        guard request.head.hasPrefix("GET") else { return .close }
        peer.answer("warm")
        return .keepOpen
    }

    @Test func aFreshConnectionIsUsedForNothingElse() async throws {
        try await exchange { request, peer in
            peer.answer("")
            return .keepOpen
        } _: { client, server in
            let purchase = HTTPRequest(.post, server.url, body: Data("{}".utf8), freshConnection: true)
            for request in [HTTPRequest(.get, server.url), purchase, HTTPRequest(.get, server.url)] {
                _ = try await client.client.response(to: request)
            }
            #expect(server.requests.map(\.connection) == [0, 1, 0])
        }
    }

    @Test(
        arguments: [
            (.post, "{}", true), (.post, "{}", false), (.post, "", true), (.post, "", false), (.patch, "{}", false),
            (.post, nil, false),
        ] as [(HTTPMethod, String?, Bool)])
    func aPostWithoutAnAnswerIsSentOnce(method: HTTPMethod, body: String?, fresh: Bool) async throws {
        try await exchange(closesOnPosts) { client, server in
            _ = try await client.client.response(to: HTTPRequest(.get, server.url))
            let purchase = HTTPRequest(
                method, server.url, body: body.map { Data($0.utf8) }, freshConnection: fresh)
            #expect(await failure(client, purchase) == .connectionLost(sent: true))
            #expect(server.requests.count { !$0.head.hasPrefix("GET") } == 1)
        }
    }

    @Test func aResetAfterTheRequestMayHaveBeenSent() async throws {
        try await exchange { _, _ in
            .reset
        } _: { client, server in
            let purchase = HTTPRequest(.post, server.url, body: Data("{}".utf8), freshConnection: true)
            #expect(await failure(client, purchase) == .connectionLost(sent: true))
        }
    }

    @Test func silenceAfterTheRequestMayHaveBeenSent() async throws {
        try await exchange { _, peer in
            peer.waitUntilGone()
            return .close
        } _: { client, server in
            let purchase = HTTPRequest(
                .post, server.url, body: Data("{}".utf8), freshConnection: true,
                limits: HTTPLimits(whole: .milliseconds(200)))
            #expect(await failure(client, purchase) == .timedOut(sent: true))
        }
    }

    @Test func anAnswerThatBreaksOffMayHaveBeenSent() async throws {
        try await exchange { _, peer in
            peer.send("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"id\":")
            return .close
        } _: { client, server in
            let purchase = HTTPRequest(.post, server.url, body: Data("{}".utf8), freshConnection: true)
            #expect(await failure(client, purchase) == .connectionLost(sent: true))
        }
    }

    @Test func whatNeverConnectedWasNotSent() async throws {
        let server = try HostileServer { _, _ in .close }
        let url = server.url
        server.stop()
        let client = CurlClient(version: "1")
        defer { client.shutdown() }
        // The port is free once the listener's thread has closed it; until then the kernel refuses as well.
        let result = await failure(client, HTTPRequest(.post, url, body: Data("{}".utf8), freshConnection: true))
        #expect(result == .cannotConnect)
        #expect(result?.mayHaveBeenSent == false)
    }

    @Test func aHandshakeThatNeverComesWasNotSent() async throws {
        try await exchange { _, peer in
            peer.waitUntilGone()
            return .close
        } _: { client, server in
            let url = server.url.replacing("http:", with: "https:")
            let request = HTTPRequest(
                .post, url, body: Data("{}".utf8), freshConnection: true,
                limits: HTTPLimits(connect: .milliseconds(200)))
            #expect(await failure(client, request) == .timedOut(sent: false))
        }
    }
}
