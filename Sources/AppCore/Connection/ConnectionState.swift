import Domain
import Text

/// How the program stands with its server, in the words a person needs.
package struct ConnectionState: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case connecting
        case live
        /// No answer since `since`; what is on the screen is from before.
        case offline(since: Timestamp, reason: SafeText)
        /// The server answers, but not with what was asked for.
        case troubled(since: Timestamp, reason: SafeText)
    }

    package var status: Status = .connecting
    package var lastAnswerAt: Timestamp?

    package var isLive: Bool { status == .live }

    /// - Returns: whether the server has just come back.
    package mutating func succeeded(at now: Timestamp) -> Bool {
        let wasAway = awaySince != nil
        status = .live
        lastAnswerAt = now
        return wasAway
    }

    package mutating func failed(_ failure: ShopFailure, at now: Timestamp) {
        switch failure {
        case .unreachable(let reason, _):
            status = .offline(since: awaySince ?? now, reason: reason)
        case .notUnderstood(let reason):
            status = .troubled(since: awaySince ?? now, reason: reason)
        case .busy(let code, _):
            let reason: SafeText = code == 429 ? "the server asks for patience" : "the server is in trouble (\(code))"
            status = .troubled(since: awaySince ?? now, reason: reason)
        case .unauthorized, .notFound, .refused, .notSent:
            break
        }
    }

    private var awaySince: Timestamp? {
        switch status {
        case .offline(let since, _), .troubled(let since, _): since
        case .live, .connecting: nil
        }
    }
}

/// When to ask again: at the server's pace while it answers, further and further apart while it does not.
package struct Poller: Hashable, Sendable {
    package private(set) var nextAt: Timestamp?
    /// When the question was put that an answer is awaited to.
    package private(set) var sentAt: Timestamp?
    package private(set) var backoff = Backoff()

    package init() {}

    package var isInFlight: Bool { sentAt != nil }

    /// When there is something to do: never while an answer is awaited, whatever is to follow it.
    package var dueAt: Timestamp? { isInFlight ? nil : nextAt }
    package func isDue(at now: Timestamp) -> Bool { dueAt.map { $0 <= now } ?? false }

    package mutating func start(at now: Timestamp) { nextAt = now }
    /// As soon as the server allows it, where it has asked to be left alone.
    package mutating func resume(at now: Timestamp) { nextAt = max(now, backoff.heldUntil ?? now) }
    package mutating func stop() { nextAt = nil }
    package mutating func sent(at now: Timestamp) {
        sentAt = now
        nextAt = nil
    }

    /// The next question comes `interval` later, give or take a tenth, so that viewers do not march in step.
    package mutating func answered(_ circumstances: Circumstances, interval: Duration) {
        sentAt = nil
        backoff.succeeded()
        nextAt = circumstances.now + interval * 9 / 10 + circumstances.entropy.jitter(upTo: interval / 5)
    }

    /// The answer settled what was asked about: the next one may be asked about at once.
    package mutating func settled(at now: Timestamp) {
        sentAt = nil
        backoff.succeeded()
        nextAt = now + .milliseconds(100)
    }

    /// The question was answered, and there is no more to ask.
    package mutating func stopAfterAnswer() {
        sentAt = nil
        backoff.succeeded()
        nextAt = nil
    }

    package mutating func failed(_ circumstances: Circumstances, interval: Duration, _ failure: ShopFailure) {
        sentAt = nil
        nextAt = backoff.failed(circumstances, cap: max(.seconds(5), interval * 3 / 2), failure)
    }
}

/// How long to leave a server alone that has failed.
package struct Backoff: Hashable, Sendable {
    package private(set) var failures = 0
    /// When it may be asked again; nil while it answers.
    package private(set) var retryAt: Timestamp?
    /// Until then the server has asked to be left alone.
    package private(set) var heldUntil: Timestamp?

    package init() {}

    /// Full jitter: random(0, min(cap, base · 2ⁿ)). What the server wants is a minimum, and those whom it told the same come
    /// back over as long again after it, not in step.
    @discardableResult
    package mutating func failed(_ circumstances: Circumstances, cap: Duration, _ failure: ShopFailure) -> Timestamp {
        let minimum = Duration.seconds(min(max(failure.retryAfterSeconds ?? 0, 0), 300))
        let ceiling = min(cap, max(minimum, .milliseconds(500) * (1 << min(failures, 10))))
        failures += 1
        heldUntil = failure.retryAfterSeconds != nil ? circumstances.now + minimum : nil
        let time = circumstances.now + minimum + .milliseconds(100) + circumstances.entropy.jitter(upTo: ceiling)
        retryAt = time
        return time
    }

    package mutating func succeeded() { self = Backoff() }

    /// The server has come back: what waited may be asked at once.
    package mutating func endWait(at now: Timestamp) { if retryAt != nil { retryAt = max(now, heldUntil ?? now) } }

    /// - Returns: whether the wait is over with this call.
    package mutating func takeEnd(at now: Timestamp) -> Bool {
        guard let retryAt, retryAt <= now else { return false }
        self.retryAt = nil
        return true
    }
}

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
