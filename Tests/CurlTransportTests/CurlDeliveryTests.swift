import Dispatch
import FoundationEssentials
import Glibc
import HTTPTransport
import Testing

@testable import CurlTransport

/// Results are read away from libcurl's thread: whoever takes long over one holds up nobody else's.
@Suite(.timeLimit(.minutes(1))) struct CurlDeliveryTests {
    private func answering(_ text: String) throws -> HostileServer {
        try HostileServer { _, peer in
            peer.answer(text)
            return .keepOpen
        }
    }

    @Test func aLongReadingHoldsUpNoOtherHost() async throws {
        let (slow, other) = (try answering("slow"), try answering("other"))
        let client = CurlClient(version: "1")
        let (begun, goOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        defer {
            goOn.signal()
            client.shutdown()
            slow.stop()
            other.stop()
        }
        _ = client.send(HTTPRequest(.get, slow.url)) { _ in
            begun.signal()
            goOn.wait()
        }
        let answer = try await client.client.response(to: HTTPRequest(.get, other.url))
        #expect(answer.text == "other")
        // Nor a purchase at the same host.
        var purchase = HTTPRequest(.post, slow.url, body: Data("x".utf8))
        purchase.freshConnection = true
        let placed = try await client.client.response(to: purchase)
        #expect(placed.text == "slow")
    }

    @Test func resultsOfAHostComeInTheirOrder() async throws {
        let server = try HostileServer { request, peer in
            peer.answer(String(request.head.split(separator: " ")[1].dropFirst()))
            return .keepOpen
        }
        let client = CurlClient(version: "1")
        let (answers, answered) = AsyncStream.makeStream(of: String?.self)
        for number in 0..<20 {
            _ = client.send(HTTPRequest(.get, "\(server.url)/\(number)")) { answered.yield((try? $0.get())?.text) }
        }
        var seen: [String?] = []
        for await answer in answers.prefix(20) { seen.append(answer) }
        #expect(seen == (0..<20).map(String.init))
        client.shutdown()
        server.stop()
    }
}
