/// How many days may still be looked at, so that no rule is endless work.
struct Work {
    private(set) var left: Int
    /// Whether it was not enough.
    private(set) var isExhausted = false

    init(_ amount: Int) { left = amount }

    /// False when there is none left.
    mutating func spend(_ amount: Int = 1) -> Bool {
        left -= amount
        if left < 0 { isExhausted = true }
        return left >= 0
    }
}

/// The wall times of a rule, from the first one on, in order.
///
/// A rule is gone through period by period (its days, weeks, months or years); within one, every part of the rule lets days
/// through, and what is not said follows from the first time.
struct Recurrence {
    /// Nothing is looked for after this year.
    static let lastYear = 2200

    private let rule: RecurrenceRule
    private let first: Int
    private let firstDate: CivilDate
    /// Seconds of a day, in order.
    private let times: [Int]
    private let filter: DayFilter

    init(_ rule: RecurrenceRule, first: Int) {
        self.rule = rule
        self.first = first
        firstDate = Civil.date(ofDay: Civil.day(ofWall: first))
        times = Self.times(of: rule, first: first)
        filter = DayFilter(rule, firstDay: Civil.day(ofWall: first))
    }

    /// Hands over each wall time from `since` on, until `body` wants no more. The first time is always one of them, and
    /// counts, whether or not the rule has it.
    func forEach(since: Int, work: inout Work, _ body: (Int) -> Bool) {
        // With COUNT there is no way round counting from the beginning.
        var index = rule.count == nil ? firstIndex(since: since) : 0
        var countLeft = rule.count ?? .max
        guard take(first, since, &countLeft, body), countLeft > 0 else { return }
        while let days = period(index), work.spend(days.count * times.count) {
            for wall in walls(on: days) where wall > first {
                guard take(wall, since, &countLeft, body), countLeft > 0 else { return }
            }
            index += 1
        }
    }

    private func take(_ wall: Int, _ since: Int, _ countLeft: inout Int, _ body: (Int) -> Bool) -> Bool {
        countLeft -= 1
        return wall < since || body(wall)
    }

    // MARK: Periods

    /// A period at or before the one that `since` is in.
    private func firstIndex(since: Int) -> Int {
        guard since > first else { return 0 }
        let (from, to) = (Civil.day(ofWall: first), Civil.day(ofWall: since))
        let toDate = Civil.date(ofDay: to)
        let passed =
            switch rule.frequency {
            case .daily: to - from
            case .weekly: (to - from) / 7
            case .monthly: (toDate.year - firstDate.year) * 12 + toDate.month - firstDate.month
            case .yearly: toDate.year - firstDate.year
            }
        return max(0, passed / rule.interval - 1)
    }

    /// Its days; nil after the last year.
    private func period(_ index: Int) -> Range<Int>? {
        // Nine digits times what fits into the last year: far from an overflow.
        let steps = index * rule.interval
        let day = Civil.day(ofWall: first)
        let days: Range<Int>
        switch rule.frequency {
        case .daily:
            days = day + steps..<day + steps + 1
        case .weekly:
            let start = DayFilter.weekStart(of: day, weekStart: rule.weekStart) + 7 * steps
            days = start..<start + 7
        case .monthly:
            let months = firstDate.year * 12 + firstDate.month - 1 + steps
            guard months < (Self.lastYear + 1) * 12 else { return nil }
            let (year, month) = (months / 12, months % 12 + 1)
            let start = Civil.day(year: year, month: month, day: 1)
            days = start..<start + Civil.daysIn(month: month, of: year)
        case .yearly:
            let year = firstDate.year + steps
            let start = Civil.day(year: year, month: 1, day: 1)
            days = start..<start + Civil.daysIn(year: year)
        }
        return days.lowerBound < Civil.day(year: Self.lastYear + 1, month: 1, day: 1) ? days : nil
    }

    /// The wall times in a period that the rule lets through.
    private func walls(on days: Range<Int>) -> [Int] {
        let days = filter.days(in: days)
        guard !rule.positions.isEmpty else {
            return days.flatMap { day in times.map { day * Civil.secondsInDay + $0 } }
        }
        let total = days.count * times.count
        let indices = Set(
            rule.positions.sorted.compactMap { position -> Int? in
                let index = position > 0 ? position - 1 : total + position
                return 0..<total ~= index ? index : nil
            })
        return indices.sorted().map { days[$0 / times.count] * Civil.secondsInDay + times[$0 % times.count] }
    }

    private static func times(of rule: RecurrenceRule, first: Int) -> [Int] {
        let second = Civil.secondOfDay(ofWall: first)
        let hours = rule.hours.isEmpty ? [second / 3600] : rule.hours.sorted
        let minutes = rule.minutes.isEmpty ? [second / 60 % 60] : rule.minutes.sorted
        let seconds = rule.seconds.isEmpty ? [second % 60] : rule.seconds.sorted
        return hours.flatMap { hour in
            minutes.flatMap { minute in seconds.map { hour * 3600 + minute * 60 + $0 } }
        }
    }
}
