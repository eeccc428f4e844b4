/// Dates of the Gregorian calendar as plain numbers. A **wall time** is the seconds since 1970-01-01T00:00 as a clock on the
/// wall counts them, in no zone at all; an **instant** is the same in UTC. Nothing here overflows for years 1 to 9999.
enum Civil {
    static let secondsInDay = 86_400

    /// Days since 1970-01-01; the day may lie beyond the month.
    static func day(year: Int, month: Int, day: Int) -> Int {
        // Counted from March, so that a leap day is the last of its year, in eras of 400 years.
        let shifted = month <= 2 ? year - 1 : year
        let era = floorQuotient(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func date(ofDay day: Int) -> CivilDate {
        let days = day + 719_468
        let era = floorQuotient(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return CivilDate(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// 0 is Monday.
    static func weekday(ofDay day: Int) -> Int { floorRemainder(day + 3, 7) }

    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    static func daysIn(year: Int) -> Int { isLeap(year) ? 366 : 365 }

    static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func day(ofWall wall: Int) -> Int { floorQuotient(wall, secondsInDay) }
    static func secondOfDay(ofWall wall: Int) -> Int { floorRemainder(wall, secondsInDay) }
    static func year(ofWall wall: Int) -> Int { date(ofDay: day(ofWall: wall)).year }
    static func wall(year: Int, month: Int, day: Int) -> Int {
        Self.day(year: year, month: month, day: day) * secondsInDay
    }

    static func floorQuotient(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((-a + b - 1) / b) }
    static func floorRemainder(_ a: Int, _ b: Int) -> Int { a - floorQuotient(a, b) * b }
}

struct CivilDate: Hashable {
    var year: Int
    /// 1…12.
    var month: Int
    var day: Int
}
