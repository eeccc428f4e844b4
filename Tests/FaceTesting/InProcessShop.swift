import DemoWorld
import Domain
import FoundationEssentials
import Glibc
import HTTPTransport
import ShowServer
import Synchronization

/// A server of our own API in the test's process, on no connection.
package final class InProcessShop: Sendable {
    package let server: UnconnectedServer
    private let sent = Mutex<[HTTPRequest]>([])
    private let time = ManualTime()
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
        server = try UnconnectedServer(demoShopAt: WorldClock { [time] in time.now }, origin: Self.origin)
    }

    /// Time of the server and of whoever shops there. It moves only when it is told to.
    package var now: Timestamp { time.now }
    package func advance(by duration: Duration) { time.advance(by: duration) }
    /// Lets so much time pass whenever somebody looks at the clock, where a test has no way to wait.
    package func hurry(by duration: Duration) { time.hurry(by: duration) }

    /// Way to wait for an engine: moves the time to what is due, unless there is something to do before.
    package func pause(_ descriptor: Int32, _ until: ContinuousClock.Instant?) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // While the shop is asked nothing is due.
        let isReadable = poll(&request, 1, until == nil ? -1 : 0) > 0
        if let until, !isReadable { advance(by: max(.zero, until - .now) + .milliseconds(1)) }
        return true
    }

    /// Requests that arrived, as their request lines.
    package var requests: [String] { messages.map(Self.line) }
    /// The same with all that was in them.
    package var messages: [HTTPRequest] { sent.withLock { $0 } }

    private static func line(_ request: HTTPRequest) -> String {
        request.method.rawValue + " " + request.url.dropFirst(origin.count)
    }

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
                let line = Self.line(request)
                sent.withLock { $0.append(request) }
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

/// A clock that a test moves.
private final class ManualTime: Sendable {
    private let time = Mutex((now: InProcessShop.start, step: Duration.zero))

    var now: Timestamp {
        time.withLock { time in
            defer { time.now = time.now + time.step }
            return time.now
        }
    }
    func advance(by duration: Duration) { time.withLock { $0.now = $0.now + duration } }
    func hurry(by duration: Duration) { time.withLock { $0.step = duration } }
}
