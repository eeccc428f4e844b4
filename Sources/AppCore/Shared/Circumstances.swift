import Domain

/// What reduce may know of the world at the moment of an action: it arrives as a value, so that the same actions in
/// the same circumstances give the same state.
package struct Circumstances: Sendable {
    /// The local clock, driven by a monotonic one: it never runs backwards while the program runs.
    package var now: Timestamp
    /// Time on the clock on the wall, read again each time: it may be set while the program runs. Days and months go by it.
    package var wall: Timestamp
    /// 128 fresh random bits.
    package var entropy: Entropy

    /// - Parameter wall: nil for the same as `now`.
    package init(now: Timestamp, wall: Timestamp? = nil, entropy: Entropy) {
        self.now = now
        self.wall = wall ?? now
        self.entropy = entropy
    }
}

/// Random bits drawn outside, for idempotency keys and jitter.
package struct Entropy: Hashable, Sendable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A random UUID (version 4, RFC 9562), the form in which idempotency keys travel.
    package var uuid: String {
        let a = (high & ~0xF000) | 0x4000
        let b = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        let digits = Self.hex(a) + Self.hex(b)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    /// A whole number of milliseconds in 0…limit.
    package func jitter(upTo limit: Duration) -> Duration {
        let bound = UInt64(max(0, limit.milliseconds)) + 1
        return .milliseconds(Int64(low.multipliedFullWidth(by: bound).high))
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
