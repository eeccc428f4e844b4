/// How much of a calendar is read.
package struct CalendarLimits: Hashable, Sendable {
    /// Of the file.
    package var bytes = 4 << 20
    /// Components that are events, before any repeats.
    package var events = 20_000
    /// Time zones that the file describes.
    package var zones = 64
    /// Days that are looked at for the repetitions of one event, and for all of them.
    package var workForEach = 200_000
    package var work = 4_000_000

    package static let standard = CalendarLimits()
    package init() {}
}

/// Why a file is not read at all.
package enum CalendarError: Error, Hashable, CustomStringConvertible {
    case tooLarge(bytes: Int)
    case tooManyEvents(Int)
    case notACalendar
    case breaksOff
    case misplacedEnd(line: Int)
    case tooDeep(line: Int)

    package var description: String {
        switch self {
        case .tooLarge(let bytes): "the calendar is larger than \(bytes >> 20) MiB"
        case .tooManyEvents(let limit): "the calendar has more than \(limit) events"
        case .notACalendar: "this is no iCalendar file: it does not begin with BEGIN:VCALENDAR"
        case .breaksOff: "the calendar breaks off before END:VCALENDAR"
        case .misplacedEnd(let line): "line \(line) of the calendar ends what was not begun"
        case .tooDeep(let line): "line \(line) of the calendar is nested too deeply"
        }
    }
}
