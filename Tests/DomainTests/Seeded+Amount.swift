import SeededRandom

extension Seeded {
    /// Small, middling and extreme amounts alike: overflow hides at the ends.
    mutating func amount() -> Int64 {
        let shift = Int64.random(in: 0...63, using: &self)
        return Int64(bitPattern: next()) >> shift
    }
}
