import TerminalKit
import Text

/// The law of fields, for any bytes: text put into a field changes no cell outside it, every row stays as wide as the
/// screen, and nothing that is not safe is left of it.
package enum FieldOracle {
    private static let size = Size(columns: 40, rows: 5)
    private static let ground = Style(foreground: .ansi(4))
    private static let ink = Style(foreground: .ansi(1), attributes: .bold)

    /// - Parameter bytes: four that say where the field is and how it is filled, then what somebody sent.
    /// - Returns: what is wrong; nil when all is as it must be.
    package static func violation(by bytes: some Collection<UInt8>) -> String? {
        let shape = Array(bytes.prefix(4))
        guard shape.count == 4 else { return nil }
        let text = SafeText(String(decoding: Array(bytes.dropFirst(4)), as: UTF8.self))
        let field = Rect(
            x: Int(shape[0] % 48) - 4, y: Int(shape[1] % 7) - 1, width: Int(shape[2] % 48),
            height: Int(shape[3] >> 6) + 1)
        return violation(ofSafety: text) ?? violation(ofLayout: text, width: Int(shape[2] % 48))
            ?? violation(ofDrawing: text, in: field, way: Int(shape[3] % 4), from: Int(shape[3] >> 2 % 16) - 8)
    }

    private static func violation(ofSafety text: SafeText) -> String? {
        for scalar in text.string.unicodeScalars {
            let value = scalar.value
            let isControl = value < 0x20 || (0x7F...0x9F).contains(value)
            let isBidi = [0x61C, 0x200E, 0x200F].contains(value) || (0x2028...0x202E).contains(value)
            if isControl || isBidi || (0x2066...0x2069).contains(value) || (0xE0000...0xE0FFF).contains(value) {
                return "U+\(String(value, radix: 16)) is left in it"
            }
        }
        let again = SafeText(text.string)
        guard again.string.unicodeScalars.elementsEqual(text.string.unicodeScalars), again.width == text.width else {
            return "made safe twice it is another text"
        }
        return nil
    }

    private static func violation(ofLayout text: SafeText, width: Int) -> String? {
        let head = text.clipped(to: width)
        if head.width > width || SafeText(head.string).width != head.width { return "clipped to \(width): “\(head)”" }
        guard width > 1 else { return nil }
        let lines = text.wrapped(width: width)
        if lines.contains(where: { $0.width > width || SafeText($0.string).width != $0.width }) {
            return "wrapped to \(width): \(lines)"
        }
        func letters(_ string: String) -> [Unicode.Scalar] { string.unicodeScalars.filter { $0 != " " } }
        if letters(lines.map(\.string).joined()) != letters(text.string) { return "wrapping to \(width) loses letters" }
        return nil
    }

    private static func violation(ofDrawing text: SafeText, in field: Rect, way: Int, from offset: Int) -> String? {
        for glyph in [Glyph("."), Glyph("界")] {
            var grid = CellGrid(size)
            cover(&grid, with: glyph)
            let before = grid
            switch way {
            case 0: grid.put(text, x: field.x, y: field.y, clip: field, style: ink)
            case 1: grid.put(text, x: field.x + offset, y: field.y, clip: field, style: ink, overflow: .cut)
            case 2: grid.putRight(text, maxX: field.maxX, y: field.y, clip: field, style: ink)
            default:
                for (row, line) in text.wrapped(width: field.width, maxLines: field.height).enumerated() {
                    grid.put(line, x: field.x, y: field.y + row, clip: field, style: ink)
                }
            }
            if let place = tear(in: grid) { return "half a glyph at \(place)" }
            for y in 0..<size.rows {
                for x in 0..<size.columns where !field.contains(Point(x: x, y: y)) && grid[x, y] != before[x, y] {
                    // A wide glyph that the field cuts in two goes with both halves, and nothing takes its place.
                    let isHalved = glyph.width == 2 && grid[x, y] == Cell(glyph: .blank, style: ground)
                    if !isHalved || x < field.x - 1 || x > field.maxX {
                        return "\(x), \(y) outside \(field) has changed"
                    }
                }
                // Where the blanks that stand for a cut glyph's half are put beside marks, nothing joins them.
                let row = grid.text(row: y)
                if SafeText(keepingSpaces: row).string != row { return "row \(y) is not safe: “\(row)”" }
            }
        }
        return nil
    }

    private static func cover(_ grid: inout CellGrid, with glyph: Glyph) {
        for y in 0..<size.rows {
            for x in stride(from: 0, to: size.columns, by: glyph.width) { grid.put(glyph, x: x, y: y, style: ground) }
        }
    }

    /// Where half of a wide glyph stands alone, if anywhere: such a row is not as wide as its cells.
    package static func tear(in grid: CellGrid) -> Point? {
        for y in 0..<grid.size.rows {
            for x in 0..<grid.size.columns {
                let isWide = grid[x, y].glyph.width == 2
                let hasTail = x + 1 < grid.size.columns && grid[x + 1, y].glyph.isContinuation
                if isWide != hasTail || x == 0 && grid[x, y].glyph.isContinuation { return Point(x: x, y: y) }
            }
        }
        return nil
    }
}
