/// How an event repeats: RRULE, of which all parts are read.
struct RecurrenceRule: Hashable {
    enum Frequency: Hashable { case daily, weekly, monthly, yearly }

    enum End: Hashable {
        case instant(Int)
        case wall(Int)
        /// The last day, all of it.
        case day(Int)
    }

    /// A show every five minutes, all day long, is the most that is believed.
    static let mostTimesADay = 288

    var frequency: Frequency
    var interval = 1
    var count: Int?
    var end: End?
    var months = NumberSet(limit: 12)
    var weekNumbers = NumberSet(limit: 53)
    var yearDays = NumberSet(limit: 366)
    var monthDays = NumberSet(limit: 31)
    /// 0 is Monday.
    var weekdays = NumberSet(limit: 6)
    /// For each weekday, the first, the second, the last one of them.
    var ordinals: [NumberSet]?
    var hours = NumberSet(limit: 23)
    var minutes = NumberSet(limit: 59)
    var seconds = NumberSet(limit: 59)
    var positions = NumberSet(limit: 366)
    var weekStart = 0

    var isEndless: Bool { count == nil && end == nil }

    /// Nil when it is not understood as a whole: half of a rule is another rule.
    init?(_ text: String) {
        var parts: [String: Substring] = [:]
        for part in text.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, parts.updateValue(pair[1], forKey: pair[0].uppercased()) == nil else { return nil }
        }
        // Rules that repeat within the day are not for shows; they are what makes a small file endless work.
        switch parts.removeValue(forKey: "FREQ")?.uppercased() {
        case "DAILY": frequency = .daily
        case "WEEKLY": frequency = .weekly
        case "MONTHLY": frequency = .monthly
        case "YEARLY": frequency = .yearly
        default: return nil
        }
        for (name, value) in parts {
            guard take(value, for: name) else { return nil }
        }
        guard
            max(hours.sorted.count, 1) * max(minutes.sorted.count, 1) * max(seconds.sorted.count, 1)
                <= Self.mostTimesADay
        else { return nil }
        // An ordinal counts within months and years only, and not where weeks are numbered (RFC 5545, 3.3.10).
        if let counted = ordinals, frequency == .daily || frequency == .weekly || !weekNumbers.isEmpty {
            for (weekday, numbers) in counted.enumerated() where !numbers.isEmpty { weekdays.insert(weekday) }
            ordinals = nil
        }
    }

    private mutating func take(_ value: Substring, for name: String) -> Bool {
        switch name {
        case "INTERVAL": return Self.take(Self.positive(value), into: &interval)
        case "COUNT": return Self.take(Self.positive(value), into: &count)
        case "UNTIL": return Self.take(Self.end(value), into: &end)
        case "BYMONTH": return Self.take(NumberSet(value, limit: 12, isSigned: false), into: &months)
        case "BYWEEKNO": return Self.take(NumberSet(value, limit: 53), into: &weekNumbers)
        case "BYYEARDAY": return Self.take(NumberSet(value, limit: 366), into: &yearDays)
        case "BYMONTHDAY": return Self.take(NumberSet(value, limit: 31), into: &monthDays)
        case "BYDAY": return takeWeekdays(value)
        case "BYHOUR": return Self.take(Self.time(value, below: 24), into: &hours)
        case "BYMINUTE": return Self.take(Self.time(value, below: 60), into: &minutes)
        case "BYSECOND": return Self.take(Self.time(value, below: 60), into: &seconds)
        case "BYSETPOS": return Self.take(NumberSet(value, limit: 366), into: &positions)
        case "WKST": return Self.take(Self.weekday(value), into: &weekStart)
        // RFC 7529, as far as it says what is so anyway.
        case "RSCALE": return value.uppercased() == "GREGORIAN"
        case "SKIP": return value.uppercased() == "OMIT"
        default: return false
        }
    }

    private static func take<Value>(_ value: Value?, into place: inout Value) -> Bool {
        if let value { place = value }
        return value != nil
    }

    private static func take<Value>(_ value: Value?, into place: inout Value?) -> Bool {
        place = value
        return value != nil
    }

    /// Numbers beyond nine digits are the same as endless, whatever they say.
    private static func positive(_ text: Substring) -> Int? {
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard isNumber else { return nil }
        let digits = text.drop { $0 == "0" }
        return digits.isEmpty ? nil : Digits.number(digits) ?? 999_999_999
    }

    private static func time(_ list: Substring, below limit: Int) -> NumberSet? {
        NumberSet(list, limit: limit - 1, hasZero: true, isSigned: false)
    }

    private static func end(_ text: Substring) -> End? {
        guard let time = CalendarTime(text, clock: .floating) else { return nil }
        if time.isDay { return .day(time.day) }
        return time.clock == .utc ? .instant(time.wall) : .wall(time.wall)
    }

    private static let weekdayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    private static func weekday(_ text: some StringProtocol) -> Int? {
        weekdayNames.firstIndex(of: text.uppercased())
    }

    private mutating func takeWeekdays(_ list: Substring) -> Bool {
        for part in list.split(separator: ",", omittingEmptySubsequences: false) {
            guard let weekday = Self.weekday(part.suffix(2)) else { return false }
            let ordinal = part.dropLast(2)
            if ordinal.isEmpty {
                weekdays.insert(weekday)
            } else {
                guard let number = Digits.signed(ordinal), number != 0, abs(number) <= 53 else { return false }
                var numbers = ordinals ?? Array(repeating: NumberSet(limit: 53), count: 7)
                numbers[weekday].insert(number)
                ordinals = numbers
            }
        }
        return true
    }
}
