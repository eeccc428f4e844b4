import SeededRandom

/// What happens in a run: a run is its seed.
struct Dice: RandomNumberGenerator {
    private var numbers: Seeded

    init(_ seed: UInt64) { numbers = Seeded(seed &* 0xD129_0D3B_3F5B_9C6D &+ 0x2545_F491_4F6C_DD1D) }

    mutating func next() -> UInt64 { numbers.next() }

    mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration { .milliseconds(pick(range)) }

    /// Yes in so many cases of a thousand.
    mutating func isHit(perMille: Int) -> Bool { pick(1...1000) <= perMille }
}
