/// `P7W` or `P1DT2H30M`: days are days of the calendar, the rest is exact.
struct CalendarDuration: Hashable {
    /// More than any show takes; a longer one is not believed.
    static let longestDays = 3660

    var days = 0
    var seconds = 0

    init?(_ text: some StringProtocol) {
        var bytes = Array(text.utf8.prefix(64))[...]
        guard bytes.count == text.utf8.count else { return nil }
        if bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        // Nothing ends before it begins, so that a minus sign is not read.
        guard bytes.popFirst() == UInt8(ascii: "P"), !bytes.isEmpty else { return nil }
        var isTime = false
        while let first = bytes.first {
            if first == UInt8(ascii: "T"), !isTime {
                isTime = true
                bytes.removeFirst()
                guard !bytes.isEmpty else { return nil }
            } else {
                let digits = bytes.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
                bytes = bytes.dropFirst(digits.count)
                guard let number = Digits.number(digits), let unit = bytes.popFirst(),
                    add(number, unit: unit, isTime: isTime)
                else { return nil }
            }
        }
        guard days <= Self.longestDays, seconds <= Self.longestDays * Civil.secondsInDay else { return nil }
    }

    init(days: Int = 0, seconds: Int = 0) {
        self.days = days
        self.seconds = seconds
    }

    private mutating func add(_ number: Int, unit: UInt8, isTime: Bool) -> Bool {
        switch (unit, isTime) {
        case (UInt8(ascii: "W"), false): days += 7 * number
        case (UInt8(ascii: "D"), false): days += number
        case (UInt8(ascii: "H"), true): seconds += 3600 * number
        case (UInt8(ascii: "M"), true): seconds += 60 * number
        case (UInt8(ascii: "S"), true): seconds += number
        default: return false
        }
        return true
    }
}
