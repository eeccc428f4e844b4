import Domain

/// Times as the wire writes them, by hand: a chat message carries two of them, and Foundation's formats take longer over
/// one than all the rest of the message may take.
enum RFC3339 {
    /// `2026-11-23T14:31:05.120Z`, also with `t`, `z` or a space, any offset, and any fraction, of which milliseconds
    /// count. A leap second counts as the second after it.
    static func milliseconds(_ text: String) -> Int64? {
        guard text.utf8.count <= 40 else { return nil }
        var text = text
        return text.withUTF8 { bytes in
            var reader = Reader(bytes: bytes)
            guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
                let day = reader.number(2), reader.takeDateEnd(), let hour = reader.number(2), reader.take(":"),
                let minute = reader.number(2), reader.take(":"), let second = reader.number(2),
                let fraction = reader.fraction(), let offset = reader.offset(), reader.isAtEnd,
                1...12 ~= month, 1...daysInMonth(month, year) ~= day, hour <= 23, minute <= 59, second <= 60
            else { return nil }
            let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - offset
            return (minutes * 60 + second) * 1000 + fraction
        }
    }

    /// In UTC with milliseconds; years before 0 and after 9999, which the form cannot write, become these.
    static func text(_ milliseconds: Int64) -> String {
        let clamped = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
        let day = (clamped >= 0 ? clamped : clamped - 86_399_999) / 86_400_000
        var rest = clamped - day * 86_400_000
        let (year, month, dayOfMonth) = date(day)
        return String(unsafeUninitializedCapacity: 24) { buffer in
            var writer = Writer(buffer: buffer)
            writer.write(year, digits: 4, then: "-")
            writer.write(month, digits: 2, then: "-")
            writer.write(dayOfMonth, digits: 2, then: "T")
            for (unit, mark) in [(Int64(3_600_000), Unicode.Scalar(":")), (60_000, ":"), (1000, ".")] {
                writer.write(rest / unit, digits: 2, then: mark)
                rest %= unit
            }
            writer.write(rest, digits: 3, then: "Z")
            return 24
        }
    }

    /// Days from 1970-01-01 and back, by Howard Hinnant's `days_from_civil` and `civil_from_days`.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func daysInMonth(_ month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private struct Reader {
        let bytes: UnsafeBufferPointer<UInt8>
        var place = 0

        var isAtEnd: Bool { place == bytes.count }

        mutating func number(_ digits: Int) -> Int64? {
            guard bytes.count - place >= digits else { return nil }
            var value: Int64 = 0
            for _ in 0..<digits {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        mutating func take(_ sign: Unicode.Scalar) -> Bool {
            guard place < bytes.count, UInt32(bytes[place]) == sign.value else { return false }
            place += 1
            return true
        }

        mutating func takeDateEnd() -> Bool { take("T") || take("t") || take(" ") }

        /// Milliseconds, cut, not rounded: 0 where there is no fraction.
        mutating func fraction() -> Int64? {
            guard take(".") else { return 0 }
            let start = place
            var value: Int64 = 0
            while let digit = digit() { if place - start <= 3 { value = value * 10 + digit } }
            let read = place - start
            guard read > 0 else { return nil }
            return value * [1, 100, 10, 1][min(read, 3)]
        }

        /// Minutes to the east of Greenwich.
        mutating func offset() -> Int64? {
            if take("Z") || take("z") { return 0 }
            let isWest = take("-")
            guard isWest || take("+"), let hours = number(2), take(":"), let minutes = number(2), hours <= 23,
                minutes <= 59
            else { return nil }
            return (hours * 60 + minutes) * (isWest ? -1 : 1)
        }

        private mutating func digit() -> Int64? {
            guard place < bytes.count, 48...57 ~= bytes[place] else { return nil }
            defer { place += 1 }
            return Int64(bytes[place] - 48)
        }
    }

    private struct Writer {
        let buffer: UnsafeMutableBufferPointer<UInt8>
        var place = 0

        mutating func write(_ value: Int64, digits: Int, then mark: Unicode.Scalar) {
            var rest = value
            for offset in (0..<digits).reversed() {
                buffer[place + offset] = 48 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            buffer[place + digits] = UInt8(truncatingIfNeeded: mark.value)
            place += digits + 1
        }
    }
}
