/// Text that a screen can draw: no scalar in it moves a cursor, changes a mode, hides or reorders what is read.
///
/// Made once, where text comes in. Line breaks and tabs become one space, other control characters a visible mark
/// (U+FFFD), bidi controls and invisible characters go, as do combining marks beyond four on one base. Joiners and
/// variation selectors stay inside emoji, so that the string can still be printed elsewhere as it was meant.
package struct SafeText: Sendable {
    package let string: String

    /// Cells that the text takes, by `TextWidth`.
    package let width: Int

    package static let empty = SafeText(clean: "", width: 0)

    package init(_ untrusted: String) {
        if let width = TextFilter.widthIfPlainASCII(untrusted) {
            self.init(clean: untrusted, width: width)
        } else {
            self = TextFilter.filtered(untrusted)
        }
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
    package init(stringLiteral value: String) { self.init(value) }
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
