/// The square of modules while it is filled: patterns that any reader looks for, then what the symbol says.
struct Modules {
    let size: Int
    private(set) var isDark: [Bool]
    /// Finder, timing and alignment patterns and the symbol's measures; no codewords lie there and no mask changes them.
    private var isReserved: [Bool]

    /// With the patterns of a version in place, and room kept for the format.
    init(_ symbol: Symbol) {
        size = symbol.size
        isDark = Array(repeating: false, count: size * size)
        isReserved = isDark
        drawTiming()
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(x, y) }
        let centres = symbol.alignment
        for y in centres {
            for x in centres where !isCorner(x, y, of: centres) { drawRings(x, y, radius: 2, light: [1]) }
        }
        drawFormat(0)
        if symbol.version >= 7 { drawVersion(Symbol.versionBits(symbol.version)) }
    }

    subscript(x: Int, y: Int) -> Bool { isDark[y * size + x] }

    private mutating func reserve(_ x: Int, _ y: Int, _ dark: Bool) {
        isDark[y * size + x] = dark
        isReserved[y * size + x] = true
    }

    private mutating func drawTiming() {
        for place in 0..<size {
            reserve(place, 6, place.isMultiple(of: 2))
            reserve(6, place, place.isMultiple(of: 2))
        }
    }

    private mutating func drawFinder(_ x: Int, _ y: Int) { drawRings(x, y, radius: 4, light: [2, 4]) }

    /// Squares around a middle; those that lie outside are left out.
    private mutating func drawRings(_ x: Int, _ y: Int, radius: Int, light: [Int]) {
        for dy in -radius...radius where (0..<size).contains(y + dy) {
            for dx in -radius...radius where (0..<size).contains(x + dx) {
                reserve(x + dx, y + dy, !light.contains(max(abs(dx), abs(dy))))
            }
        }
    }

    /// A finder pattern stands there already.
    private func isCorner(_ x: Int, _ y: Int, of centres: [Int]) -> Bool {
        (x == centres.first && (y == centres.first || y == centres.last)) || (x == centres.last && y == centres.first)
    }

    /// The fifteen bits twice: around the first finder, and divided between the other two.
    mutating func drawFormat(_ bits: Int) {
        for place in 0..<15 {
            let dark = bits >> place & 1 == 1
            // The timing pattern has row and column 6.
            let near = place < 8 ? (8, place < 6 ? place : place + 1) : (place == 8 ? 7 : 14 - place, 8)
            reserve(near.0, near.1, dark)
            let far = place < 8 ? (size - 1 - place, 8) : (8, size - 15 + place)
            reserve(far.0, far.1, dark)
        }
        reserve(8, size - 8, true)
    }

    private mutating func drawVersion(_ bits: Int) {
        for place in 0..<18 {
            let dark = bits >> place & 1 == 1
            let (short, long) = (place / 3, size - 11 + place % 3)
            reserve(short, long, dark)
            reserve(long, short, dark)
        }
    }

    /// Lays bits, the highest of each codeword first, in columns of two from the right, up and down in turn.
    mutating func lay(_ codewords: [UInt8]) {
        var place = 0
        for column in stride(from: size - 1, to: 0, by: -2) {
            // The timing column is passed over.
            let right = column > 6 ? column : column - 1
            let isUpward = (size - 1 - column) / 2 % 2 == 0
            for step in 0..<size {
                let y = isUpward ? size - 1 - step : step
                for x in [right, right - 1] where !isReserved[y * size + x] && place < codewords.count * 8 {
                    isDark[y * size + x] = codewords[place / 8] >> (7 - place % 8) & 1 == 1
                    place += 1
                }
            }
        }
    }

    /// Turns over the modules that a pattern picks; a second time undoes it.
    mutating func apply(mask: Int) {
        for y in 0..<size {
            for x in 0..<size where !isReserved[y * size + x] && Self.picks(mask, x, y) {
                isDark[y * size + x].toggle()
            }
        }
    }

    private static func picks(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (y / 2 + x / 3) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }
}
