import Text

/// One cell of the screen: 24 bytes, compared as numbers.
package struct Cell: Hashable, Sendable {
    package var glyph: Glyph
    package var style: Style

    package static let blank = Cell(glyph: .blank, style: .plain)

    package init(glyph: Glyph, style: Style) {
        self.glyph = glyph
        self.style = style
    }
}

/// Neighbouring cells of one row that look alike.
package struct StyleRun: Hashable, Sendable {
    package let start: Int
    package let length: Int
    package let style: Style
}
