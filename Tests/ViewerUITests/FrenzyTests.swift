import AppCore
import FieldOracle
import TerminalKit
import Testing
import ViewerUI

/// 10 000 keys, clicks, pastes, sizes, messages and answers in no order, through the real reducer and the real drawing.
@Suite struct FrenzyTests {
    @Test func whateverHappensEveryRowIsWhole() {
        var contexts: Set<KeyContext> = []
        var restarts = 0
        for seed in 1...5 as ClosedRange<UInt64> {
            var frenzy = Frenzy(seed: seed)
            for number in 1...2000 {
                frenzy.step()
                expectWhole(frenzy, "seed \(seed), step \(number)")
            }
            contexts.formUnion(frenzy.contexts)
            restarts += frenzy.restarts
        }
        // It has been everywhere, and has come back.
        #expect(contexts == Set(KeyContext.allCases))
        #expect(restarts > 0)
    }

    private func expectWhole(_ frenzy: Frenzy, _ place: String) {
        let grid = frenzy.frame.grid
        if let torn = FieldOracle.tear(in: grid) { Issue.record("\(place): half a glyph at \(torn)") }
        #expect(grid.size == Size(columns: frenzy.state.columns, rows: frenzy.state.rows), "\(place)")
        if let cursor = grid.cursor { #expect(grid.bounds.contains(cursor), "\(place)") }
        for target in frenzy.frame.targets where grid.bounds.intersection(target.area) != target.area {
            Issue.record("\(place): \(target.target) lies outside")
        }
    }
}
