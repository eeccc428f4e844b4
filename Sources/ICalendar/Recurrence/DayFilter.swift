/// Which days of a period a rule lets through.
struct DayFilter {
    private var rule: RecurrenceRule
    /// Ordinals count within the month, else within the year.
    private let countsInMonth: Bool

    /// What the rule does not say follows from its first day.
    init(_ rule: RecurrenceRule, firstDay: Int) {
        self.rule = rule
        countsInMonth = rule.frequency == .monthly || !rule.months.isEmpty
        let first = Civil.date(ofDay: firstDay)
        let saysDays =
            !rule.monthDays.isEmpty || !rule.yearDays.isEmpty || !rule.weekdays.isEmpty || rule.ordinals != nil
        guard !saysDays else { return }
        if !rule.weekNumbers.isEmpty || rule.frequency == .weekly {
            self.rule.weekdays.insert(Civil.weekday(ofDay: firstDay))
        } else if rule.frequency == .monthly || rule.frequency == .yearly {
            self.rule.monthDays.insert(first.day)
            if rule.frequency == .yearly, rule.months.isEmpty { self.rule.months.insert(first.month) }
        }
    }

    /// Those of a period that are let through, in order.
    func days(in period: Range<Int>) -> [Int] {
        guard rule.frequency == .yearly, !rule.months.isEmpty else { return period.filter(lets) }
        // Of a year, whole months need not be looked at.
        let year = Civil.date(ofDay: period.lowerBound).year
        return rule.months.sorted.flatMap { month in
            let first = Civil.day(year: year, month: month, day: 1)
            return (first..<first + Civil.daysIn(month: month, of: year)).filter(lets)
        }
    }

    private func lets(_ day: Int) -> Bool {
        // The weekday is the cheapest to find out, and decides most.
        let weekday = Civil.weekday(ofDay: day)
        if rule.ordinals == nil, !rule.weekdays.isEmpty, !rule.weekdays.contains(weekday) { return false }
        let date = Civil.date(ofDay: day)
        return (rule.months.isEmpty || rule.months.contains(date.month))
            && (rule.monthDays.isEmpty
                || rule.monthDays.contains(date.day, of: Civil.daysIn(month: date.month, of: date.year)))
            && (rule.yearDays.isEmpty
                || rule.yearDays.contains(Self.dayOfYear(day, date), of: Civil.daysIn(year: date.year)))
            && (rule.weekNumbers.isEmpty || letsWeek(of: day)) && letsOrdinal(day, date, weekday)
    }

    private func letsOrdinal(_ day: Int, _ date: CivilDate, _ weekday: Int) -> Bool {
        guard let ordinals = rule.ordinals else { return true }
        let (number, count) =
            countsInMonth
            ? (date.day, Civil.daysIn(month: date.month, of: date.year))
            : (Self.dayOfYear(day, date), Civil.daysIn(year: date.year))
        return rule.weekdays.contains(weekday) || ordinals[weekday].contains((number - 1) / 7 + 1)
            || ordinals[weekday].contains(-((count - number) / 7 + 1))
    }

    /// The first week of a year is the one with four days in it.
    private func letsWeek(of day: Int) -> Bool {
        let start = Self.weekStart(of: day, weekStart: rule.weekStart)
        let year = Civil.date(ofDay: start + 3).year
        let weeks = (firstWeek(of: year + 1) - firstWeek(of: year)) / 7
        return rule.weekNumbers.contains((start - firstWeek(of: year)) / 7 + 1, of: weeks)
    }

    private func firstWeek(of year: Int) -> Int {
        Self.weekStart(of: Civil.day(year: year, month: 1, day: 4), weekStart: rule.weekStart)
    }

    static func weekStart(of day: Int, weekStart: Int) -> Int {
        day - Civil.floorRemainder(Civil.weekday(ofDay: day) - weekStart, 7)
    }

    private static func dayOfYear(_ day: Int, _ date: CivilDate) -> Int {
        day - Civil.day(year: date.year, month: 1, day: 1) + 1
    }
}
