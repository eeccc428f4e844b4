import Testing
import Text

@testable import TerminalKit

@Suite struct CellGridTests {
    private let red = Style(foreground: .ansi(1))

    private func grid(_ columns: Int, _ rows: Int) -> CellGrid { CellGrid(Size(columns: columns, rows: rows)) }

    @Test func textLandsWhereItIsPut() {
        var grid = grid(10, 3)
        let cells = grid.put("lamp", x: 2, y: 1, style: red)
        #expect(cells == 4)
        #expect(grid.text == ["", "  lamp", ""])
        #expect(grid[2, 1].style == red)
        #expect(grid[6, 1] == .blank)
    }

    @Test func textIsClippedToItsPlace() {
        var grid = grid(8, 2)
        let clipped = grid.put("late-night lamps", x: 1, y: 0, maxWidth: 5, style: .plain)
        #expect(clipped == 5)
        let cut = grid.put("late-night lamps", x: 3, y: 1, style: .plain, overflow: .cut)
        #expect(cut == 5)
        #expect(grid.text == [" late…", "   late-"])
    }

    @Test func clippingToARectCutsBothSides() {
        var grid = grid(10, 1)
        let clip = Rect(x: 2, y: 0, width: 4, height: 1)
        grid.put("0123456789", x: 0, y: 0, clip: clip, style: .plain, overflow: .cut)
        #expect(grid.text == ["  2345"])
        grid.reset(grid.size)
        grid.put("李雷李雷", x: 1, y: 0, clip: clip, style: .plain, overflow: .cut)
        #expect(grid.text == ["   雷"])
        #expect(grid[2, 0].glyph == .blank)
    }

    @Test func nothingOutsideIsDrawn() {
        var grid = grid(4, 2)
        let empty = grid
        for (x, y) in [(0, -1), (0, 2), (4, 0), (-9, 0), (0, Int.max), (0, Int.min), (Int.max, 0), (Int.min, 0)] {
            grid.put("lamp", x: x, y: y, style: .plain)
            grid.put(Glyph("界"), x: x, y: y, style: .plain)
            grid.putRight("lamp", maxX: -2, y: y, style: .plain)
        }
        grid.fill(Rect(x: -5, y: -5, width: 3, height: 3), red)
        grid.restyle(Rect(x: 4, y: 0, width: 3, height: 3)) { $0.adding(.bold) }
        #expect(grid == empty)
        #expect(grid[-1, 0] == .blank && grid[0, 2] == .blank)
    }

    @Test func aGridOfNothingIsHarmless() {
        for size in [Size.zero, Size(columns: 0, rows: 5), Size(columns: 5, rows: 0), Size(columns: -3, rows: -3)] {
            var grid = CellGrid(size)
            grid.put("x", x: 0, y: 0, style: .plain)
            grid.fill(Rect(x: 0, y: 0, width: 9, height: 9), red)
            grid.putRule(x: 0, y: 0, width: 5, style: red)
            #expect(grid.cells.isEmpty)
            #expect(grid.styleRuns(row: 0) == [])
            #expect(grid.text == Array(repeating: "", count: size.rows))
        }
    }

    @Test func halfOfAWideGlyphIsNeverLeft() {
        var grid = grid(6, 1)
        grid.put("李雷李", x: 0, y: 0, style: .plain)
        grid.put("x", x: 1, y: 0, style: .plain)
        #expect(grid.text == [" x雷李"])
        grid.put("y", x: 2, y: 0, style: .plain)
        #expect(grid.text == [" xy 李"])
        grid.fill(Rect(x: 5, y: 0, width: 1, height: 1), red)
        #expect(grid.text == [" xy"])
    }

    @Test func aWideGlyphNeedsBothCells() {
        var grid = grid(3, 1)
        let cells = grid.put("李雷", x: 0, y: 0, style: .plain, overflow: .cut)
        #expect(cells == 2)
        #expect(grid.text == ["李"])
        let hasRoom = grid.put(Glyph("雷"), x: 2, y: 0, style: .plain)
        #expect(!hasRoom)
        #expect(grid.text == ["李"])
    }

    @Test func rightAlignedTextEndsAtItsColumn() {
        var grid = grid(10, 2)
        let start = grid.putRight("145.00", maxX: 10, y: 0, style: .plain)
        #expect(start == 4)
        let clippedStart = grid.putRight("CHF 145.00", maxX: 9, y: 1, maxWidth: 5, style: .plain)
        #expect(clippedStart == 5)
        #expect(grid.text == ["    145.00", "     CHF…"])
    }

    @Test func styleRunsCoverTheRow() {
        var grid = grid(6, 1)
        grid.put("ab", x: 2, y: 0, style: red)
        #expect(
            grid.styleRuns(row: 0) == [
                StyleRun(start: 0, length: 2, style: .plain), StyleRun(start: 2, length: 2, style: red),
                StyleRun(start: 4, length: 2, style: .plain),
            ])
    }

    @Test func changesAreFoundInWholeGlyphs() {
        var before = grid(8, 2)
        before.put("a李雷b", x: 0, y: 0, style: .plain)
        var after = before
        #expect(after.changedColumns(row: 0, since: before) == nil)
        #expect(after.changedColumns(row: 0, since: before) == nil)
        after.put("x", x: 2, y: 0, style: .plain)
        #expect(after.changedColumns(row: 0, since: before) == 1..<3)
        after = before
        after.restyle(Rect(x: 4, y: 0, width: 1, height: 1)) { $0.adding(.bold) }
        #expect(after.changedColumns(row: 0, since: before) == 3..<5)
        #expect(after.changedColumns(row: 0, since: before) != nil)
        #expect(after.changedColumns(row: 7, since: before) == nil)
        before.copy(3..<5, row: 0, from: after)
        #expect(before == after)
    }

    @Test func resettingKeepsNothing() {
        var grid = grid(5, 1)
        grid.put("lamp", x: 0, y: 0, style: red)
        grid.cursor = Point(x: 1, y: 0)
        grid.reset(Size(columns: 5, rows: 1))
        #expect(grid == self.grid(5, 1))
        grid.reset(Size(columns: 2, rows: 2))
        #expect(grid == self.grid(2, 2))
    }

    /// Whatever is drawn in whatever order: every wide glyph has its second half, and no half is alone.
    @Test func noHalfIsEverAlone() {
        var state: UInt64 = 3
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var grid = grid(12, 3)
        for step in 0..<5000 {
            let (x, y) = (next(16) - 2, next(4))
            switch next(4) {
            case 0: grid.put("李a雷", x: x, y: y, style: red)
            case 1: grid.put("🔥", x: x, y: y, clip: Rect(x: 1, y: 0, width: 7, height: 3), style: .plain)
            case 2: grid.fill(Rect(x: x, y: y, width: next(4), height: 2), red)
            default: grid.put("xyz", x: x, y: y, maxWidth: 2, style: .plain)
            }
            for y in 0..<3 {
                for x in 0..<12 {
                    let isSecond = grid[x, y].glyph.isContinuation
                    #expect(isSecond == (x > 0 && grid[x - 1, y].glyph.width == 2), "step \(step)")
                    #expect(x < 11 || grid[x, y].glyph.width < 2)
                }
            }
        }
    }
}
