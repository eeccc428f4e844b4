import Domain
import Glibc
import Synchronization

/// What time it is for the server and its world; a test moves it by hand.
package struct WorldClock: Sendable {
    package let now: @Sendable () -> Timestamp

    package init(now: @escaping @Sendable () -> Timestamp) { self.now = now }

    package static let system = WorldClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) &* 1000 &+ Int64(time.tv_nsec) / 1_000_000)
    }
}

/// A clock that stands still until it is told to move.
package final class ManualClock: Sendable {
    private let time: Mutex<Timestamp>

    package init(_ start: Timestamp) { time = Mutex(start) }

    package var clock: WorldClock { WorldClock { self.time.withLock { $0 } } }

    package func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }
}
