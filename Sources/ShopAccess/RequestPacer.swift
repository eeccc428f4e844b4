import Domain
import Providers

/// Spreads requests so that no more than a server takes go out in any stretch of time. It tells how long each has to wait;
/// whoever sends them does the waiting.
struct RequestPacer {
    private let pace: RequestPace
    /// When the last ones went out, or will, the oldest first.
    private var times: [Timestamp] = []
    private var asked = Timestamp.distantPast

    init(_ pace: RequestPace) { self.pace = pace }

    /// - Parameter mayWait: false for what goes out whatever the pace, and counts all the same.
    /// - Returns: how long the request has to wait.
    mutating func delay(at now: Timestamp, mayWait: Bool) -> Duration {
        // A clock that was set back must not make anybody wait for the time that it was before.
        if now < asked { times = [] }
        asked = now
        times.removeAll { $0 + pace.stretch <= now }
        guard mayWait, times.count >= pace.requests else {
            times.append(now)
            return .zero
        }
        let time = times[times.count - pace.requests] + pace.stretch
        times.append(time)
        return max(.zero, time - now)
    }
}
