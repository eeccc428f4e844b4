import TerminalKit
import Testing
import Text

@Suite struct GeometryTests {
    private let rect = Rect(x: 2, y: 3, width: 10, height: 4)

    @Test func sizesAreNeverNegative() {
        #expect(Rect(x: 0, y: 0, width: -4, height: -1).isEmpty)
        #expect(rect.inset(by: 3).height == 0)
        #expect(rect.intersection(Rect(x: 50, y: 50, width: 2, height: 2)).isEmpty)
        #expect(Size(columns: -1, rows: 5).isEmpty)
    }

    @Test func splitsShareWithoutLoss() {
        for cut in [-5, 0, 1, 3, 4, 9, Int.max] {
            let vertical = rect.split(top: cut)
            #expect(vertical.top.height + vertical.rest.height == 4 && vertical.rest.y == vertical.top.maxY)
            let bottom = rect.split(bottom: cut)
            #expect(bottom.rest.height + bottom.bottom.height == 4 && bottom.bottom.maxY == rect.maxY)
            let left = rect.split(left: cut)
            #expect(left.left.width + left.rest.width == 10 && left.rest.x == left.left.maxX)
            let right = rect.split(right: cut)
            #expect(right.rest.width + right.right.width == 10 && right.right.maxX == rect.maxX)
        }
        #expect(rect.split(bottom: 1).bottom == Rect(x: 2, y: 6, width: 10, height: 1))
    }

    @Test func rowsAndPoints() {
        #expect(rect.row(1) == Rect(x: 2, y: 4, width: 10, height: 1))
        #expect(rect.row(4).isEmpty && rect.row(-1).isEmpty)
        #expect(rect.contains(Point(x: 11, y: 6)) && !rect.contains(Point(x: 12, y: 6)))
        #expect(rect.intersection(Rect(x: 0, y: 0, width: 5, height: 5)) == Rect(x: 2, y: 3, width: 3, height: 2))
    }

    @Test(arguments: [Color.default, .ansi(9), .indexed(255), .rgb(1, 2, 3), .rgb(255, 255, 255)])
    func stylesArePackedWithoutLoss(color: Color) {
        let style = Style(foreground: color, background: .rgb(9, 8, 7), attributes: [.bold, .reverse])
        #expect(style.foreground == color && style.background == .rgb(9, 8, 7))
        #expect(style.attributes == [.bold, .reverse])
        #expect(style.on(color).background == color)
        #expect(style.adding(.dim).attributes == [.bold, .reverse, .dim])
    }

    @Test func theRecordingTerminalKeepsWhatDiffers() {
        let terminal = RecordingTerminal(size: Size(columns: 4, rows: 1))
        var grid = CellGrid(terminal.size)
        terminal.present(grid)
        terminal.present(grid)
        grid.put("x", x: 0, y: 0, style: .plain)
        terminal.present(grid)
        #expect(terminal.presentedFrames == 2 && terminal.lastGrid == grid)
        terminal.send(.key(.enter), .focus(true))
        terminal.resize(to: Size(columns: 9, rows: 2))
        terminal.flushInput()
        #expect(terminal.readEvents() == [.focus(true), .resize(Size(columns: 9, rows: 2))])
        #expect(terminal.readEvents() == [])
    }
}
