import AppCore
import Domain
import Glibc

/// The local time for the loop: it begins with the system's clock and goes on by a monotonic one that counts sleep too,
/// so that setting the system's clock neither rushes nor holds up what is due.
package struct LoopClock {
    private let base: Timestamp
    private let start = ContinuousClock.now
    /// It is told a time of its own, and the system's clock says nothing of it.
    private let isToldTime: Bool

    /// - Parameter start: nil begins with the system's clock.
    package init(at start: Timestamp? = nil) {
        isToldTime = start != nil
        base = start ?? Self.system
    }

    private static var system: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    package var now: Timestamp { base + (ContinuousClock.now - start) }

    /// The system's clock, read anew: it may have been set since.
    package var wall: Timestamp { isToldTime ? now : Self.system }

    func circumstances() -> Circumstances {
        var generator = SystemRandomNumberGenerator()
        return Circumstances(now: now, wall: wall, entropy: Entropy(high: generator.next(), low: generator.next()))
    }
}
