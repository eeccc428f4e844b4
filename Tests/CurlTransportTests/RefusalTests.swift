import FoundationEssentials
import HTTPTransport
import Testing

@testable import CurlTransport

@Suite struct RefusalTests {
    @Test(arguments: [
        "http://192.0.2.1/", "http://example.invalid/", "http://127.0.0.1.example.invalid/", "http://localhost./",
        "HTTP://EXAMPLE.INVALID",
    ])
    func plainHTTPStaysOnThisMachine(url: String) async throws {
        let client = CurlClient(version: "1")
        defer { client.shutdown() }
        #expect(await failure(client, HTTPRequest(.get, url)) == .insecure)
    }

    @Test(arguments: [
        "", "/v1/shows", "ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "http://", "http://a b/",
        "https://user:secret@127.0.0.1/", "http://127.0.0.1:99999/", "http://127.0.0.1/\r\nX: 1",
        "http://127.0.0.1/\0x",
    ])
    func anAddressThatIsNoneIsRefused(url: String) async throws {
        let client = CurlClient(version: "1")
        defer { client.shutdown() }
        #expect(
            await failure(client, HTTPRequest(.get, url))
                == (url.hasPrefix("ftp") || url.hasPrefix("file") || url.hasPrefix("gopher")
                    ? .badRequest(reason: "the address is neither https nor http")
                    : .badRequest(reason: "the address is not valid")))
    }

    @Test func aHeaderThatWouldAddAnotherIsNotSent() async throws {
        try await exchange { _, peer in
            peer.answer("")
            return .close
        } _: { client, server in
            let smuggled = HTTPRequest(.get, server.url, headers: ["X-Name": "a\r\nX-Admin: 1"])
            #expect(await failure(client, smuggled) == .badRequest(reason: "the header X-Name is not valid"))
            for name in ["Host", "content-length", "Transfer-Encoding", "User-Agent"] {
                let own = HTTPRequest(.get, server.url, headers: [name: "1"])
                #expect(
                    await failure(client, own) == .badRequest(reason: "the header \(name) belongs to the transport"))
            }
            #expect(server.connections == 0)
        }
    }

    @Test func aRedirectInsideTheOriginIsFollowedForAGet() async throws {
        try await exchange { request, peer in
            if request.head.hasPrefix("GET /new ") {
                peer.answer("here", "X-Hop: last")
            } else {
                peer.answer("moved", status: "302 Found", "Location: /new", "X-Hop: first")
            }
            return .keepOpen
        } _: { client, server in
            let request = HTTPRequest(.get, server.url + "/old", headers: ["Authorization": "Bearer t"])
            let response = try await client.client.response(to: request)
            #expect(response.text == "here")
            #expect(response.headers.all("X-Hop") == ["last"])
            #expect(server.connections == 1)
        }
    }

    /// Whoever wants to know where it leads to is told.
    @Test(arguments: ["/new", "https://other.example/"])
    func aRedirectThatIsNotToBeFollowedIsAnAnswer(target: String) async throws {
        try await exchange { _, peer in
            peer.answer("moved", status: "302 Found", "Location: \(target)")
            return .keepOpen
        } _: { client, server in
            let request = HTTPRequest(.get, server.url + "/old", followsRedirects: false)
            let response = try await client.client.response(to: request)
            #expect(response.status == 302 && response.headers["Location"] == target && response.text == "moved")
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func aRedirectElsewhereIsRefusedAndNothingTravels(status: Int) async throws {
        let other = try HostileServer { _, peer in
            peer.answer("stolen")
            return .close
        }
        defer { other.stop() }
        let target = other.url
        try await exchange { _, peer in
            peer.answer("", status: "\(status) Moved", "Location: \(target)/")
            return .keepOpen
        } _: { client, server in
            let request = HTTPRequest(.get, server.url, headers: ["Authorization": "Bearer secret"])
            #expect(await failure(client, request) == .redirectRefused)
            #expect(other.connections == 0)
        }
    }

    @Test(arguments: ["file:///etc/passwd", "http://user@127.0.0.1/", "https://127.0.0.1/", "http://localhost/"])
    func aRedirectToAnythingButTheOriginIsRefused(target: String) async throws {
        try await exchange { _, peer in
            peer.answer("", status: "302 Found", "Location: \(target)")
            return .keepOpen
        } _: { client, server in
            #expect(await failure(client, HTTPRequest(.get, server.url)) == .redirectRefused)
            #expect(server.requests.count == 1)
        }
    }

    @Test func aPostIsNeverRedirected() async throws {
        try await exchange { _, peer in
            peer.answer("", status: "307 Temporary Redirect", "Location: /again")
            return .keepOpen
        } _: { client, server in
            let request = HTTPRequest(.post, server.url, body: Data("{}".utf8))
            #expect(await failure(client, request) == .redirectRefused)
            #expect(server.requests.count == 1)
        }
    }

    @Test func aCircleOfRedirectsEnds() async throws {
        try await exchange { _, peer in
            peer.answer("", status: "302 Found", "Location: /again")
            return .keepOpen
        } _: { client, server in
            #expect(await failure(client, HTTPRequest(.get, server.url)) == .redirectRefused)
            #expect(server.requests.count == 4)
        }
    }
}
