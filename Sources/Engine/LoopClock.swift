import AppCore
import Domain
import Glibc

/// The local time for the loop: it begins with the system's clock and goes on by a monotonic one that counts sleep too,
/// so that setting the system's clock neither rushes nor holds up what is due.
package struct LoopClock {
    private let read: @Sendable () -> Timestamp
    /// It is told a time of its own, and the system's clock says nothing of it.
    private let isToldTime: Bool
    private let draw: @Sendable () -> Entropy

    /// - Parameter start: nil begins with the system's clock.
    package init(at start: Timestamp? = nil) {
        isToldTime = start != nil
        let (base, begin) = (start ?? Self.systemTime, ContinuousClock.now)
        read = { base + (ContinuousClock.now - begin) }
        draw = Self.systemEntropy
    }

    /// A clock that somebody else moves.
    /// - Parameter draw: random bits for each action; a test draws them from its seed.
    package init(
        reading read: @escaping @Sendable () -> Timestamp,
        drawing draw: @escaping @Sendable () -> Entropy = LoopClock.systemEntropy
    ) {
        isToldTime = true
        self.read = read
        self.draw = draw
    }

    @Sendable package static func systemEntropy() -> Entropy {
        var generator = SystemRandomNumberGenerator()
        return Entropy(high: generator.next(), low: generator.next())
    }

    package var now: Timestamp { read() }

    private static var systemTime: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The system's clock, read anew: it may have been set since.
    package var wall: Timestamp { isToldTime ? now : Self.systemTime }

    package func circumstances() -> Circumstances { Circumstances(now: now, wall: wall, entropy: draw()) }
}
