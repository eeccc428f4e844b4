import Dispatch
import FoundationEssentials
import Glibc
import HTTPTransport
import Synchronization
import Testing

@testable import CurlTransport

/// Answers that take their time, and ends that take time to be seen.
@Suite(.timeLimit(.minutes(1))) struct SlowAnswerSlowTests {
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

    /// A byte now and then keeps nobody waiting.
    @Test func aDripThatGoesOnIsTooSlow() async throws {
        try await exchange { request, peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while peer.send("x") { usleep(50_000) }
            return .close
        } _: { client, server in
            let request = HTTPRequest(.get, server.url, limits: HTTPLimits(slowFor: .seconds(2)))
            #expect(await failure(client, request) == .tooSlow)
        }
    }

    /// Servers close what is idle: the next poll must not fail for it.
    @Test func aConnectionThatWasClosedBetweenTwoPollsIsNoFailure() async throws {
        try await exchange { request, peer in
            peer.answer("\(request.connection)")
            return .close
        } _: { client, server in
            for index in 0..<5 {
                let response = try await client.client.response(to: HTTPRequest(.get, server.url))
                #expect(response.text == "\(index)")
                usleep(20_000)
            }
        }
    }

    @Test func endingWaitsForWhatIsBeingRead() throws {
        let server = try HostileServer { _, peer in
            peer.answer("x")
            return .keepOpen
        }
        let client = CurlClient(version: "1")
        let isRead = Mutex(false)
        let begun = DispatchSemaphore(value: 0)
        _ = client.send(HTTPRequest(.get, server.url)) { _ in
            begun.signal()
            usleep(50_000)
            isRead.withLock { $0 = true }
        }
        begun.wait()
        client.shutdown()
        #expect(isRead.withLock { $0 })
        server.stop()
    }
}
