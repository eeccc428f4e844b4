import Text

/// The screen as a value: what is drawn here is what is presented, compared and tested.
///
/// Nothing outside is ever an error: it is not drawn.
package struct CellGrid: Equatable, Sendable {
    package private(set) var size: Size
    package internal(set) var cells: ContiguousArray<Cell>

    /// Where the hardware cursor stands; hidden when nil.
    package var cursor: Point?

    /// The addresses that cells lead to, by `Style.link`.
    package internal(set) var links: [SafeText] = []

    package init(_ size: Size, style: Style = .plain) {
        self.size = size
        cells = ContiguousArray(
            repeating: Cell(glyph: .blank, style: style), count: size.columns * size.rows)
    }

    package var bounds: Rect { Rect(size) }

    /// Blanks everything for another frame; keeps the memory where the size is the same.
    package mutating func reset(_ size: Size, style: Style = .plain) {
        cursor = nil
        links = []
        guard size == self.size else {
            self = CellGrid(size, style: style)
            return
        }
        let blank = Cell(glyph: .blank, style: style)
        for index in cells.indices { cells[index] = blank }
    }

    /// The cell at a place; blank outside.
    package subscript(x: Int, y: Int) -> Cell {
        guard x >= 0, x < size.columns, y >= 0, y < size.rows else { return .blank }
        return cells[y * size.columns + x]
    }

    /// Fills a rectangle with a narrow glyph.
    package mutating func fill(_ rect: Rect, _ style: Style, glyph: Glyph = .blank) {
        let rect = rect.intersection(bounds)
        guard !rect.isEmpty, glyph.width == 1 else { return }
        let cell = Cell(glyph: glyph, style: style)
        for y in rect.y..<rect.maxY {
            let row = y * size.columns
            releaseHalf(at: row + rect.x, row: row)
            releaseHalf(at: row + rect.maxX, row: row)
            for index in (row + rect.x)..<(row + rect.maxX) { cells[index] = cell }
        }
    }

    /// Gives every cell of a rectangle another look and leaves its text: a selection, a stale pane.
    package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        let rect = rect.intersection(bounds)
        guard !rect.isEmpty else { return }
        for y in rect.y..<rect.maxY {
            let row = y * size.columns
            for index in (row + rect.x)..<(row + rect.maxX) { cells[index].style = change(cells[index].style) }
        }
    }

    /// Puts one glyph; returns whether all of it had room inside `clip`.
    @discardableResult
    package mutating func put(_ glyph: Glyph, x: Int, y: Int, clip: Rect? = nil, style: Style) -> Bool {
        let clip = clip.map(bounds.intersection) ?? bounds
        let width = glyph.width
        guard width > 0, y >= clip.y, y < clip.maxY, x >= clip.x, x <= clip.maxX - width else { return false }
        let row = y * size.columns
        store(glyph, at: row + x, row: row, style: style)
        return true
    }

    /// Stores a glyph that is known to have room, and blanks the halves of wide ones that it cuts.
    mutating func store(_ glyph: Glyph, at index: Int, row: Int, style: Style) {
        let width = glyph.width
        releaseHalf(at: index, row: row)
        releaseHalf(at: index + width, row: row)
        cells[index] = Cell(glyph: glyph, style: style)
        if width == 2 { cells[index + 1] = Cell(glyph: .continuation, style: style) }
    }

    /// Called for a boundary that is about to be drawn over on one side: a wide glyph across it loses both halves.
    mutating func releaseHalf(at index: Int, row: Int) {
        guard index > row, index < row + size.columns, cells[index].glyph.isContinuation else { return }
        cells[index].glyph = .blank
        cells[index - 1].glyph = .blank
    }
}
