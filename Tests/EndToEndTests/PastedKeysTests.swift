import FoundationEssentials
import Glibc
import ProgramTesting
import PtyTesting
import TestThreads
import Testing

/// A text that is pasted where the terminal does not say so: keys by the million, to the real viewer.
@Suite(.alone, .timeLimit(.minutes(3))) struct PastedKeysTests {
    @Test func aFloodOfKeysPilesNothingUp() async throws {
        let server = try TestServer()
        let proxy = try FaultProxy(to: server.origin)
        let shopper = try Shopper(server: proxy.origin)
        let show = try await server.liveShow()
        let seat = try shopper.open()
        try seat.wait(for: "LIVE NOW")
        try seat.wait(for: "● live ·")
        seat.type(":go \(show.id.rawValue)\r")
        try seat.wait(for: "★")
        let (requests, memory) = (proxy.requests, try peak(of: seat))
        type(Array(repeating: UInt8(ascii: "m"), count: 1 << 20), into: seat)
        // Keys count again once nothing has come for a while, which begins when the last of it has been read.
        for _ in 0..<20 where !seat.shows("KEYS") {
            usleep(400_000)
            seat.type("?")
            try? seat.wait(for: "KEYS", within: .milliseconds(400))
        }
        try seat.wait(for: "KEYS")
        #expect(try peak(of: seat) - memory < 24 << 10, "KiB")
        // The show is asked for meanwhile, and every second key would ask for its moments.
        #expect(proxy.requests - requests < 2000)
        // And the way out waits behind nothing that has arrived.
        type(Array(repeating: UInt8(ascii: "m"), count: 200_000) + [3], into: seat)
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
    }

    /// All of it, as fast as the program takes it.
    private func type(_ keys: [UInt8], into seat: Seat) {
        var sent = 0
        while sent < keys.count, Child.isRunning(seat.child.process) {
            var request = pollfd(fd: seat.pty.master, events: Int16(POLLIN | POLLOUT), revents: 0)
            poll(&request, 1, 100)
            seat.takeOutput()
            let count = keys[sent...].withUnsafeBytes { write(seat.pty.master, $0.baseAddress, min($0.count, 65536)) }
            if count > 0 { sent += count }
        }
    }

    /// The most memory that the program has had so far, in KiB.
    private func peak(of seat: Seat) throws -> Int {
        let facts = try String(
            decoding: Data(contentsOf: URL(filePath: "/proc/\(seat.child.process)/status")), as: UTF8.self)
        let line = try #require(facts.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    }
}
