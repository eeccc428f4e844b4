import AppCore
import Domain
import Engine

/// A show's events one after the other, in order and without gaps, for lines and pipes: live from now on, an ended show
/// from its beginning. The same timeline as the screen's, without a playhead.
package final class EventFeed {
    package enum Step: Sendable {
        case events([TimelineEvent])
        /// Nothing could be had; it is tried again by itself.
        case failed(ShopFailure)
        case finished
        /// The deadline came before the answer.
        case outOfTime
    }

    /// Waits for an answer, until the deadline at most.
    package typealias Ask = (ShopQuery, _ deadline: ContinuousClock.Instant?) -> Result<ShopAnswer, ShopFailure>

    private let wait: Ask
    private let show: ShowID
    private let clock: LoopClock
    private var timeline: ShowTimeline?
    private var poller = Poller()
    private var interval = Duration.seconds(1)
    private let isReplay: Bool
    /// The messages that the last answer had, with their times, where it tells its chat anew.
    private var told: [MessageID: Timestamp] = [:]
    /// What the shop said last of the show as it is now.
    package private(set) var snapshot: ShowSnapshot?

    package init(show: ShowID, isReplay: Bool, clock: LoopClock, asking wait: @escaping Ask) {
        self.wait = wait
        self.clock = clock
        self.show = show
        self.isReplay = isReplay
        poller.start(at: clock.now)
    }

    /// When `next` has something to ask for.
    package var nextAt: Timestamp { poller.nextAt ?? clock.now }
    package var now: Timestamp { clock.now }

    /// Makes what is due later due now, or as soon as the server allows it.
    package func tryNow() { poller.resume(at: clock.now) }

    /// Asks once and waits for the answer, until the deadline at most.
    package func next(until deadline: ContinuousClock.Instant? = nil) -> Step {
        let step = ask(until: deadline)
        if case .failed = step, let deadline, .now >= deadline { return .outOfTime }
        return step
    }

    private func ask(until deadline: ContinuousClock.Instant?) -> Step {
        poller.sent(at: clock.now)
        switch wait(.head(show), deadline) {
        case .success(.head(let head)):
            interval = .milliseconds(Int64(min(max(head.pollAfterMilliseconds, 500), 60_000)))
            do {
                var events = try advance(to: head, until: deadline)
                if head.retells { events += retell(head) }
                snapshot = head.snapshot
                if head.snapshot.state == .ended || head.snapshot.state == .cancelled {
                    poller.stopAfterAnswer()
                    return events.isEmpty ? .finished : .events(events)
                }
                poller.answered(clock.circumstances(), interval: interval)
                return .events(events)
            } catch {
                return retry(after: error)
            }
        case .success:
            poller.answered(clock.circumstances(), interval: interval)
            return .events([])
        case .failure(let failure): return retry(after: failure)
        }
    }

    /// What a shop that tells its chat anew does not tell as events: what is gone from it, and where the show stands.
    private func retell(_ head: ShowHead) -> [TimelineEvent] {
        let stretch = RetoldStretch(head)
        let gone = told.filter { stretch.lacks($0.key, at: $0.value) }.keys.sorted()
        if stretch.isThere { told = stretch.messages }
        var kinds = gone.map { TimelineEvent.Kind.chatRemoved($0) }
        if let before = snapshot?.state, before != head.snapshot.state { kinds.append(.state(head.snapshot.state)) }
        return kinds.map { TimelineEvent(sequence: head.lastSequence, at: head.serverTime, kind: $0) }
    }

    private func retry(after failure: ShopFailure) -> Step {
        poller.failed(clock.circumstances(), interval: interval, failure)
        return .failed(failure)
    }

    private func advance(
        to head: ShowHead, until deadline: ContinuousClock.Instant?
    ) throws(ShopFailure) -> [TimelineEvent] {
        var events: [TimelineEvent] = []
        if timeline == nil {
            let first = isReplay && head.open.number > 0 ? try segment(0, until: deadline) : head.open
            timeline = ShowTimeline(startingWith: first)
            events += timeline?.receive(first) ?? []
        }
        while let number = timeline?.missing(before: head.open, limit: 1).first {
            let closed = try segment(number, until: deadline)
            guard closed.isClosed else { throw .notUnderstood("a part of the show's timeline is not there yet") }
            events += timeline?.receive(closed) ?? []
        }
        return events + (timeline?.receive(head.open) ?? [])
    }

    private func segment(
        _ number: Int, until deadline: ContinuousClock.Instant?
    ) throws(ShopFailure) -> TimelineSegment {
        switch wait(.segment(show, number), deadline) {
        case .success(.segment(let segment)): return segment
        case .success: throw .notUnderstood("the shop's reply is about something else")
        case .failure(let failure): throw failure
        }
    }
}
