import Domain

/// When to ask again: at the server's pace while it answers, further and further apart while it does not.
package struct Poller: Hashable, Sendable {
    package private(set) var nextAt: Timestamp?
    /// When the question was put that an answer is awaited to.
    package private(set) var sentAt: Timestamp?
    package private(set) var backoff = Backoff()

    package init() {}

    package var isInFlight: Bool { sentAt != nil }
    /// Whether it asks, or will.
    package var isActive: Bool { sentAt != nil || nextAt != nil }

    /// When there is something to do: never while an answer is awaited, whatever is to follow it.
    package var dueAt: Timestamp? { isInFlight ? nil : nextAt }
    package func isDue(at now: Timestamp) -> Bool { dueAt.map { $0 <= now } ?? false }

    package mutating func start(at now: Timestamp) { nextAt = now }
    /// As soon as the server allows it, where it has asked to be left alone.
    package mutating func resume(at now: Timestamp) { nextAt = max(now, backoff.heldUntil ?? now) }
    /// The same for one that will ask anyway: a poller that has nothing to ask does not begin to.
    package mutating func hurry(at now: Timestamp) { if isActive { resume(at: now) } }
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
