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
    /// Sizes that have nothing in common, some for each scene; all of them are `EverySizeSlowTests`'.
    private static func sizes(of scene: Scene) -> [Size] {
        let all = EverySize.all
        let start = scene.name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % all.count }
        return (0..<6).map { all[(start + $0 * 47) % all.count] } + [smallestScreen]
    }

    @Test(arguments: Scene.all) func someSizesAreDrawnAndNothingIsTorn(scene: Scene) {
        EverySize.check(scene, Self.sizes(of: scene))
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
