import Text

/// A grid as an SVG picture: what a terminal would show, cell by cell, for a document or a bug report.
package struct ScreenPicture {
    /// In pixels.
    private static let (cellWidth, cellHeight, margin) = (8.4, 18.0, 12.0)

    private let grid: CellGrid
    private let ink = PictureInk()
    /// The background of most cells, drawn once for all of them.
    private let ground: Color
    /// Looks of text by the rules of style that say them, in the order in which they are met.
    private var looks: [String: Int] = [:]
    private var text = ""
    private var blocks = ""

    package init(_ grid: CellGrid) {
        self.grid = grid
        var counts: [Color: Int] = [:]
        for cell in grid.cells { counts[PictureInk.background(of: cell.style), default: 0] += 1 }
        // Equal counts in the order of the cells, so that equal grids are equal pictures.
        let most = counts.values.max()
        ground =
            grid.cells.lazy.map { PictureInk.background(of: $0.style) }.first { counts[$0] == most } ?? .default
    }

    /// The picture as an SVG document.
    package var svg: String {
        var picture = self
        for y in 0..<grid.size.rows {
            for run in grid.styleRuns(row: y) { picture.draw(run, row: y) }
        }
        return picture.document
    }

    private var document: String {
        let width = Self.number(Double(grid.size.columns) * Self.cellWidth + 2 * Self.margin)
        let height = Self.number(Double(grid.size.rows) * Self.cellHeight + 2 * Self.margin)
        let rules = looks.sorted { $0.value < $1.value }.map { ".s\($0.value){\($0.key)}" }.joined()
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)">
            <style>text{font:14px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}\(rules)</style>
            <rect width="100%" height="100%" rx="8" fill="\(ink.background(ground))"/>
            \(blocks)\(text)</svg>

            """
    }

    private mutating func draw(_ run: StyleRun, row y: Int) {
        let background = PictureInk.background(of: run.style)
        if background != ground {
            let top = Self.number(Double(y) * Self.cellHeight + Self.margin)
            blocks += "<rect x=\"\(Self.place(run.start))\" y=\"\(top)\" width=\"\(Self.length(run.length))\" "
            blocks += "height=\"\(Self.number(Self.cellHeight))\" fill=\"\(ink.background(background))\"/>\n"
        }
        var x = run.start
        while x < run.start + run.length {
            let end = endOfPiece(from: x, before: run.start + run.length, row: y)
            var piece = ""
            for column in x..<end { grid[column, y].glyph.write(to: &piece) }
            if piece.contains(where: { $0 != " " }) {
                put(piece, at: x, cells: end - x, row: y, style: run.style)
            }
            x = end
        }
    }

    /// Pieces that one font draws with one advance: ASCII without gaps, the same glyph again and again, one other glyph.
    /// Others get a place of their own, since another font may draw them, and so no row of Arabic is put in order. No piece
    /// begins or ends with a blank, which some programs leave out.
    private func endOfPiece(from x: Int, before end: Int, row y: Int) -> Int {
        let first = grid[x, y].glyph
        var next = x + max(first.width, 1)
        while next < end {
            let glyph = grid[next, y].glyph
            let isGap = glyph == .blank && (next + 1 == end || !grid[next + 1, y].glyph.isLetter)
            guard glyph == first || first.isLetter && (glyph.isLetter || glyph == .blank && !isGap) else { break }
            next += max(glyph.width, 1)
        }
        return min(next, end)
    }

    private mutating func put(_ piece: String, at x: Int, cells: Int, row y: Int, style: Style) {
        let rules = ink.rules(for: style)
        let look = looks[rules] ?? looks.count
        looks[rules] = look
        let baseline = Self.number(Double(y) * Self.cellHeight + Self.margin + 13)
        let escaped = piece.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            // No document of XML may hold these.
            case "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        text +=
            "<text class=\"s\(look)\" x=\"\(Self.place(x))\" y=\"\(baseline)\" textLength=\"\(Self.length(cells))\">"
        text += escaped + "</text>\n"
    }

    private static func place(_ column: Int) -> String { number(Double(column) * cellWidth + margin) }
    private static func length(_ cells: Int) -> String { number(Double(cells) * cellWidth) }

    /// With at most one decimal.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}

extension Glyph {
    /// What every font of the row draws with the same advance.
    fileprivate var isLetter: Bool { base.isASCII && !hasMarks && !isContinuation && self != .blank }
}
