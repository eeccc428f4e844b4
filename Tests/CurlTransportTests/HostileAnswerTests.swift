import FoundationEssentials
import Glibc
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

    /// What comes beyond the length that was told answers no other question. (What a server says after the next question
    /// has been put is an answer to that, whatever it was meant for.)
    @Test func moreThanItsLengthIsNoOthersAnswer() async throws {
        try await exchange { request, peer in
            if request.connection == 0 {
                // In one piece, so that it is there with the end of the answer.
                peer.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown"
                        + "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nplanted")
                peer.waitUntilGone()
                return .close
            }
            peer.answer("own again")
            return .keepOpen
        } _: { client, server in
            let first = try await client.client.response(to: HTTPRequest(.get, server.url))
            #expect(first.text == "own")
            for _ in 0..<3 {
                let response = try? await client.client.response(to: HTTPRequest(.get, server.url))
                #expect(response?.text != "planted")
            }
        }
    }

    @Test(arguments: [
        "Content-Length: -1", "Content-Length: abc", "Content-Length: 99999999999999999999999",
        "Content-Length: 3\r\nContent-Length: 4", "Content-Length: 4\r\nContent-Length: 3", "Content-Length: 3, 4",
        "Content-Length: +3", "Content-Length: 3x", "Content-Length: 0x3", "Content-Length: 3.0",
        "Content-Length: 3\r\ncontent-length: -1",
    ])
    func aLengthThatIsNoneIsNoAnswer(header: String) async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\n\(header)\r\n\r\nabc")
            return .close
        } _: { client, server in
            let request = HTTPRequest(.get, server.url, limits: HTTPLimits(whole: .seconds(5)))
            #expect(await failure(client, request) == .protocolError)
        }
    }

    /// Proves that those above are refused for what they say, and not for how it is written.
    @Test(arguments: [
        "Content-Length: 3", "content-length:\t3 ", "Content-Length: 03", "Content-Length: 3\r\nContent-Length: 3",
    ])
    func aLengthIsWhereTheAnswerEnds(header: String) async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\n\(header)\r\n\r\nabcdef")
            peer.waitUntilGone()
            return .close
        } _: { client, server in
            let request = HTTPRequest(.get, server.url, limits: HTTPLimits(whole: .seconds(5)))
            let response = try await client.client.response(to: request)
            #expect(response.text == "abc")
        }
    }

    @Test(arguments: [
        "zz\r\nabc\r\n0\r\n\r\n", "-3\r\nabc\r\n0\r\n\r\n", "FFFFFFFFFFFFFFFFFF\r\nabc", "3\r\nabcdef\r\n0\r\n\r\n",
        "3\r\nabc\r\n", "3\r\nab", "3", "\r\n\r\n", "0x3\r\nabc\r\n0\r\n\r\n",
    ])
    func brokenChunksAreNoAnswer(body: String) async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(body)")
            return .close
        } _: { client, server in
            let failed = await failure(client, HTTPRequest(.get, server.url))
            #expect(failed == .protocolError || failed == .connectionLost(sent: true), "\(String(describing: failed))")
        }
    }

    /// A server that sends nothing but interim answers, or changes to a protocol that nobody asked for.
    @Test(arguments: [
        ("HTTP/1.1 100 Continue\r\n\r\n", HTTPFailure.connectionLost(sent: true)),
        ("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", .connectionLost(sent: true)),
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", .connectionLost(sent: true)),
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nabc", .protocolError),
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nContent-Length: 3\r\n\r\nabc", .protocolError),
    ])
    func anInterimAnswerAloneIsNone(answer: String, expected: HTTPFailure) async throws {
        try await exchange { request, peer in
            peer.send(answer)
            return .close
        } _: { client, server in
            let request = HTTPRequest(.get, server.url, limits: HTTPLimits(whole: .seconds(5)))
            #expect(await failure(client, request) == expected)
        }
    }

    @Test func interimAnswersWithoutEndAreStopped() async throws {
        try await exchange { request, peer in
            while peer.send("HTTP/1.1 103 Early Hints\r\nX-Hint: 1\r\n\r\n") {}
            return .close
        } _: { client, server in
            let request = HTTPRequest(.get, server.url, limits: HTTPLimits(whole: .seconds(3)))
            let failed = await failure(client, request)
            #expect(failed == .protocolError || failed == .timedOut(sent: true), "\(String(describing: failed))")
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
