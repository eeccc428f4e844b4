import Text

/// What of a calendar could not be read and is left out; the rest of it stands.
package enum CalendarProblem: Hashable, Sendable, CustomStringConvertible {
    /// Events at times in a zone that neither the calendar nor this machine knows.
    case unknownZone(SafeText, events: Int)
    /// Events without a time or a name that can be read.
    case unreadable(events: Int)
    /// Only the first date of an event is known, because its rule is not understood or repeats within the day.
    case rule(SafeText, of: SafeText)
    /// There were more repetitions than are looked at.
    case endless

    package var description: String {
        switch self {
        case .unknownZone(let zone, let events):
            "the time zone “\(zone)” is unknown: \(Self.count(events)) left out"
        case .unreadable(let events): "\(Self.count(events)) cannot be read and left out"
        case .rule(let rule, let title): "“\(title)” repeats by a rule that is not read (\(rule)): its first date only"
        case .endless: "not all repetitions were looked at"
        }
    }

    private static func count(_ events: Int) -> String { events == 1 ? "1 event is" : "\(events) events are" }
}
