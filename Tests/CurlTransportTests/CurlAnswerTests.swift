import FoundationEssentials
import HTTPTransport
import Testing

@testable import CurlTransport

@Suite struct CurlAnswerTests {
    @Test func aPlainAnswerArrivesWhole() async throws {
        try await exchange { request, peer in
            peer.answer("hello", "ETag: \"7\"", "X-Two: a", "x-two: b")
            return .keepOpen
        } _: { client, server in
            let request = HTTPRequest(.get, server.url + "/v1/shows?q=a%20b", headers: ["Authorization": "Bearer t"])
            let response = try await client.client.response(to: request)
            #expect(response.status == 200)
            #expect(response.text == "hello")
            #expect(response.headers["etag"] == "\"7\"")
            #expect(response.headers.all("X-Two") == ["a", "b"])
            #expect(!response.timing.reusedConnection)
            #expect(response.timing.total >= response.timing.connected)
            let lines = try #require(server.requests.first).head.components(separatedBy: "\r\n")
            #expect(lines.first == "GET /v1/shows?q=a%20b HTTP/1.1")
            #expect(lines.contains("User-Agent: vitrine/1.2.3"))
            #expect(lines.contains("Authorization: Bearer t"))
            #expect(!lines.contains { $0.hasPrefix("Cookie") })
        }
    }

    /// Some shops write the charset where ways to compress are named.
    @Test(arguments: ["UTF-8", "utf8", "none", "", "ISO-8859-1, UTF-8"])
    func anEncodingThatIsNoneIsIgnored(_ name: String) async throws {
        try await exchange { request, peer in
            peer.answer("hello", "Content-Encoding: \(name)")
            return .keepOpen
        } _: { client, server in
            let read = try await client.client.response(to: HTTPRequest(.get, server.url))
            #expect(read.text == "hello")
            let post = HTTPRequest(.post, server.url, body: Data("x".utf8), freshConnection: true)
            let placed = try await client.client.response(to: post)
            #expect(placed.text == "hello")
            #expect(server.requests.filter { $0.head.hasPrefix("POST") }.count == 1)
        }
    }

    @Test func aConnectionIsUsedAgain() async throws {
        try await exchange { request, peer in
            peer.answer("\(request.connection)")
            return .keepOpen
        } _: { client, server in
            _ = try await client.client.response(to: HTTPRequest(.get, server.url))
            let second = try await client.client.response(to: HTTPRequest(.get, server.url))
            #expect(second.timing.reusedConnection)
            #expect(second.timing.connected == .zero)
            #expect(server.connections == 1)
            #expect(server.requests.count == 2)
        }
    }

    @Test func notModifiedHasNoBody() async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 304 Not Modified\r\nETag: \"7\"\r\n\r\n")
            return .keepOpen
        } _: { client, server in
            let request = HTTPRequest(.get, server.url, headers: ["If-None-Match": "\"7\""])
            let response = try await client.client.response(to: request)
            #expect(response.status == 304)
            #expect(response.body.isEmpty)
            #expect(server.requests.first?.head.contains("If-None-Match: \"7\"") == true)
        }
    }

    @Test func chunksAreJoined() async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            peer.send("3\r\nabc\r\n")
            peer.send("2\r\nde\r\n0\r\n\r\n")
            return .keepOpen
        } _: { client, server in
            let response = try await client.client.response(to: HTTPRequest(.get, server.url))
            #expect(response.text == "abcde")
        }
    }

    @Test func headersOfAnInterimAnswerAreNotThoseOfTheAnswer() async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
            peer.answer("x", "X-Late: 1")
            return .keepOpen
        } _: { client, server in
            let response = try await client.client.response(to: HTTPRequest(.get, server.url))
            #expect(response.status == 200)
            #expect(response.headers["X-Early"] == nil)
            #expect(response.headers["X-Late"] == "1")
        }
    }

    @Test(arguments: [HTTPMethod.post, .put, .patch, .delete])
    func aBodyIsSentUnderItsMethod(method: HTTPMethod) async throws {
        try await exchange { request, peer in
            peer.answer("")
            return .keepOpen
        } _: { client, server in
            // A slice, whose indices do not start at 0.
            let body = Data("xx{\"n\":1}".utf8).dropFirst(2)
            _ = try await client.client.response(to: HTTPRequest(method, server.url, body: body))
            let request = try #require(server.requests.first)
            #expect(request.head.hasPrefix("\(method.rawValue) / "))
            #expect(request.body == "{\"n\":1}")
            #expect(!request.head.contains("Expect"))
            #expect(!request.head.contains("x-www-form-urlencoded"))
        }
    }

    @Test func aBodyLargerThanAnyBufferIsSentWhole() async throws {
        try await exchange { request, peer in
            peer.answer("\(request.body.utf8.count)")
            return .keepOpen
        } _: { client, server in
            let body = Data(repeating: 97, count: 300_000)
            let response = try await client.client.response(to: HTTPRequest(.put, server.url, body: body))
            #expect(response.text == "300000")
        }
    }

    @Test func methodsWithoutABodySendNone() async throws {
        try await exchange { request, peer in
            if request.head.hasPrefix("HEAD") {
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
            } else {
                peer.answer("")
            }
            return .keepOpen
        } _: { client, server in
            for method in [HTTPMethod.head, .delete, .put, .post] {
                let response = try await client.client.response(to: HTTPRequest(method, server.url))
                #expect(response.status == 200)
            }
            #expect(server.requests.map { $0.head.prefix { $0 != " " } } == ["HEAD", "DELETE", "PUT", "POST"])
            #expect(server.requests[3].head.contains("Content-Length: 0"))
        }
    }

    @Test func anEmptyHeaderIsSentEmpty() async throws {
        try await exchange { request, peer in
            peer.answer("")
            return .keepOpen
        } _: { client, server in
            _ = try await client.client.response(
                to: HTTPRequest(.get, server.url, headers: ["Accept": "", "X-E": " "]))
            let lines = try #require(server.requests.first).head.components(separatedBy: "\r\n")
            #expect(lines.contains("Accept:"))
            #expect(lines.contains("X-E:"))
        }
    }

    @Test func manyRequestsAtOnceAreAllAnswered() async throws {
        try await exchange { request, peer in
            peer.answer(String(request.head.split(separator: " ")[1]))
            return .keepOpen
        } _: { client, server in
            let seam = client.client
            let url = server.url
            let answers = await withTaskGroup(of: String?.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let request = HTTPRequest(.get, "\(url)/\(number)")
                        return (try? await seam.response(to: request)).map {
                            "\(number)" == $0.text.dropFirst() ? "ok" : $0.text
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers == Array(repeating: "ok", count: 40))
        }
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
