/// What a scalar is to a row of cells: one byte from the generated table.
struct ScalarClass {
    enum Kind: UInt8 {
        case plain, mark, lineBreak, control, invisible, variationSelector, joiner, skinTone
    }

    let raw: UInt8

    /// The class of a scalar's value; what is beyond Unicode counts as its last scalar.
    init(_ value: UInt32) {
        let value = Int(min(value, 0x10FFFF))
        let index = WidthTable.index.utf8Start + (value >> WidthTable.blockBits) * 2
        let block = Int(index[0] & 0x0F) << 4 | Int(index[1] & 0x0F)
        let place = block << WidthTable.blockBits | value & (1 << WidthTable.blockBits - 1)
        raw = WidthTable.classes.utf8Start[place] &- 0x30
    }

    init(_ scalar: Unicode.Scalar) { self.init(scalar.value) }

    /// Cells: 0, 1 or 2.
    var width: Int { Int(raw & 3) }
    var kind: Kind { Kind(rawValue: raw >> 2 & 7) ?? .plain }
    var isPictographic: Bool { raw & 0x20 != 0 }

    /// Tells a space as readers see it: Unicode's spaces, and what is drawn as nothing but has a width.
    static func isBlank(_ value: UInt32) -> Bool {
        guard value > 0x20 else { return value == 0x20 }
        return switch value {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x2800, 0x3000, 0xFFFC, 0x13441...0x13442, 0x1D159: true
        default: false
        }
    }
}
