import Domain

/// Where in a show's time the viewer is.
package enum Playhead: Hashable, Sendable {
    /// Behind the server's clock by `lag`: the picture's delay, or what smooth chat needs between two polls.
    case live(lag: Duration)
    /// At `position` when the local clock said `anchor`; moving with it unless paused.
    case replay(position: Timestamp, anchor: Timestamp, isPaused: Bool)

    package var isReplay: Bool { if case .replay = self { true } else { false } }

    package func position(now: Timestamp, serverNow: Timestamp) -> Timestamp {
        switch self {
        case .live(let lag): serverNow - lag
        case .replay(let position, _, true): position
        case .replay(let position, let anchor, false): position + (now - anchor)
        }
    }

    /// The local time at which the playhead reaches `instant`; nil while it does not move.
    package func localTime(reaching instant: Timestamp, now: Timestamp, serverNow: Timestamp) -> Timestamp? {
        if case .replay(_, _, isPaused: true) = self { return nil }
        return now + (instant - position(now: now, serverNow: serverNow))
    }
}
