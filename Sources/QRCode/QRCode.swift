/// A QR code by ISO/IEC 18004: bytes as they are, versions 1 to 20, error correction L and M.
package struct QRCode: Hashable, Sendable {
    package let version: Int
    package let correction: Correction
    /// Which of the eight masks is on it.
    package let mask: Int
    /// Modules on a side.
    package let size: Int
    private let isDark: [Bool]

    /// The smallest code that says the text, with the stronger correction where that makes it no larger; nil where no
    /// version holds so much.
    package init?(_ text: String) {
        guard let symbol = Symbol(bytes: text.utf8.count) else { return nil }
        self.init(Array(text.utf8), symbol, mask: nil)
    }

    /// A code of given measures; nil where it does not hold the bytes. Without a mask it takes the one that reads best.
    package init?(bytes: [UInt8], version: Int, correction: Correction, mask: Int? = nil) {
        guard Symbol.versions.contains(version), mask.map((0..<8).contains) ?? true else { return nil }
        let symbol = Symbol(version: version, correction: correction)
        guard bytes.count <= symbol.capacity else { return nil }
        self.init(bytes, symbol, mask: mask)
    }

    private init(_ text: [UInt8], _ symbol: Symbol, mask wanted: Int?) {
        var modules = Modules(symbol)
        modules.lay(symbol.codewords(of: text))
        var best: (mask: Int, penalty: Int, modules: Modules)?
        for mask in 0..<8 where wanted == nil || wanted == mask {
            var masked = modules
            masked.apply(mask: mask)
            masked.drawFormat(Symbol.formatBits(symbol.correction, mask: mask))
            let penalty = masked.penalty
            if best.map({ penalty < $0.penalty }) ?? true { best = (mask, penalty, masked) }
        }
        version = symbol.version
        correction = symbol.correction
        mask = best?.mask ?? 0
        size = symbol.size
        isDark = best?.modules.isDark ?? modules.isDark
    }

    /// Whether a module is dark; those around the code are light.
    package subscript(x: Int, y: Int) -> Bool {
        (0..<size).contains(x) && (0..<size).contains(y) && isDark[y * size + x]
    }

    /// The code as rows of text, two modules in a cell: what a character leaves open is light.
    /// - Parameter margin: light modules on every side; the standard has 4.
    package func halfBlocks(margin: Int) -> [String] {
        stride(from: -margin, to: size + margin, by: 2).map { y in
            var row = ""
            for x in -margin..<(size + margin) {
                switch (self[x, y], self[x, y + 1]) {
                case (true, true): row += "█"
                case (true, false): row += "▀"
                case (false, true): row += "▄"
                case (false, false): row += " "
                }
            }
            return row
        }
    }
}
