import AppCore
import Domain
import Glibc

/// The local time for the loop: it begins with the system's clock and goes on by a monotonic one that counts sleep too,
/// so that setting the system's clock neither rushes nor holds up what is due.
package struct LoopClock {
    private let read: @Sendable () -> Timestamp
    /// It is told a time of its own, and the system's clock says nothing of it.
    private let isToldTime: Bool

    /// - Parameter start: nil begins with the system's clock.
    package init(at start: Timestamp? = nil) {
        isToldTime = start != nil
        let (base, begin) = (start ?? Self.systemTime, ContinuousClock.now)
        read = { base + (ContinuousClock.now - begin) }
    }

    /// A clock that somebody else moves.
    package init(reading read: @escaping @Sendable () -> Timestamp) {
        isToldTime = true
        self.read = read
    }

    package var now: Timestamp { read() }

    private static var systemTime: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The system's clock, read anew: it may have been set since.
    package var wall: Timestamp { isToldTime ? now : Self.systemTime }

    package func circumstances() -> Circumstances {
        var generator = SystemRandomNumberGenerator()
        return Circumstances(now: now, wall: wall, entropy: Entropy(high: generator.next(), low: generator.next()))
    }
}
