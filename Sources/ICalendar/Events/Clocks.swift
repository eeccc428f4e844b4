/// The zones of a feed, and whose clock a floating time is on.
struct Clocks {
    let zones: [CalendarZone]
    let floating: CalendarZone

    func zone(of clock: CalendarTime.Clock) -> CalendarZone {
        switch clock {
        case .utc: .utc
        case .floating: floating
        case .zone(let index): zones[index]
        }
    }

    func instant(of time: CalendarTime) -> Int { zone(of: time.clock).instant(ofWall: time.wall) }

    /// How long it takes in all: what ends at a time takes the same each time, what takes days takes days of the calendar.
    func duration(_ length: EventRecord.Length, from start: CalendarTime) -> CalendarDuration? {
        switch length {
        case .none: return start.isDay ? CalendarDuration(days: 1) : nil
        case .lasting(let duration): return duration
        case .until(let end) where end.isDay && start.isDay:
            let days = end.day - start.day
            return 1...CalendarDuration.longestDays ~= days ? CalendarDuration(days: days) : CalendarDuration(days: 1)
        case .until(let end):
            let seconds = instant(of: end) - instant(of: start)
            guard 1...CalendarDuration.longestDays * Civil.secondsInDay ~= seconds else { return nil }
            return CalendarDuration(seconds: seconds)
        }
    }

    func end(_ duration: CalendarDuration?, from start: CalendarTime) -> Int? {
        guard let duration else { return nil }
        var day = start
        day.wall += duration.days * Civil.secondsInDay
        return instant(of: day) + duration.seconds
    }
}
