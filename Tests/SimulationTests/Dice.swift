/// Numbers that look random and are the same for the same seed (SplitMix64): a run is its seed.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0xD129_0D3B_3F5B_9C6D &+ 0x2545_F491_4F6C_DD1D }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration { .milliseconds(pick(range)) }

    /// Yes in so many cases of a thousand.
    mutating func isHit(perMille: Int) -> Bool { pick(1...1000) <= perMille }
}
