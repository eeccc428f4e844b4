/// What one cell can hold: one spacing scalar and up to four marks on it, in 16 bytes without a heap.
///
/// A grapheme cluster is reduced to what every terminal agrees on: variation selectors and skin tones are dropped, a
/// joined emoji is its first one, a flag is two narrow cells with one regional indicator each, a keycap is its base
/// with the enclosing mark. So our width never depends on a terminal's guess (docs/decisions/0002).
package struct Glyph: Hashable, Sendable {
    /// Base and two marks, 21 bits each.
    private var low: UInt64
    /// Two more marks, 21 bits each; then the width in two bits.
    private var high: UInt64

    private static let scalarBits: UInt64 = 0x1F_FFFF
    private static let widthShift: UInt64 = 42

    package static let blank = Glyph(ascii: 0x20)

    /// The second cell of a wide glyph: nothing to draw, no width of its own.
    package static let continuation = Glyph(low: 0, high: 0)

    /// U+FFFD, for what cannot be shown.
    package static let replacement = Glyph(TextFilter.replacement)

    private init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    init(ascii: UInt8) {
        low = UInt64(ascii)
        high = 1 << Self.widthShift
    }

    init(_ value: UInt32, width: Int) {
        low = UInt64(value)
        high = UInt64(width) << Self.widthShift
    }

    /// A glyph of one scalar; what has no width of its own becomes U+FFFD.
    package init(_ scalar: Unicode.Scalar) {
        let width = ScalarClass(scalar).width
        self.init((width == 0 ? TextFilter.replacement : scalar).value, width: max(width, 1))
    }

    /// Adds a mark by its scalar's value; a fifth is not kept.
    mutating func add(mark: UInt32) {
        let value = UInt64(mark)
        if low >> 21 & Self.scalarBits == 0 {
            low |= value << 21
        } else if low >> 42 & Self.scalarBits == 0 {
            low |= value << 42
        } else if high & Self.scalarBits == 0 {
            high |= value
        } else if high >> 21 & Self.scalarBits == 0 {
            high |= value << 21
        }
    }

    /// Cells: 1 or 2; 0 for a continuation.
    package var width: Int { Int(high >> Self.widthShift & 3) }

    package var isContinuation: Bool { low == 0 }

    /// A space with nothing on it.
    var isSpace: Bool { low & Self.scalarBits == 0x20 && !hasMarks }

    /// The scalar that takes the cells; U+0000 for a continuation.
    package var base: Unicode.Scalar { Self.scalar(low) ?? "\0" }

    package var hasMarks: Bool { low >> 21 != 0 }

    /// The marks on the base, at most four.
    package func forEachMark(_ body: (Unicode.Scalar) -> Void) {
        guard hasMarks else { return }
        for bits in [low >> 21, low >> 42, high, high >> 21] {
            guard let mark = Self.scalar(bits), mark.value != 0 else { return }
            body(mark)
        }
    }

    /// Appends what the glyph shows; nothing for a continuation.
    package func write(to text: inout String) {
        guard !isContinuation else { return }
        text.unicodeScalars.append(base)
        forEachMark { text.unicodeScalars.append($0) }
    }

    private static func scalar(_ bits: UInt64) -> Unicode.Scalar? {
        Unicode.Scalar(UInt32(truncatingIfNeeded: bits & scalarBits))
    }
}
