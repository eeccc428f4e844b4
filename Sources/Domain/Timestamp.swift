/// A point in time: milliseconds since 1970-01-01T00:00:00Z, which is all that the wire carries.
package struct Timestamp: Hashable, Comparable, Sendable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package init(seconds: Int64) { milliseconds = seconds.multipliedReportingOverflow(by: 1000).partialValue }

    package static let distantPast = Timestamp(milliseconds: .min / 4)
    package static let distantFuture = Timestamp(milliseconds: .max / 4)

    package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
    package static func + (t: Self, d: Duration) -> Self { Timestamp(milliseconds: t.milliseconds &+ d.milliseconds) }
    package static func - (t: Self, d: Duration) -> Self { Timestamp(milliseconds: t.milliseconds &- d.milliseconds) }
    package static func - (a: Self, b: Self) -> Duration { .milliseconds(a.milliseconds &- b.milliseconds) }
}

extension Duration {
    /// Whole milliseconds, rounded down, clamped to a quarter of what 64 bits hold, so that a sum with a time fits.
    package var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (bound, attosecondsInOne) = (Int64.max / 4, Int64(1_000_000_000_000_000))
        guard seconds < bound / 1000 else { return bound }
        guard seconds > -bound / 1000 else { return -bound }
        return seconds * 1000 + (attoseconds - (attoseconds < 0 ? attosecondsInOne - 1 : 0)) / attosecondsInOne
    }
    /// Whole seconds, rounded down.
    package var wholeSeconds: Int64 {
        let (seconds, attoseconds) = components
        return attoseconds < 0 && seconds > .min ? seconds - 1 : seconds
    }
}
