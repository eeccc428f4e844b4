import Foundation
import Glibc
import ProgramTesting
import Synchronization

/// A line to a server on which a time comes sooner than the shop said: what takes minutes can be waited for.
final class SoonLine: Sendable {
    private let server: LoopbackServer

    var origin: String { server.origin }

    /// - Parameters:
    ///   - field: the time in a reply's JSON that becomes another one.
    ///   - seconds: from the moment of the reply.
    ///   - count: how many replies it is changed in; the others pass as they are.
    ///   - clock: whose moment that is.
    init(to origin: String, _ field: String, in seconds: Int64, count: Int, _ clock: MovedClock) throws {
        guard let port = origin.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw Child.Failure(description: "\(origin) has no port")
        }
        let left = LeftOver(count)
        let mark = Array("\"\(field)\":\"".utf8)
        server = try LoopbackServer { client in
            guard let shop = try? Connection(port: port) else { return }
            Thread.detachNewThread {
                while true {
                    var bytes = shop.receive()
                    if let place = bytes.firstRange(of: mark), left.take() {
                        let soon = clock.now.addingTimeInterval(Double(seconds)).formatted(Self.form)
                        // As long as the one it replaces, so the reply's length stays true.
                        let time = Array(soon.utf8)
                        if place.upperBound + time.count < bytes.count {
                            bytes.replaceSubrange(place.upperBound..<(place.upperBound + time.count), with: time)
                        }
                    }
                    guard !bytes.isEmpty, client.send(bytes) else { break }
                }
                client.shut()
                shop.shut()
            }
            while true {
                let bytes = client.receive()
                guard !bytes.isEmpty, shop.send(bytes) else { break }
            }
            client.shut()
            shop.shut()
        }
    }

    /// `2026-11-23T14:31:05.120Z`, as the shop writes it.
    private static let form = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}

private final class LeftOver: Sendable {
    private let count: Mutex<Int>
    init(_ count: Int) { self.count = Mutex(count) }

    func take() -> Bool {
        count.withLock { count in
            count -= 1
            return count >= 0
        }
    }
}
