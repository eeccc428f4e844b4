import AppCore
import Domain
import FieldOracle
import Settings
import TerminalKit
import Testing
import Text

@testable import ViewerUI

/// No size is too small, too wide or too odd for any state.
@Suite struct EverySizeTests {
    /// Every size around the smallest, where all is tightest, and from 1×1 to 200×60 in steps that share no factor.
    private static let sizes: [Size] =
        (39...45).flatMap { columns in (9...15).map { Size(columns: columns, rows: $0) } }
        + stride(from: 1, through: 200, by: 13).flatMap { columns in
            stride(from: 1, through: 60, by: 5).map { Size(columns: columns, rows: $0) }
        } + [Size(columns: 76, rows: 10), Size(columns: 200, rows: 60)]

    @Test(arguments: Scene.all) func everySizeIsDrawnAndNothingIsTorn(scene: Scene) {
        let state = scene.make()
        for size in Self.sizes {
            let frame = GoldenScreen.frame(of: state, size, theme: .terminal)
            #expect(frame.grid.size == size)
            if let torn = FieldOracle.tear(in: frame.grid) { Issue.record("\(size): half a glyph at \(torn)") }
            if let cursor = frame.grid.cursor { #expect(frame.grid.bounds.contains(cursor), "\(size)") }
            for target in frame.targets { #expect(frame.grid.bounds.intersection(target.area) == target.area) }
        }
    }

    /// Every cell holds what `SafeText` would leave as it is: nothing that moves a cursor or hides a letter.
    @Test(arguments: Scene.all) func cellsHoldOnlySafeText(scene: Scene) {
        let state = scene.make()
        for size in GoldenScreen.sizes {
            for line in GoldenScreen.frame(of: state, size).grid.text {
                #expect(SafeText(keepingSpaces: line).string == line)
            }
        }
    }

    /// A row of the screen belongs to the place it was drawn in: what is put beside a place changes nothing outside.
    @Test func nothingIsDrawnOutsideItsPlace() {
        let place = Rect(x: 5, y: 2, width: 9, height: 3)
        var canvas = Canvas(Size(columns: 24, rows: 8), theme: .plain)
        let words: SafeText = "紙と墨 Paper and ink ليلة"
        for row in -2...6 {
            for x in -4...12 { canvas.put(words, .text, x: x, row: row, in: place) }
            canvas.putRight(words, .text, right: place.width, row: row, in: place)
            canvas.heading(words, row: row, in: place)
            canvas.flow([(words, .text), (words, .text)], row: row, in: place)
        }
        for y in 0..<8 {
            for x in 0..<24 where !place.contains(Point(x: x, y: y)) {
                #expect(canvas.grid[x, y].glyph == .blank, "\(x), \(y)")
            }
        }
    }
}
