import CNcurses
import Glibc
import TerminalKit
import Text

/// Puts what has changed in a grid into curses' window.
struct ScreenWriter {
    private var palette: Palette
    private var row: [cchar_t] = []
    private var style = Style.plain
    private var prototype: cchar_t

    init() {
        palette = Palette(colors: Int(curses_colors()), pairLimit: Int(curses_color_pairs()))
        prototype = palette.prototype(.plain)
    }

    mutating func write(_ columns: Range<Int>, row y: Int, of grid: CellGrid) {
        row.removeAll(keepingCapacity: true)
        let start = y * grid.size.columns
        for cell in grid.cells[(start + columns.lowerBound)..<(start + columns.upperBound)] {
            if cell.style != style {
                style = cell.style
                prototype = palette.prototype(style)
            }
            append(cell.glyph)
        }
        row.withUnsafeBufferPointer { cells in
            _ = curses_put_cells(Int32(y), Int32(columns.lowerBound), cells.baseAddress, Int32(cells.count))
        }
    }

    private mutating func append(_ glyph: Glyph) {
        // The second half of a wide glyph is made by curses itself.
        guard !glyph.isContinuation else { return }
        let base = glyph.base
        var cell = prototype
        if !base.isASCII, Int(wcwidth(wchar_t(base.value))) != glyph.width {
            // The C library, and so curses, counts other cells for it: both agree on these.
            cell.chars.0 = 0xFFFD
            row.append(cell)
            if glyph.width == 2 { row.append(prototype) }
            return
        }
        cell.chars.0 = wchar_t(base.value)
        if glyph.hasMarks {
            withUnsafeMutableBytes(of: &cell.chars) { bytes in
                let chars = bytes.bindMemory(to: wchar_t.self)
                var count = 1
                glyph.forEachMark { mark in
                    guard count < chars.count, wcwidth(wchar_t(mark.value)) == 0 else { return }
                    chars[count] = wchar_t(mark.value)
                    count += 1
                }
            }
        }
        row.append(cell)
    }
}
