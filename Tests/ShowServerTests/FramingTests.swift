import LiveAPI
import ShopTesting
import ShowServer
import Testing

/// How requests are told apart, and what a client is told of the connection.
@Suite(.timeLimit(.minutes(1))) struct FramingTests {
    private func ask(_ shop: Shop, _ text: String) async throws -> String {
        let client = try RawClient(shop.server)
        try await client.send(text)
        return try await client.readToEnd()
    }

    private static let close = "Connection: close\r\n"

    @Test(arguments: ["", "Connection: close\r\n", "Connection: x, Close\r\n"])
    func anOldConnectionEndsWithItsAnswer(_ field: String) async throws {
        try await Shop.open { shop in
            let answer = try await ask(shop, "GET /v1 HTTP/1.0\r\n\(field)\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("Connection: close\r\n"))
        }
    }

    @Test func anOldConnectionGoesOnWhereItAsksTo() async throws {
        try await Shop.open { shop in
            let client = try RawClient(shop.server)
            for _ in 0..<2 {
                try await client.send("GET /v1/hosts/none HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                let answer = try await client.read { $0.hasSuffix("}") }
                #expect(answer.hasPrefix("HTTP/1.1 404 ") && answer.contains("Connection: keep-alive\r\n"))
            }
        }
    }

    @Test func whoAsksWhetherToGoOnIsTold() async throws {
        try await Shop.open { shop in
            let client = try RawClient(shop.server)
            let head = "POST /v1/guests HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\n"
            // Behind another request, whose answer comes first.
            try await client.send("GET /v1/hosts/none HTTP/1.1\r\nHost: x\r\n\r\n" + head + "Content-Length: 2\r\n\r\n")
            let first = try await client.read { $0.hasSuffix("100 Continue\r\n\r\n") }
            #expect(first.hasPrefix("HTTP/1.1 404 ") && first.hasSuffix("}HTTP/1.1 100 Continue\r\n\r\n"))
            try await client.send("{}")
            #expect(try await client.read { $0.hasSuffix("}") }.hasPrefix("HTTP/1.1 201 "))
        }
    }

    /// What would be refused anyway need not come, and an old client would take the word for the answer.
    @Test(arguments: [
        ("POST /v1/guests HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n", "413"),
        ("GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n", "200"),
        ("POST /v1/guests HTTP/1.0\r\nContent-Length: 0\r\n", "201"),
    ])
    func nobodyElseIsToldToGoOn(_ head: String, _ status: String) async throws {
        try await Shop.open { shop in
            let answer = try await ask(shop, head + "Expect: 100-continue\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        }
    }

    @Test(arguments: ["gzip", "gzip, chunked", "chunked, chunked", "GZIP,chunked", "identity, chunked"])
    func aPackedBodyIsRefused(_ coding: String) async throws {
        try await Shop.open { shop in
            let answer = try await ask(
                shop, "POST /v1/guests HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \(coding)\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
            let isRefused = answer.hasPrefix("HTTP/1.1 501 ") || answer.hasPrefix("HTTP/1.1 400 ")
            #expect(isRefused && answer.contains("Connection: close\r\n"), "\(answer.prefix(40))")
        }
    }

    @Test func aPackedBodyHasItsProblem() async throws {
        try await Shop.open { shop in
            let answer = try await ask(
                shop,
                "POST /v1/guests HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 501 ") && answer.contains(#""transfer_coding_unknown""#))
        }
    }

    @Test(arguments: [
        "POST /v1/guests HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "POST /v1/guests HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ])
    func aBodyWhoseEndIsDoubtfulIsRefused(_ text: String) async throws {
        try await Shop.open { shop in
            let answer = try await ask(shop, text)
            #expect(
                answer.hasPrefix("HTTP/1.1 400 ") && answer.contains("Connection: close\r\n"), "\(answer.prefix(40))")
        }
    }

    /// Small chunks are no fault; what a client writes beside their sizes counts like a body.
    @Test func chunkExtensionsCountTowardsTheLimit() async throws {
        var limits = Limits()
        limits.bodyBytes = 2000
        try await Shop.open(limits: limits) { shop in
            let head = "POST /v1/guests HTTP/1.1\r\nHost: x\r\n\(Self.close)Transfer-Encoding: chunked\r\n\r\n"
            let small = String(repeating: "1\r\nx\r\n", count: 2000) + "0\r\n\r\n"
            #expect(try await ask(shop, head + small).hasPrefix("HTTP/1.1 201 "))
            let client = try RawClient(shop.server)
            try await client.send(head + "1;")
            for _ in 0..<1000 { guard try await client.send(String(repeating: "x", count: 1000)) else { break } }
            let answer = try await client.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 413 ") && answer.contains(#""body_too_large""#))
        }
    }

    @Test(arguments: [
        "/v1?x=1", "/v1/shows?tags=x", "/v1/shows?q=a&x", "/v1/hosts?x=", "/v1/products?&", "/v1/hosts?q=a&&",
        "/v1/hosts?q=a&",
        "/v1/shows/x/head?t=1", "/v1/shows/x/timeline/0?v=2", "/v1/shows/x?_=1", "/v1/products/x/reviews?q=a",
    ])
    func aQueryThatMeansNothingIsNotKept(_ path: String) async throws {
        try await Shop.open { shop in
            let answer = try await shop.send(.get, path)
            #expect(answer.status == 400 && answer.headers["Cache-Control"] == "no-store")
            #expect(try answer.value(400, as: Problem.self).detail?.contains("query") == true)
        }
    }

    @Test(arguments: [
        "/v1?", "/v1/shows?", "/v1/shows?q=a&state=live&tag=tea&host=x", "/v1/products?q=", "/v1/hosts?cursor=1&q=a",
    ])
    func aQueryThatMeansSomethingIsAnswered(_ path: String) async throws {
        try await Shop.open { shop in
            let answer = try await shop.send(.get, path)
            #expect(answer.status == 200)
        }
    }
}
