import Domain
import Glibc

/// A time as header fields tell it (RFC 9110 §5.6.7): `Mon, 23 Nov 2026 14:32:00 GMT`.
enum FieldDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(_ time: Timestamp) -> String {
        var (seconds, parts) = (time_t(time.milliseconds / 1000), tm())
        gmtime_r(&seconds, &parts)
        let day = days[Int(parts.tm_wday)] + ", " + digits(parts.tm_mday) + " " + months[Int(parts.tm_mon)]
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(digits).joined(separator: ":")
        return day + " \(parts.tm_year + 1900) " + clock + " GMT"
    }

    private static func digits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
