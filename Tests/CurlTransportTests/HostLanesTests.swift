import FoundationEssentials
import Glibc
import HTTPTransport
import Synchronization
import Testing

@testable import CurlTransport

@Suite("One connection to a host, for as long as it answers")
struct HostLanesTests {
    /// The lanes behind a reference, since what is expected must not change what it asks.
    private final class Lanes {
        private var lanes = HostLanes<String, String>()
        func enter(_ host: String, _ id: UInt64, _ item: String, at now: Int64) -> Bool {
            lanes.enter(host, id, item, at: now)
        }
        func leave(_ id: UInt64) -> String? { lanes.leave(id) }
        func giveUp(_ id: UInt64) -> String? { lanes.giveUp(id) }
        func share(with id: UInt64) -> [String] { lanes.share(with: id) }
        func overdue(at now: Int64) -> [String] { lanes.overdue(at: now) }
        func empty() -> [String] { lanes.empty() }
        var nextTime: Int64? { lanes.nextTime }
    }

    private let lanes = Lanes()

    @Test func oneAtATime() {
        #expect(lanes.enter("a", 1, "first", at: 0))
        #expect(!lanes.enter("a", 2, "second", at: 0))
        #expect(!lanes.enter("a", 3, "third", at: 0))
        #expect(lanes.enter("b", 4, "elsewhere", at: 0))
        #expect(lanes.leave(1) == "second")
        #expect(lanes.leave(4) == nil)
        #expect(lanes.leave(2) == "third")
        #expect(lanes.leave(3) == nil)
        #expect(lanes.enter("a", 5, "later", at: 0) && lanes.nextTime == nil)
    }

    @Test func aSlowAnswerHoldsNobodyUpForLong() {
        _ = lanes.enter("a", 1, "slow", at: 0)
        _ = lanes.enter("a", 2, "second", at: 10)
        _ = lanes.enter("a", 3, "third", at: 400)
        #expect(lanes.nextTime == 1010)
        #expect(lanes.overdue(at: 1009).isEmpty)
        #expect(lanes.overdue(at: 1010) == ["second"])
        #expect(lanes.nextTime == 1400)
        // One is under way still, whichever it is.
        #expect(lanes.leave(2) == nil)
        #expect(lanes.leave(1) == "third")
    }

    @Test func whoGoesHomeKeepsNobodyWaiting() {
        _ = lanes.enter("a", 1, "first", at: 0)
        _ = lanes.enter("a", 2, "second", at: 0)
        _ = lanes.enter("a", 3, "third", at: 0)
        #expect(lanes.giveUp(2) == "second")
        #expect(lanes.giveUp(1) == nil && lanes.giveUp(2) == nil)
        #expect(lanes.leave(1) == "third")
    }

    @Test func manyAtOnceOnOneConnectionWaitForNobody() {
        _ = lanes.enter("a", 1, "first", at: 0)
        _ = lanes.enter("a", 2, "second", at: 0)
        #expect(lanes.share(with: 1) == ["second"])
        #expect(lanes.leave(1) == nil)
        _ = lanes.leave(2)
        #expect(lanes.enter("a", 3, "third", at: 0) && lanes.enter("a", 4, "fourth", at: 0))
    }

    @Test func newConnectionsBeginAnew() {
        _ = lanes.enter("a", 1, "first", at: 0)
        _ = lanes.enter("b", 2, "second", at: 0)
        _ = lanes.enter("b", 4, "fourth", at: 0)
        _ = lanes.enter("a", 3, "third", at: 0)
        #expect(lanes.empty() == ["third", "fourth"])
        #expect(lanes.enter("a", 5, "fifth", at: 0))
    }

    @Test func manyQuestionsOpenOneConnection() async throws {
        try await exchange { _, peer in
            peer.answer("x")
            return .keepOpen
        } _: { client, server in
            let url = server.url
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { _ = try await client.client.response(to: HTTPRequest(.get, url)) } }
                try await group.waitForAll()
            }
            #expect(server.connections == 1 && server.requests.count == 20)
        }
    }

    /// The first is never answered: the second is, and what is bought waits for neither.
    @Test(.timeLimit(.minutes(1))) func aSilentAnswerHoldsUpNeitherQuestionsNorPurchases() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await exchange { request, peer in
            guard request.connection > 0 else {
                arrived.yield()
                peer.waitUntilGone()
                return .close
            }
            peer.answer("x")
            return .keepOpen
        } _: { client, server in
            let url = server.url
            let silent = Task { await failure(client, HTTPRequest(.get, url)) }
            for await _ in arrivals { break }
            let purchase = HTTPRequest(.post, url, body: Data("{}".utf8), freshConnection: true)
            let bought = try await client.client.response(to: purchase)
            let answered = try await client.client.response(to: HTTPRequest(.get, url))
            #expect(bought.text == "x" && answered.text == "x")
            silent.cancel()
            #expect(await silent.value == .cancelled(sent: true))
        }
    }

    @Test func whatWaitsCanBeCancelled() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await exchange { _, peer in
            arrived.yield()
            peer.waitUntilGone()
            return .close
        } _: { client, server in
            let url = server.url
            let silent = Task { await failure(client, HTTPRequest(.get, url)) }
            for await _ in arrivals { break }
            let waiting = Mutex<Result<HTTPResponse, HTTPFailure>?>(nil)
            client.send(HTTPRequest(.get, url)) { result in waiting.withLock { $0 = result } }.cancel()
            silent.cancel()
            #expect(await silent.value == .cancelled(sent: true))
            // Commands are carried out in their order, so this one has been.
            #expect(waiting.withLock { $0 } == .failure(.cancelled(sent: false)))
            #expect(server.requests.count == 1)
        }
    }
}
