import Domain

/// Where in a show's time the viewer is.
package enum Playhead: Hashable, Sendable {
    /// Behind the server's clock by `lag`: the picture's delay, or what smooth chat needs between two polls.
    case live(lag: Duration)
    /// At `position` when the local clock said `anchor`; moving with it unless paused.
    case replay(position: Timestamp, anchor: Timestamp, isPaused: Bool)
    /// At the newest event known, for a front end that tells each as it comes.
    /// - Parameter isOver: the show has ended and is told from its beginning.
    case newest(isOver: Bool)

    /// The show's time is not now: its prices and its stock are of then.
    package var isReplay: Bool {
        switch self {
        case .live: false
        case .replay: true
        case .newest(let isOver): isOver
        }
    }
    var isLive: Bool { if case .live = self { true } else { false } }
    var isNewest: Bool { if case .newest = self { true } else { false } }

    package func position(now: Timestamp, serverNow: Timestamp) -> Timestamp {
        switch self {
        case .live(let lag): serverNow - lag
        case .newest: .distantFuture
        case .replay(let position, _, true): position
        case .replay(let position, let anchor, false): position + (now - anchor)
        }
    }

    /// The local time at which the playhead reaches `instant`; nil while it does not move.
    package func localTime(reaching instant: Timestamp, now: Timestamp, serverNow: Timestamp) -> Timestamp? {
        switch self {
        case .replay(_, _, isPaused: true): nil
        case .newest: now
        case .live, .replay: now + (instant - position(now: now, serverNow: serverNow))
        }
    }
}
