import CurlTransport
import Domain
import FoundationEssentials
import GRDB
import Glibc
import HTTPTransport
import LiveAPI
import ProgramTesting
import Synchronization
import TestThreads
import Testing

/// The server's process ends while many are buying.
@Suite(.programs, .timeLimit(.minutes(2))) struct ServerDeathTests {
    private static let sku: SKU = "MV-101-SAGE"

    /// Buyers who each buy one thing after the other until the server is gone, and what they were told.
    private final class Crowd: Sendable {
        struct Bought: Sendable {
            let order: Order
            let token: String
        }

        private let origin: String
        private let curl = CurlClient(version: "test")
        private let told = Mutex<(bought: [Bought], others: [Int])>(([], []))

        init(at origin: String) { self.origin = origin }

        var bought: [Bought] { told.withLock { $0.bought } }
        /// Statuses of orders that were answered, but not with an order.
        var others: [Int] { told.withLock { $0.others } }

        /// Runs until nobody can reach the server any more; `meanwhile` is called once so many orders are there.
        func shop(buyers: Int, until count: Int, _ meanwhile: @escaping @Sendable () throws -> Void) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for buyer in 0..<buyers { group.addTask { await self.buy(buyer) } }
                group.addTask {
                    while self.bought.count < count { try await Task.sleep(for: .milliseconds(2)) }
                    try meanwhile()
                }
                try await group.waitForAll()
            }
            curl.shutdown()
        }

        private func buy(_ buyer: Int) async {
            guard let guest: GuestAccount = await ask(.post, "/v1/guests") else { return }
            for number in 0... {
                let wish = QuoteRequest(lines: [.init(sku: ServerDeathTests.sku, quantity: 1)])
                guard let quote: Quote = await ask(.post, "/v1/quotes", wish, guest.token) else { return }
                let request = OrderRequest(
                    quote: quote.id, maximumTotal: quote.total, paymentMethod: "pm-card")
                let order: Order? = await ask(.post, "/v1/orders", request, guest.token, key: "k-\(buyer)-\(number)")
                guard let order else { return }
                told.withLock { $0.bought.append(Bought(order: order, token: guest.token)) }
            }
        }

        /// nil where there was no whole answer, or another one than what was asked for.
        private func ask<Value: Decodable>(
            _ method: HTTPMethod, _ path: String, _ body: (any Encodable)? = nil, _ token: String? = nil,
            key: String? = nil
        ) async -> Value? {
            var headers = HTTPHeaders()
            if let token { headers.set("Authorization", "Bearer " + token) }
            if let key { headers.set("Idempotency-Key", key) }
            do {
                let data = try body.map { try JSONEncoder().encode($0) }
                let response = try await curl.client.response(
                    to: HTTPRequest(method, origin + path, headers: headers, body: data))
                guard response.status < 300 else {
                    told.withLock { $0.others.append(response.status) }
                    return nil
                }
                return try WireJSON.decode(Value.self, from: response.body)
            } catch {
                return nil
            }
        }
    }

    private func server() throws -> TestServer {
        try TestServer {
            try $0.execute(sql: "UPDATE variants SET stock = 100000 WHERE sku = ?", arguments: [Self.sku.rawValue])
        }
    }

    private func check(_ crowd: Crowd, _ server: TestServer) throws {
        let kept = try server.read { try Set(String.fetchAll($0, sql: "SELECT id FROM orders")) }
        #expect(Set(crowd.bought.map(\.order.id.rawValue)).subtracting(kept).isEmpty)
        // What was not acknowledged may be there as well, but whole: with its item, its line and its key.
        #expect(try server.stock(of: Self.sku.rawValue) == 100_000 - kept.count)
        #expect(try server.count("order_lines") == kept.count)
        #expect(try server.count("idempotency_keys") == kept.count)
        #expect(try server.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
    }

    @Test func aKilledServerLosesNoAcknowledgedOrder() async throws {
        let server = try server()
        for round in 1...3 {
            let before = try server.count("orders")
            let crowd = Crowd(at: server.origin)
            let process = try #require(server.child?.process)
            try await crowd.shop(buyers: 12, until: 40 * round) { kill(process, SIGKILL) }
            try server.crash()
            // No lock is left behind either.
            try server.start()
            try check(crowd, server)
            #expect(try server.count("orders") >= before + 40 * round)
        }
    }

    @Test func aServerThatIsAskedToEndAnswersFirst() async throws {
        let server = try server()
        let crowd = Crowd(at: server.origin)
        let process = try #require(server.child?.process)
        try await crowd.shop(buyers: 12, until: 60) { kill(process, SIGTERM) }
        let child = try #require(server.child)
        try server.stop()
        #expect(child.ending == .exit(0))
        // Every order that was placed was answered with it, and nobody was told anything else.
        #expect(try server.count("orders") == crowd.bought.count)
        #expect(crowd.others.isEmpty)
        // The database was closed: all of it is in its one file.
        let log = try FileManager.default.attributesOfItem(atPath: server.database + "-wal")[.size] as? UInt64
        #expect(log ?? 0 == 0)
        try check(crowd, server)
    }
}
