extension Modules {
    /// How hard the symbol is to read, by the standard's four features.
    var penalty: Int {
        var penalty = 0
        for line in 0..<size {
            penalty += Self.penalty((0..<size).map { self[$0, line] })
            penalty += Self.penalty((0..<size).map { self[line, $0] })
        }
        for y in 0..<(size - 1) {
            for x in 0..<(size - 1) {
                let dark = self[x, y]
                if self[x + 1, y] == dark, self[x, y + 1] == dark, self[x + 1, y + 1] == dark { penalty += 3 }
            }
        }
        let dark = isDark.count { $0 }
        // Every whole 5 % away from one half.
        return penalty + abs(2 * dark - isDark.count) * 10 / isDark.count * 10
    }

    /// Long runs, and what looks like a finder pattern with light beside it; outside the symbol all is light.
    static func penalty(_ line: [Bool]) -> Int {
        var penalty = 0
        var run = 0
        for (place, dark) in line.enumerated() {
            run = place > 0 && line[place - 1] == dark ? run + 1 : 1
            if run == 5 { penalty += 3 } else if run > 5 { penalty += 1 }
        }
        let finder = [true, false, true, true, true, false, true]
        for start in 0...(line.count - finder.count) where line[start..<(start + finder.count)].elementsEqual(finder) {
            let before = line[..<start].suffix(4)
            let after = line[(start + finder.count)...].prefix(4)
            if !before.contains(true) { penalty += 40 }
            if !after.contains(true) { penalty += 40 }
        }
        return penalty
    }
}
