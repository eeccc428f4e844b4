import Domain
import FoundationEssentials
import HTTPTransport
import ShowServer
import Synchronization

/// A server of our own API in the test's process, on no connection.
package final class InProcessShop: Sendable {
    package let server: UnconnectedServer
    private let sent = Mutex<[String]>([])
    private let faults = Mutex<[Fault]>([])

    /// Something that happens to one message on the line.
    package struct Fault: Sendable {
        /// Beginning of the request line, such as `POST /v1/orders`.
        let request: String
        /// Runs before the request arrives; nil leaves it alone.
        let before: (@Sendable (UnconnectedServer) async throws -> Void)?
        /// Changes the reply; nil loses it.
        let reply: (@Sendable (HTTPResponse) -> HTTPResponse)?
    }

    package static let origin = "http://127.0.0.1:1"
    package static let start = Timestamp(seconds: 1_795_443_065)

    package init() throws {
        server = try UnconnectedServer(clock: WorldClock { Self.start })
    }

    /// Requests that arrived, as their request lines.
    package var requests: [String] { sent.withLock { $0 } }

    /// Lets something happen to the next request that begins so.
    package func arm(
        _ request: String, before: (@Sendable (UnconnectedServer) async throws -> Void)? = nil,
        reply: (@Sendable (HTTPResponse) -> HTTPResponse)? = { $0 }
    ) {
        faults.withLock { $0.append(Fault(request: request, before: before, reply: reply)) }
    }

    /// The line to the shop.
    package var http: HTTPClient {
        HTTPClient { [self] request, completion in
            Task {
                let line = request.method.rawValue + " " + request.url.dropFirst(Self.origin.count)
                sent.withLock { $0.append(line) }
                let fault = faults.withLock { faults in
                    faults.firstIndex { line.hasPrefix($0.request) }.map { faults.remove(at: $0) }
                }
                do { try await fault?.before?(server) } catch {
                    return completion(.failure(.connectionLost(sent: false)))
                }
                let reply = await server.answer(
                    request.method.rawValue, String(request.url.dropFirst(Self.origin.count)),
                    headers: request.headers.fields.map { ($0.name, $0.value) }, body: Array(request.body ?? Data()))
                var headers = HTTPHeaders()
                for (name, value) in reply.headers { headers.append(name, value) }
                let response = HTTPResponse(status: reply.status, headers: headers, body: Data(reply.body))
                guard let fault else { return completion(.success(response)) }
                guard let change = fault.reply else { return completion(.failure(.connectionLost(sent: true))) }
                completion(.success(change(response)))
            }
            return HTTPCancellation {}
        }
    }
}
