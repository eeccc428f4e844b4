import Domain
import HTTPTransport
import LiveAPI
import NIOCore
import ShopTesting
import Testing

@testable import ShowServer

/// Clients that bring or want too much.
@Suite(.timeLimit(.minutes(2))) struct LimitTests {
    private func limits(_ change: (inout Limits) -> Void) -> Limits {
        var limits = Limits()
        change(&limits)
        return limits
    }

    private func ask(_ shop: Shop, _ text: String) async throws -> String {
        let client = try RawClient(shop.server)
        try await client.send(text)
        return try await client.readToEnd()
    }

    // MARK: Size

    @Test func aLargeBodyIsRefusedBeforeItComes() async throws {
        try await Shop.open { shop in
            for path in ["/v1/guests", "/v1/quotes", "/v1/orders", "/sign-in", "/checkout/x", "/nowhere"] {
                let answer = try await ask(
                    shop, "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 413 ") && answer.contains("Connection: close\r\n"), "\(path)")
            }
            #expect(
                try await shop.send(.post, "/v1/guests", body: String(repeating: "x", count: 16 << 10)).status == 201)
            #expect(
                try await shop.send(.post, "/v1/guests", body: String(repeating: "x", count: (16 << 10) + 1)).status
                    == 413)
        }
    }

    @Test func aBodyWithoutEndIsRefusedAndNotReadOn() async throws {
        try await Shop.open(limits: limits { $0.bodyBytes = 2000 }) { shop in
            let service: ServiceDocument = try await shop.get(.service)
            #expect(service.limits.bodyBytes == 2000)
            let client = try RawClient(shop.server)
            try await client.send("POST /v1/guests HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = "400\r\n" + String(repeating: "x", count: 0x400) + "\r\n"
            try await client.send(chunk + chunk)
            #expect(try await client.read { $0.hasSuffix("}") }.hasPrefix("HTTP/1.1 413 "))
            while try await client.send(chunk) {}
        }
    }

    @Test(arguments: [
        "X: \(String(repeating: "x", count: 9000))\r\n",
        (0..<20).map { "X-\($0): \(String(repeating: "x", count: 1000))\r\n" }.joined(),
        (0..<200).map { "X-\($0): x\r\n" }.joined(),
    ])
    func tooManyHeaderFieldsAreRefused(_ fields: String) async throws {
        try await Shop.open { shop in
            let answer = try await ask(shop, "GET /v1 HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 431 ") && answer.contains("\"headers_too_large\""))
            let long = String(repeating: "y", count: 9000)
            #expect(try await ask(shop, "GET /v1?q=\(long) HTTP/1.1\r\nHost: x\r\n\r\n").hasPrefix("HTTP/1.1 431 "))
        }
    }

    @Test(arguments: [
        "hello\r\n\r\n", "GE\u{0}T /v1 HTTP/1.1\r\n\r\n", "GET /v1 HTTP/9.1\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}",
    ])
    func whatIsNotHTTPIsToldSo(_ text: String) async throws {
        try await Shop.open { shop in
            let answer = try await ask(shop, text)
            #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains("\"invalid_request\""))
        }
    }

    // MARK: Connections

    @Test func anAddressHasItsShareOfConnections() async throws {
        try await Shop.open(limits: limits { $0.connectionsPerClient = 3 }) { shop in
            do {
                let open = try (0..<3).map { _ in try RawClient(shop.server) }
                // All of them are counted once the last has been answered.
                try await open[2].send("GET /v1/hosts/none HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try await open[2].read { $0.hasSuffix("}") }
                let refused = try await RawClient(shop.server).readToEnd()
                #expect(refused.hasPrefix("HTTP/1.1 503 ") && refused.contains("Retry-After: 5\r\n"))
                withExtendedLifetime(open) {}
            }
            var answer = ""
            repeat {
                answer = try await ask(shop, "GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            } while !answer.hasPrefix("HTTP/1.1 200 ")
        }
    }

    @Test func whoComesToAFullHouseWaits() async throws {
        try await Shop.open(limits: limits { $0.connections = 2 }) { shop in
            var inside: [RawClient] = []
            for _ in 0..<2 {
                let client = try RawClient(shop.server)
                try await client.send("GET /v1/hosts/none HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try await client.read { $0.hasSuffix("}") }
                inside.append(client)
            }
            async let waiting = ask(shop, "GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            inside = []
            #expect(try await waiting.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func addressesAreToldApart() throws {
        func client(_ address: String) throws -> ClientAddress? {
            ClientAddress(try SocketAddress(ipAddress: address, port: 1))
        }
        #expect(try client("192.0.2.1") == client("::ffff:192.0.2.1"))
        #expect(try client("192.0.2.1") != client("192.0.2.2"))
        #expect(try client("2001:db8::1") == client("2001:db8::ffff:0:0:2"))
        #expect(try client("2001:db8::1") != client("2001:db8:0:1::1"))
        #expect(try ClientAddress(forwardedFor: "10.0.0.1, 192.0.2.1") == client("192.0.2.1"))
        #expect(ClientAddress(forwardedFor: "") == nil && ClientAddress(forwardedFor: "somebody") == nil)
    }
}
