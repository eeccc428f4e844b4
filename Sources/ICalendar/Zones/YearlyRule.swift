/// The clocks' yearly rule as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`, also at the end of a file of the IANA
/// database, for all years after its table.
struct YearlyRule: Hashable, Sendable {
    enum Day: Hashable, Sendable {
        /// The first…fourth, or (5) the last, such weekday (0 is Sunday) of a month.
        case weekday(month: Int, week: Int, weekday: Int)
        /// 1…365, without leap days.
        case julian(Int)
        /// 0…365, leap days counted.
        case ordinal(Int)
    }

    struct Turn: Hashable, Sendable {
        var day: Day
        /// Seconds after midnight, which may be days away.
        var second = 7200
    }

    let standardOffset: Int
    /// All that clocks show in a year.
    var offsets: Set<Int> { Set([standardOffset, summer?.offset ?? standardOffset]) }
    private var summer: (offset: Int, begins: Turn, ends: Turn)?

    init?(_ text: some StringProtocol) {
        let whole = Array(text.utf8.prefix(129))
        guard whole.count <= 128 else { return nil }
        var scanner = RuleScanner(bytes: whole[...])
        guard scanner.name(), let west = scanner.time(limit: 24) else { return nil }
        standardOffset = -west
        guard !scanner.isAtEnd else { return }
        guard scanner.name() else { return nil }
        var offset = standardOffset + 3600
        if !scanner.isAtEnd, !scanner.isAtComma {
            guard let west = scanner.time(limit: 24) else { return nil }
            offset = -west
        }
        guard scanner.isAtEnd || scanner.isAtComma else { return nil }
        var (begins, ends) = (
            Turn(day: .weekday(month: 3, week: 2, weekday: 0)), Turn(day: .weekday(month: 11, week: 1, weekday: 0))
        )
        if !scanner.isAtEnd {
            guard let first = scanner.turn(), let second = scanner.turn(), scanner.isAtEnd else { return nil }
            (begins, ends) = (first, second)
        }
        summer = (offset, begins, ends)
    }

    /// In UTC, with the offset from there on, year by year.
    func changes(inYears years: ClosedRange<Int>) -> [(at: Int, offset: Int)] {
        guard let summer else { return [] }
        return years.flatMap { year in
            [
                (Self.wall(of: summer.begins, in: year) - standardOffset, summer.offset),
                (Self.wall(of: summer.ends, in: year) - summer.offset, standardOffset),
            ]
        }
    }

    private static func wall(of turn: Turn, in year: Int) -> Int {
        let day: Int
        switch turn.day {
        case .ordinal(let number): day = Civil.day(year: year, month: 1, day: 1) + number
        case .julian(let number):
            let leap = number > 59 && Civil.isLeap(year) ? 1 : 0
            day = Civil.day(year: year, month: 1, day: 1) + number - 1 + leap
        case .weekday(let month, let week, let weekday):
            let first = Civil.day(year: year, month: month, day: 1)
            // 0 is Sunday here and Monday there.
            let toFirst = Civil.floorRemainder(weekday + 6 - Civil.weekday(ofDay: first), 7)
            let inMonth = toFirst + 7 * (week - 1)
            day = first + (inMonth < Civil.daysIn(month: month, of: year) ? inMonth : inMonth - 7)
        }
        return day * Civil.secondsInDay + turn.second
    }

    static func == (a: Self, b: Self) -> Bool {
        a.standardOffset == b.standardOffset && a.summer?.offset == b.summer?.offset
            && a.summer?.begins == b.summer?.begins && a.summer?.ends == b.summer?.ends
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(standardOffset)
        hasher.combine(summer?.offset)
        hasher.combine(summer?.begins)
        hasher.combine(summer?.ends)
    }
}

/// The pieces of such a rule.
private struct RuleScanner {
    var bytes: ArraySlice<UInt8>

    var isAtEnd: Bool { bytes.isEmpty }
    var isAtComma: Bool { bytes.first == UInt8(ascii: ",") }

    /// `CET` or `<+0545>`.
    mutating func name() -> Bool {
        if bytes.first == UInt8(ascii: "<") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: ">")) else { return false }
            bytes = bytes[(end + 1)...]
            return true
        }
        let letters = bytes.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
        bytes = bytes.dropFirst(letters.count)
        return letters.count >= 3
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(limit: Int) -> Int? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = number(), hours <= limit else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where take(":") {
            guard let number = number(), number < 60 else { return nil }
            seconds += number * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// `,M3.5.0/2`, `,J60` or `,59`.
    mutating func turn() -> YearlyRule.Turn? {
        guard take(","), let day = day() else { return nil }
        guard take("/") else { return YearlyRule.Turn(day: day) }
        return time(limit: 167).map { YearlyRule.Turn(day: day, second: $0) }
    }

    private mutating func day() -> YearlyRule.Day? {
        if take("M") {
            guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
                1...12 ~= month, 1...5 ~= week, weekday < 7
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        if take("J") { return number().flatMap { 1...365 ~= $0 ? .julian($0) : nil } }
        return number().flatMap { $0 <= 365 ? .ordinal($0) : nil }
    }

    private mutating func number() -> Int? {
        let digits = bytes.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        bytes = bytes.dropFirst(digits.count)
        return Digits.number(digits)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = bytes.first, UInt32(first) == character.value else { return false }
        bytes.removeFirst()
        return true
    }
}
