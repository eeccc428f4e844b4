/// Limit on the keys that a person can have meant: people press one after the other, and look between.
///
/// A text that is pasted where the terminal does not say so arrives as keys, thousands at once. The first of them may
/// be somebody's who types ahead on a slow line; the rest answers frames that nobody has seen, and is dropped until
/// the terminal has been quiet for a while.
struct KeyPace {
    /// Number of keys that may come at once.
    static let burst = 64
    /// Faster than keyboards repeat a key that is held down.
    private static let perKey = Duration.milliseconds(10)
    /// A wheel tells many small steps.
    private static let perWheelStep = Duration.milliseconds(2)
    /// Silence that is needed before keys count again.
    static let silence = Duration.milliseconds(250)

    private static let full = perKey * burst
    private var credit = full
    private var lastAt: ContinuousClock.Instant?
    /// Keys are dropped until a silence.
    private(set) var isFlooded = false

    /// Tells whether a key, or a piece of a paste, counts that arrived now.
    mutating func admitsKey(at now: ContinuousClock.Instant) -> Bool { admits(Self.perKey, at: now) }

    /// The same of a step of the wheel.
    mutating func admitsWheelStep(at now: ContinuousClock.Instant) -> Bool { admits(Self.perWheelStep, at: now) }

    private mutating func admits(_ cost: Duration, at now: ContinuousClock.Instant) -> Bool {
        let pause = lastAt.map { now - $0 } ?? Self.full
        lastAt = now
        if isFlooded {
            guard pause >= Self.silence else { return false }
            isFlooded = false
            credit = Self.full
        }
        credit = min(Self.full, credit + pause)
        guard credit >= cost else {
            isFlooded = true
            return false
        }
        credit -= cost
        return true
    }
}
