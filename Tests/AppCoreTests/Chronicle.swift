import Domain
import Text

/// A show's timeline as a server keeps it: events in order, cut into segments of a few.
struct Chronicle {
    private(set) var events: [TimelineEvent] = []
    var eventsPerSegment = 10
    var show: ShowID = "lamps"
    var pollAfterMilliseconds = 1000
    let startsAt: Timestamp

    init(startsAt: Timestamp = Sample.now - .seconds(2520)) { self.startsAt = startsAt }

    mutating func add(_ kind: TimelineEvent.Kind, at: Timestamp) {
        events.append(TimelineEvent(sequence: events.count + 1, at: at, kind: kind))
    }

    /// Adds chat lines `line 1`, `line 2`, … with `gap` between them, numbered on from the events before.
    mutating func chatter(_ count: Int, from start: Timestamp, every gap: Duration) {
        for index in 0..<count {
            let at = start + gap * index
            add(.chat(Sample.message(events.count + 1, at: at)), at: at)
        }
    }

    /// A segment as the server would give it at a time; what has not happened yet is not in it.
    func segment(_ number: Int, at now: Timestamp) -> TimelineSegment {
        let known = events.prefix { $0.at <= now }
        let first = min(number * eventsPerSegment, known.count)
        let end = min(first + eventsPerSegment, known.count)
        return TimelineSegment(
            number: number, opening: snapshot(upTo: first), events: Array(known[first..<end]),
            isClosed: end == (number + 1) * eventsPerSegment)
    }

    func head(at now: Timestamp, serverTime: Timestamp? = nil) -> ShowHead {
        let count = events.prefix { $0.at <= now }.count
        return ShowHead(
            show: show, snapshot: snapshot(upTo: count), lastSequence: count,
            open: segment(count / eventsPerSegment, at: now), pollAfterMilliseconds: pollAfterMilliseconds,
            serverTime: serverTime ?? now)
    }

    private func snapshot(upTo count: Int) -> ShowSnapshot {
        var snapshot = ShowSnapshot(
            sequence: count, at: count > 0 ? events[count - 1].at : startsAt, state: .live)
        for event in events.prefix(count) {
            switch event.kind {
            case .highlight(let products): snapshot.highlight = products
            case .state(let state): snapshot.state = state
            case .viewers(let viewers): snapshot.viewers = viewers
            case .pinned(let message): snapshot.pinned = message
            default: break
            }
        }
        return snapshot
    }
}
