import Glibc

/// A point in time as clocks on the wall show it, in the time zone of the process (`TZ`, else the system's).
package struct LocalTime: Hashable, Sendable {
    package var year: Int
    /// 1…12.
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int
    /// 0 is Sunday.
    package var weekday: Int

    package init(_ timestamp: Timestamp) {
        // The second that the time is in, also before 1970.
        let (whole, rest) = timestamp.milliseconds.quotientAndRemainder(dividingBy: 1000)
        var seconds = time_t(rest < 0 ? whole - 1 : whole)
        var broken = tm()
        localtime_r(&seconds, &broken)
        year = Int(broken.tm_year) + 1900
        month = Int(broken.tm_mon) + 1
        day = Int(broken.tm_mday)
        hour = Int(broken.tm_hour)
        minute = Int(broken.tm_min)
        second = Int(broken.tm_sec)
        weekday = Int(broken.tm_wday)
    }

    package func isSameDay(as other: LocalTime) -> Bool { (year, month, day) == (other.year, other.month, other.day) }
}
