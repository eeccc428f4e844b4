/// The date of RFC 9110 §5.6.7 in the one form that is still generated: `Mon, 23 Nov 2026 14:32:00 GMT`.
package enum HTTPDate {
    /// Seconds since 1970 UTC; `nil` for anything that is not such a date. The name of the day is not compared.
    package static func secondsSince1970(_ text: String) -> Int64? {
        let bytes = Array(text.utf8.prefix(30))
        guard bytes.count == 29, bytes[3] == UInt8(ascii: ","), bytes[25...] == [32, 71, 77, 84],
            [4, 7, 11, 16].allSatisfy({ bytes[$0] == 32 }), bytes[19] == 58, bytes[22] == 58,
            let day = number(bytes[5..<7]), let month = months.firstIndex(of: Array(bytes[8..<11])),
            let year = number(bytes[12..<16]), let hour = number(bytes[17..<19]),
            let minute = number(bytes[20..<22]), let second = number(bytes[23..<25]),
            1...31 ~= day, hour < 24, minute < 60, second <= 60, year >= 1970
        else { return nil }
        return days(year: year, month: Int64(month) + 1, day: day) * 86400 + hour * 3600 + minute * 60 + second
    }

    private static let months: [[UInt8]] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].map { Array($0.utf8) }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        var value: Int64 = 0
        for digit in digits {
            guard 48...57 ~= digit else { return nil }
            value = value * 10 + Int64(digit - 48)
        }
        return value
    }

    /// Days from 1970-01-01 by Howard Hinnant's `days_from_civil`.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
