import Text

/// One VEVENT as it stands in the file: a single event, what repeats, or what one occurrence became.
struct EventRecord {
    enum Length: Hashable {
        case none
        case until(CalendarTime)
        case lasting(CalendarDuration)
    }

    /// A further date, which may take a time of its own.
    struct Date: Hashable {
        var start: CalendarTime
        var length: Length?
    }

    /// Which of two revisions is the newer.
    struct Revision: Hashable, Comparable {
        var sequence: Int
        var stamp: Int

        static func < (a: Self, b: Self) -> Bool { (a.sequence, a.stamp) < (b.sequence, b.stamp) }
    }

    var uid: String
    var revision: Revision
    var isCancelled: Bool
    /// Nil only where a date is changed without being moved, and where something is called off without saying when it would
    /// have been.
    var start: CalendarTime?
    var length = Length.none
    /// The occurrence that this is about, and whether it is about all later ones too.
    var recurrence: CalendarTime?
    var concernsLater = false
    var rules: [RecurrenceRule] = []
    var dates: [Date] = []
    var exceptions: [CalendarTime] = []
    var title: SafeText
    var summary: SafeText
    var url: String?
    var location: SafeText
    var categories: [SafeText]

    var repeats: Bool { !rules.isEmpty || !dates.isEmpty }
}
