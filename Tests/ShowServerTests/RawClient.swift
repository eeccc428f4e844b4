import Glibc
import ShowServer
import Testing

/// A client that says whatever bytes it likes, and never blocks a thread.
final class RawClient: Sendable {
    private let descriptor: Int32

    init(_ server: RunningServer) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(server.port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let descriptor = descriptor
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(code == 0)
    }

    deinit { close(descriptor) }

    /// - Returns: whether the server still listens.
    @discardableResult
    func send(_ bytes: some Collection<UInt8>) async throws -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EAGAIN { return false }
            if count <= 0 { try await Task.sleep(for: .milliseconds(5)) }
        }
        return true
    }

    @discardableResult
    func send(_ text: String) async throws -> Bool { try await send(text.utf8) }

    /// A byte, and after a while another one, until the server has had enough.
    func drip(_ text: String) async throws {
        for byte in text.utf8 {
            guard try await send([byte]) else { return }
            try await Task.sleep(for: .milliseconds(40))
        }
        Issue.record("the server took it all")
    }

    /// All that comes until the server ends the connection.
    func readToEnd() async throws -> String {
        try await read { _ in false }
    }

    /// What comes until `isEnough`.
    func read(until isEnough: (String) -> Bool) async throws -> String {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(descriptor, &part, part.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                bytes += part[..<count]
                if isEnough(String(decoding: bytes, as: UTF8.self)) { break }
            } else if count < 0, errno == EAGAIN {
                try await Task.sleep(for: .milliseconds(5))
            } else {
                break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
