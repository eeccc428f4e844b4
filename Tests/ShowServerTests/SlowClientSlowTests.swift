import Domain
import HTTPTransport
import LiveAPI
import ShowServer
import TestThreads
import ShopTesting
import Testing

/// Clients that take their time, on purpose, and those that are served meanwhile.
@Suite(.alone, .timeLimit(.minutes(2))) struct SlowClientSlowTests {
    private func impatient() -> Limits {
        var limits = Limits()
        limits.headTime = .milliseconds(400)
        limits.bodyTime = .milliseconds(400)
        return limits
    }

    @Test func aHeadThatDripsIsCutOffAndKeepsNobodyWaiting() async throws {
        try await Shop.open(limits: impatient()) { shop in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        let client = try RawClient(shop.server)
                        try await client.drip("GET /v1 HTTP/1.1\r\nX: " + String(repeating: "x", count: 2000))
                        let answer = try await client.readToEnd()
                        #expect(answer.hasPrefix("HTTP/1.1 408 ") && answer.contains("\"request_timeout\""))
                        #expect(answer.contains("Connection: close\r\n"))
                    }
                }
                for _ in 0..<20 { #expect(try await shop.send(.get, "/v1").status == 200) }
                try await group.waitForAll()
            }
        }
    }

    /// Also on a connection on which a request has been answered.
    @Test func theSecondHeadIsHeldToItsTimeToo() async throws {
        try await Shop.open(limits: impatient()) { shop in
            let client = try RawClient(shop.server)
            try await client.send("GET /v1/hosts/none HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client.read { $0.hasSuffix("}") }
            try await client.drip("GET /v1 HTTP/1.1\r\nX: " + String(repeating: "x", count: 2000))
            #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 408 "))
        }
    }

    /// What is answered with 408 is not done, although all of it but a byte was there.
    @Test func anOrderWhoseLastByteDoesNotComeIsNotPlaced() async throws {
        try await Shop.open(limits: impatient()) { shop in
            let show = try await shop.liveShow()
            let sku = try #require(try await shop.head(show.show.id).snapshot.onAir.first?.sku)
            let token = try await shop.guest()
            let quote = try await shop.quote(sku, token: token)
            let body =
                #"{"quote":"\#(quote.id)","paymentMethod":"pm-card","maximumTotal":{"amount":"#
                + #"\#(quote.total.amount),"exponent":\#(quote.total.exponent),"currency":"\#(quote.total.currency)"}}"#
            func head(_ framing: String) -> String {
                "POST /v1/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nIdempotency-Key: k\r\n"
                    + framing + "\r\n\r\n"
            }
            let declared = try RawClient(shop.server)
            try await declared.send(head("Content-Length: \(body.utf8.count + 1)") + body)
            #expect(try await declared.readToEnd().hasPrefix("HTTP/1.1 408 "))
            let chunked = try RawClient(shop.server)
            try await chunked.send(
                head("Transfer-Encoding: chunked") + String(body.utf8.count, radix: 16) + "\r\n" + body + "\r\n0\r\n")
            #expect(try await chunked.readToEnd().hasPrefix("HTTP/1.1 408 "))
            let dripping = try RawClient(shop.server)
            try await dripping.send(head("Content-Length: \(body.utf8.count)"))
            try await dripping.drip(body)
            #expect(try await dripping.readToEnd().hasPrefix("HTTP/1.1 408 "))
            let orders: Page<Order> = try await shop.get(.orders, token: token)
            #expect(orders.items.isEmpty)
            // The same, whole, is an order.
            let whole = try RawClient(shop.server)
            try await whole.send(head("Connection: close\r\nContent-Length: \(body.utf8.count)") + body)
            #expect(try await whole.readToEnd().hasPrefix("HTTP/1.1 201 "))
        }
    }

    @Test func whoDoesNotTakeTheAnswersIsLeft() async throws {
        var limits = Limits()
        limits.answerTime = .seconds(2)
        try await Shop.open(limits: limits) { shop in
            let client = try RawClient(shop.server)
            let questions = String(repeating: "GET /v1/products HTTP/1.1\r\nHost: x\r\n\r\n", count: 50)
            while try await client.send(questions) {}
            #expect(try await shop.send(.get, "/v1").status == 200)
        }
    }

    @Test func anIdleConnectionIsClosed() async throws {
        var limits = Limits()
        limits.idleTime = .milliseconds(300)
        try await Shop.open(limits: limits) { shop in
            let client = try RawClient(shop.server)
            let said = try await client.readToEnd()
            #expect(said.isEmpty)
        }
    }

    /// Neither a half-sent request nor an idle connection keeps the server from ending.
    @Test func theServerEndsWhileRequestsAreHalfSent() async throws {
        var clients: [RawClient] = []
        try await Shop.open { shop in
            clients = try (0..<3).map { _ in try RawClient(shop.server) }
            try await clients[1].send("GET /v1 HTTP/1.1\r\nX:")
            try await clients[2].send("POST /v1/guests HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n")
            #expect(try await shop.send(.get, "/v1").status == 200)
        }
        // It has ended, and so have they.
        for client in clients {
            let answer = try await client.readToEnd()
            #expect(!answer.contains(" 201 "))
        }
    }
}
