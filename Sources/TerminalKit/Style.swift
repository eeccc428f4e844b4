/// A colour as a theme names it; what the terminal cannot show is brought down to what it can.
package enum Color: Hashable, Sendable {
    case `default`
    /// One of the terminal's own sixteen, 0…15: 8 and above are the bright ones.
    case ansi(UInt8)
    /// One of the 256 of xterm's palette.
    case indexed(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let italic = Attributes(rawValue: 4)
    package static let underline = Attributes(rawValue: 8)
    package static let reverse = Attributes(rawValue: 16)
}

/// How a cell looks, packed into eight bytes so that comparing two cells is comparing numbers.
package struct Style: Hashable, Sendable {
    /// Bits 0–25 the foreground, 26–51 the background, 52–59 the attributes, 60–63 the link.
    package let packed: UInt64

    package static let plain = Style()

    package init(foreground: Color = .default, background: Color = .default, attributes: Attributes = []) {
        packed = Self.pack(foreground) | Self.pack(background) << 26 | UInt64(attributes.rawValue) << 52
    }

    package var foreground: Color { Self.unpack(packed) }
    package var background: Color { Self.unpack(packed >> 26) }
    package var attributes: Attributes { Attributes(rawValue: UInt8(truncatingIfNeeded: packed >> 52)) }

    private init(packed: UInt64) { self.packed = packed }

    /// The place of the cell's address in its grid's `links`, counted from 1; 0 for no link.
    package var link: Int { Int(packed >> 60) }

    /// The same look with a link, or without one (0).
    package func linked(_ number: Int) -> Style {
        Style(packed: packed & (1 << 60 - 1) | UInt64(truncatingIfNeeded: number & 15) << 60)
    }

    /// The same colours with more attributes.
    package func adding(_ more: Attributes) -> Style {
        Style(foreground: foreground, background: background, attributes: attributes.union(more)).linked(link)
    }

    /// The same text on another background.
    package func on(_ background: Color) -> Style {
        Style(foreground: foreground, background: background, attributes: attributes).linked(link)
    }

    /// Two bits of kind above 24 bits of value.
    private static func pack(_ color: Color) -> UInt64 {
        switch color {
        case .default: 0
        case .ansi(let index): 1 << 24 | UInt64(index)
        case .indexed(let index): 2 << 24 | UInt64(index)
        case .rgb(let red, let green, let blue): 3 << 24 | UInt64(red) << 16 | UInt64(green) << 8 | UInt64(blue)
        }
    }

    private static func unpack(_ bits: UInt64) -> Color {
        let low = UInt8(truncatingIfNeeded: bits)
        return switch bits >> 24 & 3 {
        case 1: .ansi(low)
        case 2: .indexed(low)
        case 3: .rgb(UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8), low)
        default: .default
        }
    }
}
