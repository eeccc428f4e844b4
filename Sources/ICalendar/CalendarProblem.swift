import Text

/// A part of a calendar that could not be read and is left out; the rest of it stands.
package enum CalendarProblem: Hashable, Sendable, CustomStringConvertible {
    /// Events at times in a zone that neither the calendar nor this machine knows.
    case unknownZone(SafeText, events: Int)
    /// Events without a start that can be read.
    case unreadable(events: Int)
    /// Events inside of something that is no calendar.
    case misplaced(events: Int)
    /// Events of which the start is known, and something else cannot be read.
    case field(SafeText, events: Int)
    /// Only the first date of an event is known, because its rule is not understood or repeats within the day.
    case rule(SafeText, of: SafeText)
    /// More of the same, which would make a long list.
    case moreRules(events: Int)
    /// The zone that times without one are in, where nobody knows it.
    case unknownHome(SafeText)
    /// A character set that is not read.
    case charset(SafeText)

    package var description: String {
        switch self {
        case .unknownZone(let zone, let events):
            "the time zone “\(zone)” is unknown: \(Self.count(events)) left out"
        case .unreadable(let events): "the start cannot be read: \(Self.count(events)) left out"
        case .misplaced(let events): "it stands in a wrong place: \(Self.count(events)) left out"
        case .field(let name, let events):
            "\(name) cannot be read: \(events == 1 ? "1 event is" : "\(events) events are") shown without it"
        case .rule(let rule, let title): "“\(title)” repeats by a rule that is not read (\(rule)): its first date only"
        case .moreRules(let events):
            "of \(events) more \(events == 1 ? "event" : "events") whose rule is not read: the first date only"
        case .unknownHome(let zone):
            "the calendar's time zone “\(zone)” is unknown: times without a zone are read as this machine's"
        case .charset(let name): "the character set “\(name)” is not read: letters may be wrong"
        }
    }

    /// Events that are not shown at all because of it.
    package var eventsLeftOut: Int {
        switch self {
        case .unknownZone(_, let events), .unreadable(let events), .misplaced(let events): events
        case .field, .rule, .moreRules, .unknownHome, .charset: 0
        }
    }

    private static func count(_ events: Int) -> String { events == 1 ? "1 event is" : "\(events) events are" }
}

/// Counts problems by their kind, so that a file full of them is told about in few words.
struct ProblemCounter {
    private static let mostKinds = 16

    private var unreadable = 0
    private var zones: [String: Int] = [:]
    private var fields: [String: Int] = [:]
    private var rules: [CalendarProblem] = []
    private var moreRules = 0

    mutating func leaveOutEvent() { unreadable += 1 }

    mutating func leaveOutEvent(inZone name: String) {
        guard zones[name] != nil || zones.count < Self.mostKinds else { return leaveOutEvent() }
        zones[name, default: 0] += 1
    }

    /// - Parameter names: names of lines, which are few.
    mutating func leaveOut(_ names: Set<String>) {
        for name in names { fields[name, default: 0] += 1 }
    }

    mutating func leaveOutRule(_ rule: String, of title: SafeText) {
        guard rules.count < Self.mostKinds else { return moreRules += 1 }
        rules.append(.rule(SafeText(rule.prefix(120)), of: title))
    }

    var problems: [CalendarProblem] {
        let zones = zones.sorted { $0.key < $1.key }
            .map { CalendarProblem.unknownZone(SafeText($0.key.prefix(120)), events: $0.value) }
        let fields = fields.sorted { $0.key < $1.key }
            .map { CalendarProblem.field(SafeText($0.key), events: $0.value) }
        return zones + (unreadable > 0 ? [.unreadable(events: unreadable)] : []) + fields + rules
            + (moreRules > 0 ? [.moreRules(events: moreRules)] : [])
    }
}
