/// Steele, Lea and Flood's generator: the same seed gives the same numbers, on every machine and in every release.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// A generator for one thing of the world: the same for the same words, unlike any other's.
    init(_ seed: UInt64, _ words: UInt64...) {
        var mixed = SplitMix64(seed)
        for word in words { mixed = SplitMix64(mixed.next() ^ word) }
        self = mixed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// A number of `range`. Written out, since the standard library does not promise how it makes one.
    mutating func pick(_ range: Range<Int>) -> Int {
        guard range.count > 1 else { return range.lowerBound }
        return range.lowerBound + Int(next() % UInt64(range.count))
    }

    mutating func pick(_ range: ClosedRange<Int>) -> Int { pick(range.lowerBound..<range.upperBound + 1) }

    mutating func pick<Element>(_ list: [Element]) -> Element? { list.isEmpty ? nil : list[pick(0..<list.count)] }

    /// Fisher and Yates's shuffle.
    mutating func shuffled<Element>(_ list: [Element]) -> [Element] {
        var list = list
        for index in stride(from: list.count - 1, to: 0, by: -1) { list.swapAt(index, pick(0...index)) }
        return list
    }

    /// Whether something that happens once in `count` times happens.
    mutating func once(in count: Int) -> Bool { pick(0..<max(1, count)) == 0 }
}

extension UInt64 {
    /// FNV-1a of a name, to make a seed of it.
    init(named name: String) {
        self = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
