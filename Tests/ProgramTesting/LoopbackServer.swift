import Foundation
import Glibc
import Synchronization

/// Whatever a test wants to have at the other end of a line: each connection gets a thread that runs `serve`.
package final class LoopbackServer: Sendable {
    package let port: UInt16
    private let listener: Int32

    package var origin: String { "http://127.0.0.1:\(port)" }

    /// - Parameter port: 0 for one that is free.
    package init(port wish: UInt16 = 0, _ serve: @escaping @Sendable (Connection) -> Void) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var isReused: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
        var address = Connection.loopback(port: wish)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard isListening else { throw TestFailure(description: "cannot listen: \(errno)") }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread {
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { break }
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                Thread.detachNewThread { serve(Connection(descriptor)) }
            }
            close(listener)
        }
    }

    /// Nobody is let in any more when this returns.
    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// One that says `reply` to whatever it is asked, and closes.
    package static func saying(_ reply: String) throws -> LoopbackServer {
        try LoopbackServer { connection in
            if connection.readRequestHead() != nil { connection.send(Array(reply.utf8)) }
        }
    }

    /// One that answers everything with this body.
    package static func answering(_ body: String, status: String = "200 OK", type: String = "text/html") throws
        -> LoopbackServer
    {
        try saying(
            "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
                + "Connection: close\r\n\r\n" + body)
    }
}

/// One end of a TCP connection; closed with the value.
package final class Connection: Sendable {
    package let descriptor: Int32

    package init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// To a server on this machine.
    package init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = Self.loopback(port: port)
        let descriptor = descriptor
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw TestFailure(description: "connect: \(errno)") }
    }

    deinit { close(descriptor) }

    package static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }

    /// The port at the other end.
    package var peerPort: UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &length) }
        }
        return code == 0 ? UInt16(bigEndian: address.sin_port) : nil
    }

    /// Its close will be a reset (RST).
    package func dropAtClose() {
        var wish = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &wish, socklen_t(MemoryLayout<linger>.size))
    }

    /// What has come next; empty at the end.
    package func receive() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return Array(buffer[..<max(0, count)])
    }

    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
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

    /// Ends both directions, so that whoever waits here wakes up.
    package func shut() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Up to the empty line; nil when it ends before.
    package func readRequestHead() -> String? {
        var text = ""
        while !text.contains("\r\n\r\n") {
            let bytes = receive()
            guard !bytes.isEmpty else { return nil }
            text += String(decoding: bytes, as: UTF8.self)
        }
        return text
    }
}
