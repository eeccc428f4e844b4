import AppCore
import Domain
import Glibc

/// The local time for the loop: it begins with the system's clock and goes on by a monotonic one that counts sleep too,
/// so that setting the system's clock neither rushes nor holds up what is due.
package struct LoopClock {
    private let base: Timestamp
    private let start = ContinuousClock.now

    /// - Parameter start: nil begins with the system's clock.
    package init(at start: Timestamp? = nil) {
        if let start {
            base = start
            return
        }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        base = Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    package var now: Timestamp { base + (ContinuousClock.now - start) }

    func circumstances() -> Circumstances {
        var generator = SystemRandomNumberGenerator()
        return Circumstances(now: now, entropy: Entropy(high: generator.next(), low: generator.next()))
    }
}
