import FoundationEssentials
import HTTPTransport
import Testing

@testable import CurlTransport

@Suite struct HostileAnswerTests {
    @Test func aBombIsStoppedAtTheLimit() async throws {
        let bomb = Bomb.gzip(decodedBytes: 20 << 20)
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n")
            peer.send(bomb)
            return .close
        } _: { client, server in
            #expect(await failure(client, HTTPRequest(.get, server.url)) == .tooLarge(limit: 2 << 20))
        }
    }

    @Test func aBombBelowTheLimitIsDecoded() async throws {
        // Proves that the one above is stopped for its size and not for being unreadable.
        let bomb = Bomb.gzip(decodedBytes: 258 * 100)
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
            peer.send(bomb)
            peer.waitUntilGone()
            return .close
        } _: { client, server in
            let limits = HTTPLimits(body: 258 * 100)
            let request = HTTPRequest(.get, server.url, limits: limits)
            // 1 literal and 100 runs: one byte more than allowed.
            #expect(await failure(client, request) == .tooLarge(limit: 258 * 100))
        }
    }

    @Test func anEndlessBodyIsStopped() async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\n\r\n")
            let block = [UInt8](repeating: 120, count: 65536)
            while peer.send(block) {}
            return .close
        } _: { client, server in
            #expect(await failure(client, HTTPRequest(.get, server.url)) == .tooLarge(limit: 2 << 20))
        }
    }

    @Test func aBodyOfExactlyTheLimitIsAllowed() async throws {
        try await exchange { request, peer in
            peer.answer(request.head.hasPrefix("GET /more") ? "12345" : "1234")
            return .keepOpen
        } _: { client, server in
            let limits = HTTPLimits(body: 4)
            let response = try await client.client.response(to: HTTPRequest(.get, server.url, limits: limits))
            #expect(response.text == "1234")
            let more = HTTPRequest(.get, server.url + "/more", limits: limits)
            #expect(await failure(client, more) == .tooLarge(limit: 4))
        }
    }

    @Test func anAnnouncedGiantIsStoppedAtItsFirstByte() async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9000000000000\r\n\r\nx")
            peer.waitUntilGone()
            return .close
        } _: { client, server in
            #expect(await failure(client, HTTPRequest(.get, server.url)) == .tooLarge(limit: 2 << 20))
        }
    }

    @Test func aDripIsTooSlow() async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx")
            peer.waitUntilGone()
            return .close
        } _: { client, server in
            let request = HTTPRequest(.get, server.url, limits: HTTPLimits(slowFor: .seconds(1)))
            #expect(await failure(client, request) == .tooSlow)
        }
    }

    @Test func aLateAnswerTimesOut() async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx")
            peer.waitUntilGone()
            return .close
        } _: { client, server in
            let request = HTTPRequest(.get, server.url, limits: HTTPLimits(whole: .milliseconds(200)))
            #expect(await failure(client, request) == .timedOut(sent: true))
        }
    }

    @Test func aWrongLengthIsALostConnection() async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            return .close
        } _: { client, server in
            #expect(await failure(client, HTTPRequest(.get, server.url)) == .connectionLost(sent: true))
        }
    }

    @Test(arguments: ["", "garbage\r\n\r\n", "SSH-2.0-x\r\n", "HTTP/9.9 200 OK\r\n\r\n", "\0\0\0\0\r\n\r\n"])
    func whatIsNotHTTPIsSaidToBeSo(answer: String) async throws {
        try await exchange { request, peer in
            peer.send(answer)
            return .close
        } _: { client, server in
            let expected: HTTPFailure = answer.isEmpty ? .connectionLost(sent: true) : .protocolError
            #expect(await failure(client, HTTPRequest(.get, server.url)) == expected)
        }
    }

    @Test func brokenGzipIsAProtocolError() async throws {
        try await exchange { request, peer in
            peer.answer("this is no gzip", "Content-Encoding: gzip")
            return .close
        } _: { client, server in
            #expect(await failure(client, HTTPRequest(.get, server.url)) == .protocolError)
        }
    }

    @Test func aFloodOfHeadersIsStopped() async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\n")
            while peer.send("X-Flood: 1\r\n") {}
            return .close
        } _: { client, server in
            #expect(await failure(client, HTTPRequest(.get, server.url)) == .protocolError)
        }
    }

    @Test func plainTextWhereTLSIsExpectedIsNamed() async throws {
        let server = try HostileServer(greeting: "HTTP/1.1 400 Bad Request\r\n\r\n") { _, _ in .close }
        let client = CurlClient(version: "1")
        defer {
            client.shutdown()
            server.stop()
        }
        let request = HTTPRequest(.get, server.url.replacing("http:", with: "https:"))
        #expect(await failure(client, request) == .tls(reason: "the server does not speak TLS as we do"))
    }
}
