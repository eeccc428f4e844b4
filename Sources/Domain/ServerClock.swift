/// Server time by what its replies say. Every time in a reply is from before the reply came, so the latest difference
/// seen is the nearest: with each second that ticks over on the server, the offset gets truer.
package struct ServerClock: Hashable, Sendable {
    /// Differences within this are ticks and delays; beyond it, somebody has set a clock.
    private static let tolerance: Int64 = 5_000

    package private(set) var offset: Duration = .zero
    private var isKnown = false

    package init() {}

    package func serverTime(at local: Timestamp) -> Timestamp { local + offset }

    /// The server's clock, cut to the second, when it sent a reply.
    package mutating func observe(clock: Timestamp, at local: Timestamp) {
        let sample = clock - local
        let isSetAnew = (sample - offset).milliseconds.magnitude > Self.tolerance
        offset = !isKnown || isSetAnew ? sample : max(sample, offset - .milliseconds(1))
        isKnown = true
    }

    /// A time in a reply's body: it may be old, so it can only say that the server is later than that.
    package mutating func observe(notBefore time: Timestamp, at local: Timestamp) {
        let sample = time - local
        if !isKnown || sample > offset { offset = sample }
        isKnown = true
    }
}
