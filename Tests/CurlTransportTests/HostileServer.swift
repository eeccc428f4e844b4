import Glibc
import Synchronization

@testable import CurlTransport

/// A server on a free loopback port that does to each request whatever the test says, and remembers what it was sent.
final class HostileServer: Sendable {
    struct Request: Sendable {
        /// 0 for the first that was accepted.
        let connection: Int
        let head: String
        let body: String
    }

    enum Next: Sendable {
        case keepOpen
        case close
        /// With RST in place of FIN.
        case reset
    }

    private struct State {
        var requests: [Request] = []
        var connections = 0
        var open: [Int32] = []
        var isStopped = false
    }

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())
    private let greeting: String
    private let answer: @Sendable (Request, Peer) -> Next

    /// - Parameter greeting: sent at once to whoever connects.
    init(greeting: String = "", _ answer: @escaping @Sendable (Request, Peer) -> Next) throws {
        self.greeting = greeting
        self.answer = answer
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard code else { throw HTTPServerError.cannotListen(errno) }
        port = UInt16(bigEndian: address.sin_port)
        guard let thread = NativeThread({ [self] in accept() }) else { throw HTTPServerError.cannotListen(errno) }
        thread.detach()
    }

    enum HTTPServerError: Error { case cannotListen(Int32) }

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [Request] { state.withLock(\.requests) }
    var connections: Int { state.withLock(\.connections) }

    /// Ends every connection and the thread that accepts them.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func accept() {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            let index: Int? = state.withLock { state in
                guard !state.isStopped else { return nil }
                state.open.append(descriptor)
                state.connections += 1
                return state.connections - 1
            }
            guard let index, let thread = NativeThread({ [self] in serve(Peer(descriptor: descriptor), index) }) else {
                close(descriptor)
                break
            }
            thread.detach()
        }
        close(listener)
    }

    private func serve(_ peer: Peer, _ connection: Int) {
        var next = Next.keepOpen
        peer.send(greeting)
        while next == .keepOpen, let (head, body) = peer.readRequest() {
            let request = Request(connection: connection, head: head, body: body)
            state.withLock { $0.requests.append(request) }
            next = answer(request, peer)
        }
        state.withLock { state in
            state.open.removeAll { $0 == peer.descriptor }
            if next == .reset { peer.resetOnClose() }
            close(peer.descriptor)
        }
    }
}

/// One accepted connection, seen from the server.
struct Peer: Sendable {
    let descriptor: Int32

    /// Whether everything went out; `false` once the client is gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    func answer(_ body: String, status: String = "200 OK", _ headers: String...) {
        send(
            "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n"
                + headers.map { "\($0)\r\n" }.joined() + "\r\n\(body)")
    }

    /// Blocks until the client closes, or the server is stopped.
    func waitUntilGone() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
    }

    func resetOnClose() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    }

    /// Head and body, by Content-Length; `nil` at the end.
    func readRequest() -> (String, String)? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let body = String(text[end.upperBound...])
                if body.utf8.count >= contentLength(head) { return (head, body) }
            }
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            bytes += chunk[..<count]
        }
    }

    private func contentLength(_ head: String) -> Int {
        for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
            return Int(line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) ?? 0
        }
        return 0
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}
