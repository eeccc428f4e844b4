import Glibc
import Text

/// What happens to text that is wider than its place.
package enum Overflow: Sendable {
    /// The last cell becomes `…`.
    case ellipsis
    case cut
}

extension CellGrid {
    /// Puts text at a place, clipped to `clip` (the whole grid when nil) and to `maxWidth` cells.
    /// Returns the cells it took from `x` on.
    @discardableResult
    package mutating func put(
        _ text: SafeText, x: Int, y: Int, maxWidth: Int = .max, clip: Rect? = nil, style: Style,
        overflow: Overflow = .ellipsis
    ) -> Int {
        let clip = clip.map(bounds.intersection) ?? bounds
        guard y >= clip.y, y < clip.maxY, x < clip.maxX, x > Int.min / 2, maxWidth > 0 else { return 0 }
        let room = min(maxWidth, clip.maxX - x)
        let shown = text.clipped(to: room, ellipsis: overflow == .ellipsis)
        let row = y * size.columns
        let first = clip.x
        guard x + shown.width > first else { return shown.width }
        releaseHalf(at: row + max(x, first), row: row)
        releaseHalf(at: row + x + shown.width, row: row)
        var column = x
        cells.withUnsafeMutableBufferPointer { cells in
            TextWidth.forEachGlyph(of: shown) { glyph in
                let width = glyph.width
                guard column + width <= clip.maxX else { return false }
                if column >= first {
                    cells[row + column] = Cell(glyph: glyph, style: style)
                    if width == 2 { cells[row + column + 1] = Cell(glyph: .continuation, style: style) }
                } else if column + width > first {
                    // The left half of a wide glyph is outside: what is left of it is a blank.
                    cells[row + first] = Cell(glyph: .blank, style: style)
                }
                column += width
                return true
            }
        }
        return column - x
    }

    /// Puts text so that it ends before column `maxX`; returns the column where it begins.
    @discardableResult
    package mutating func putRight(
        _ text: SafeText, maxX: Int, y: Int, maxWidth: Int = .max, clip: Rect? = nil, style: Style
    ) -> Int {
        let shown = text.clipped(to: maxWidth)
        let x = maxX - shown.width
        put(shown, x: x, y: y, clip: clip, style: style)
        return x
    }

    /// A line of one narrow glyph, such as a rule.
    package mutating func putRule(_ glyph: Glyph = Glyph("─"), x: Int, y: Int, width: Int, style: Style) {
        fill(Rect(x: x, y: y, width: width, height: 1), style, glyph: glyph)
    }
}

extension CellGrid {
    /// One row as text, without the blanks at its end.
    package func text(row y: Int) -> String {
        guard y >= 0, y < size.rows else { return "" }
        var line = ""
        for cell in cells[(y * size.columns)..<((y + 1) * size.columns)] { cell.glyph.write(to: &line) }
        while line.utf8.last == 0x20 { line.unicodeScalars.removeLast() }
        return line
    }

    /// All rows as text, without the blanks at their ends.
    package var text: [String] { (0..<size.rows).map(text(row:)) }

    /// The runs of equal style in a row, from left to right.
    package func styleRuns(row y: Int) -> [StyleRun] {
        guard y >= 0, y < size.rows, size.columns > 0 else { return [] }
        var runs: [StyleRun] = []
        var start = 0
        for x in 1...size.columns where x == size.columns || self[x, y].style != self[start, y].style {
            runs.append(StyleRun(start: start, length: x - start, style: self[start, y].style))
            start = x
        }
        return runs
    }

    /// From the first to the last column that differ in a row that both grids have, widened to whole glyphs of both.
    package func changedColumns(row y: Int, since other: CellGrid) -> Range<Int>? {
        let width = min(size.columns, other.size.columns)
        guard y >= 0, y < size.rows, y < other.size.rows, width > 0 else { return nil }
        let mine = y * size.columns
        let theirs = y * other.size.columns
        return cells.withUnsafeBufferPointer { cells in
            other.cells.withUnsafeBufferPointer { others in
                let row = UnsafeBufferPointer(rebasing: cells[mine..<(mine + width)])
                let otherRow = UnsafeBufferPointer(rebasing: others[theirs..<(theirs + width)])
                return Self.changed(row, otherRow)
            }
        }
    }

    private static func changed(
        _ row: UnsafeBufferPointer<Cell>, _ other: UnsafeBufferPointer<Cell>
    ) -> Range<Int>? {
        // A cell has no padding, so equal cells have equal bytes. Most rows are equal: this tells it fastest.
        guard let start = row.baseAddress, let otherStart = other.baseAddress,
            memcmp(start, otherStart, row.count * MemoryLayout<Cell>.stride) != 0,
            var first = row.indices.first(where: { row[$0] != other[$0] }),
            var last = row.indices.last(where: { row[$0] != other[$0] })
        else { return nil }
        func isContinuation(_ x: Int) -> Bool { row[x].glyph.isContinuation || other[x].glyph.isContinuation }
        while first > 0, isContinuation(first) { first -= 1 }
        while last + 1 < row.count, isContinuation(last + 1) { last += 1 }
        return first..<(last + 1)
    }

    /// Takes over some columns of a row as they are in another grid of the same size.
    package mutating func copy(_ columns: Range<Int>, row y: Int, from other: CellGrid) {
        guard size == other.size, y >= 0, y < size.rows else { return }
        for x in columns.clamped(to: 0..<size.columns) {
            cells[y * size.columns + x] = other.cells[y * size.columns + x]
        }
    }
}
