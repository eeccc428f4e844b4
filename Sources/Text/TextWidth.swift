/// How many cells text takes, and the glyphs it is drawn with; from one table, never from the terminal's own idea.
package enum TextWidth {
    /// Cells of one scalar by itself: 0, 1 or 2.
    package static func of(_ scalar: Unicode.Scalar) -> Int {
        scalar.value &- 0x20 < 0x5F ? 1 : ScalarClass(scalar).width
    }

    package static func of(_ text: SafeText) -> Int { text.width }

    /// Calls `body` for every glyph in order, until it returns false.
    package static func forEachGlyph(of text: SafeText, _ body: (Glyph) -> Bool) {
        text.withBytes { bytes in
            if text.isASCII {
                for byte in bytes where !body(Glyph(ascii: byte)) { return }
            } else {
                var clusters = ClusterReader(bytes)
                while let cluster = clusters.next(), body(cluster.glyph) {}
            }
        }
    }
}
