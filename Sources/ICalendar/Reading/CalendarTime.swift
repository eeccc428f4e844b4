/// What a calendar says of a point in time: numbers on a clock, and whose clock.
struct CalendarTime: Hashable {
    enum Clock: Hashable {
        case utc
        /// Of whoever looks at it.
        case floating
        /// An index into the zones of the feed.
        case zone(Int)
    }

    var wall: Int
    var clock: Clock
    /// A day, not a time of day: `wall` is its midnight.
    var isDay = false

    var day: Int { Civil.day(ofWall: wall) }

    /// `19970714`, `19970714T133000` or, in UTC, `19970714T133000Z`.
    init?(_ text: some StringProtocol, clock: Clock) {
        let bytes = Array(text.utf8.prefix(17))
        guard bytes.count == text.utf8.count, let day = Self.day(bytes) else { return nil }
        guard bytes.count > 8 else {
            self.init(wall: day * Civil.secondsInDay, clock: clock == .utc ? .floating : clock, isDay: true)
            return
        }
        let isUTC = bytes.count == 16 && bytes[15] | 0x20 == UInt8(ascii: "z")
        guard bytes.count == 15 || isUTC, bytes[8] | 0x20 == UInt8(ascii: "t"),
            let hour = Digits.number(bytes[9..<11]), let minute = Digits.number(bytes[11..<13]),
            let second = Digits.number(bytes[13..<15]), hour < 24, minute < 60, second <= 60
        else { return nil }
        // A leap second is the second before it for whoever knows none.
        let secondOfDay = hour * 3600 + minute * 60 + min(second, 59)
        self.init(wall: day * Civil.secondsInDay + secondOfDay, clock: isUTC ? .utc : clock)
    }

    init(wall: Int, clock: Clock, isDay: Bool = false) {
        self.wall = wall
        self.clock = clock
        self.isDay = isDay
    }

    /// The same time on the clock of a start that it stands beside: many programs write a date that they leave out, add or
    /// change as bare numbers, and mean the clock of the event. Days stay days.
    ///
    /// Beside a start in UTC the numbers may be on either clock; they are UTC's where they show the start's time of day.
    func beside(_ start: CalendarTime?) -> CalendarTime {
        guard let start, clock == .floating, !isDay, !start.isDay, start.clock != .floating else { return self }
        let isSameTime = Civil.secondOfDay(ofWall: wall) == Civil.secondOfDay(ofWall: start.wall)
        guard start.clock != .utc || isSameTime else { return self }
        return CalendarTime(wall: wall, clock: start.clock)
    }

    private static func day(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 8, let year = Digits.number(bytes[0..<4]), let month = Digits.number(bytes[4..<6]),
            let day = Digits.number(bytes[6..<8]), year >= 1, 1...12 ~= month,
            1...Civil.daysIn(month: month, of: year) ~= day
        else { return nil }
        return Civil.day(year: year, month: month, day: day)
    }
}

/// Numbers that are nothing but digits.
enum Digits {
    /// At most nine of them, so that no sum of a few products of it overflows.
    static func number(_ bytes: some Collection<UInt8>) -> Int? {
        guard 1...9 ~= bytes.count else { return nil }
        var number = 0
        for byte in bytes {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number
    }

    static func number(_ text: some StringProtocol) -> Int? { number(Array(text.utf8.prefix(10))) }

    /// With a sign or without one.
    static func signed(_ text: some StringProtocol) -> Int? {
        if text.hasPrefix("-") { return number(text.dropFirst()).map { -$0 } }
        return number(text.hasPrefix("+") ? text.dropFirst() : text[...])
    }
}
