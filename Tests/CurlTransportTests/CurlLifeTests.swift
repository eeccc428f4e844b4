import FoundationEssentials
import Glibc
import HTTPTransport
import Synchronization
import Testing

@testable import CurlTransport

/// Cancelling, dropping connections and ending. The server's own thread says when a request is in flight.
@Suite struct CurlLifeTests {
    /// Answers once and is silent from then on, until the client goes; `inFlight` is called for each silent request.
    private func silent(
        _ inFlight: @escaping @Sendable (HostileServer.Request) -> Void
    ) -> @Sendable (HostileServer.Request, Peer) -> HostileServer.Next {
        { request, peer in
            inFlight(request)
            peer.waitUntilGone()
            return .close
        }
    }

    @Test func cancellingEndsTheRequestAndItsConnection() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await exchange(silent { _ in arrived.yield() }) { client, server in
            let request = HTTPRequest(.get, server.url)
            let task = Task { await failure(client, request) }
            for await _ in arrivals { break }
            task.cancel()
            #expect(await task.value == .cancelled(sent: true))
        }
    }

    @Test func cancellingTwiceOrTooLateIsHarmless() async throws {
        try await exchange { _, peer in
            peer.answer("x")
            return .keepOpen
        } _: { client, server in
            let count = Mutex(0)
            let request = HTTPRequest(.get, server.url)
            let cancellation = client.send(request) { _ in count.withLock { $0 += 1 } }
            _ = try await client.client.response(to: request)
            cancellation.cancel()
            cancellation.cancel()
            _ = try await client.client.response(to: request)
            #expect(count.withLock { $0 } == 1)
        }
    }

    @Test func droppedConnectionsAreNotUsedAgain() async throws {
        try await exchange { request, peer in
            peer.answer("")
            return .keepOpen
        } _: { client, server in
            _ = try await client.client.response(to: HTTPRequest(.get, server.url))
            client.dropConnections()
            let second = try await client.client.response(to: HTTPRequest(.get, server.url))
            #expect(!second.timing.reusedConnection)
            #expect(server.connections == 2)
        }
    }

    @Test(.timeLimit(.minutes(1))) func noRequestIsForgottenWhileConnectionsAreDropped() async throws {
        try await exchange { request, peer in
            peer.answer("")
            return .keepOpen
        } _: { client, server in
            for _ in 0..<300 {
                client.dropConnections()
                _ = try await client.client.response(to: HTTPRequest(.get, server.url))
            }
            #expect(server.requests.count == 300)
        }
    }

    @Test func aGetInFlightStartsAnewWhenConnectionsAreDropped() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await exchange { request, peer in
            if request.connection == 0 {
                arrived.yield()
                peer.waitUntilGone()
                return .close
            }
            peer.answer("second try")
            return .keepOpen
        } _: { client, server in
            let request = HTTPRequest(.get, server.url)
            let seam = client.client
            async let response = seam.response(to: request)
            for await _ in arrivals { break }
            client.dropConnections()
            let text = try await response.text
            #expect(text == "second try")
        }
    }

    @Test func aPostInFlightIsNotRepeatedWhenConnectionsAreDropped() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await exchange(silent { _ in arrived.yield() }) { client, server in
            let request = HTTPRequest(.post, server.url, body: Data("{}".utf8))
            async let result = failure(client, request)
            for await _ in arrivals { break }
            client.dropConnections()
            #expect(await result == .connectionLost(sent: true))
            #expect(server.requests.count == 1)
        }
    }

    @Test func shuttingDownEndsWhatIsInFlightAndWhatComesLater() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await exchange(silent { _ in arrived.yield() }) { client, server in
            let request = HTTPRequest(.get, server.url)
            async let result = failure(client, request)
            for await _ in arrivals { break }
            client.shutdown()
            #expect(await result == .cancelled(sent: true))
            #expect(await failure(client, request) == .cancelled(sent: false))
            client.shutdown()
        }
    }

    @Test func theLastReferenceMayEndOnItsOwnThread() async throws {
        let server = try HostileServer { _, peer in
            peer.answer("x")
            return .keepOpen
        }
        defer { server.stop() }
        let request = HTTPRequest(.get, server.url)
        let status = await withCheckedContinuation { continuation in
            let client = CurlClient(version: "1")
            _ = client.send(request) { [client] result in
                _ = client
                continuation.resume(returning: (try? result.get())?.status)
            }
        }
        #expect(status == 200)
    }

    @Test func aClientThatWasNeverUsedEndsWithoutAThread() {
        let client = CurlClient(version: "1")
        client.dropConnections()
        client.shutdown()
    }
}
