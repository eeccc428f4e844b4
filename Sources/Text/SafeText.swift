/// Text that a screen can draw: no scalar in it moves a cursor, changes a mode, hides or reorders what is read.
///
/// Made once, where text comes in. Every run of spaces, line breaks, tabs and characters that look like nothing becomes
/// one space, other control characters a visible mark (U+FFFD), bidi controls and invisible characters go, as do
/// combining marks beyond four on one base. Joiners and variation selectors stay inside emoji, so that the string can
/// still be printed elsewhere as it was meant. Spaces that arrange a row are ours alone: literals keep theirs.
package struct SafeText: Sendable {
    package let string: String

    /// Cells that the text takes, by `TextWidth`.
    package let width: Int

    package static let empty = SafeText(clean: "", width: 0)

    package init(_ untrusted: String) {
        if let width = TextFilter.widthIfPlainASCII(untrusted), !TextFilter.hasDoubleSpace(untrusted) {
            self.init(clean: untrusted, width: width)
        } else {
            self = TextFilter.filtered(untrusted, foldsSpaces: true)
        }
    }

    /// Text of ours, or the shopper's own, in which several spaces mean something.
    package init(keepingSpaces text: String) {
        if let width = TextFilter.widthIfPlainASCII(text) {
            self.init(clean: text, width: width)
        } else {
            self = TextFilter.filtered(text, foldsSpaces: false)
        }
    }

    /// So many spaces; none where the number is negative.
    package static func spaces(_ count: Int) -> SafeText {
        SafeText(clean: String(repeating: " ", count: max(0, count)), width: max(0, count))
    }

    package init(_ untrusted: some StringProtocol) {
        self.init(String(untrusted))
    }

    init(clean: String, width: Int) {
        string = clean
        self.width = width
    }

    package var isEmpty: Bool { string.isEmpty }

    /// Every byte is one cell: only ASCII takes as many cells as it has bytes.
    var isASCII: Bool { string.utf8.count == width }

    /// Safe without a new look: a safe text never begins with anything that joins what stands before it.
    package static func + (left: SafeText, right: SafeText) -> SafeText {
        SafeText(clean: left.string + right.string, width: left.width + right.width)
    }

    package static func += (left: inout SafeText, right: SafeText) {
        left = left + right
    }
}

extension SafeText: Hashable, Comparable, CustomStringConvertible {
    package static func == (left: SafeText, right: SafeText) -> Bool { left.string == right.string }
    package static func < (left: SafeText, right: SafeText) -> Bool { left.string < right.string }
    package func hash(into hasher: inout Hasher) { hasher.combine(string) }
    package var description: String { string }
}

extension SafeText: ExpressibleByStringInterpolation {
    /// Literal parts keep their spaces; a value that is put in is text from outside, unless it is safe already.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 8 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }
        package mutating func appendInterpolation(_ value: SafeText) { text += value.string }
        /// Spares `String(describing:)` from looking for the conformance among all of the program's at run time.
        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += SafeText(value.description).string
        }
        package mutating func appendInterpolation(_ value: some Any) {
            text += SafeText(String(describing: value)).string
        }
    }

    package init(stringLiteral value: String) { self.init(keepingSpaces: value) }
    package init(stringInterpolation: StringInterpolation) { self.init(keepingSpaces: stringInterpolation.text) }
}

extension SafeText: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(string)
    }
}
