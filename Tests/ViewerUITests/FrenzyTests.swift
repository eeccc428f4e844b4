import AppCore
import FieldOracle
import TerminalKit
import Testing
import ViewerUI

/// Keys, clicks, pastes, sizes, messages and answers in no order, through the real reducer and the real drawing. There are
/// 10 000 of them in `FrenzySlowTests`.
@Suite struct FrenzyTests {
    @Test func whateverHappensForAWhileEveryRowIsWhole() {
        var frenzy = Frenzy(seed: 6)
        for number in 1...400 {
            frenzy.step()
            frenzy.expectWhole("step \(number)")
        }
        #expect(frenzy.contexts.count > 3)
    }
}

@Suite struct FrenzySlowTests {
    @Test func whateverHappensEveryRowIsWhole() {
        var contexts: Set<KeyContext> = []
        var restarts = 0
        for seed in 1...5 as ClosedRange<UInt64> {
            var frenzy = Frenzy(seed: seed)
            for number in 1...2000 {
                frenzy.step()
                frenzy.expectWhole("seed \(seed), step \(number)")
            }
            contexts.formUnion(frenzy.contexts)
            restarts += frenzy.restarts
        }
        // It has been everywhere, and has come back.
        #expect(contexts == Set(KeyContext.allCases))
        #expect(restarts > 0)
    }
}

extension Frenzy {
    fileprivate func expectWhole(_ place: String) {
        let grid = frame.grid
        if let torn = FieldOracle.tear(in: grid) { Issue.record("\(place): half a glyph at \(torn)") }
        #expect(grid.size == Size(columns: state.columns, rows: state.rows), "\(place)")
        if let cursor = grid.cursor { #expect(grid.bounds.contains(cursor), "\(place)") }
        for target in frame.targets where grid.bounds.intersection(target.area) != target.area {
            Issue.record("\(place): \(target.target) lies outside")
        }
    }
}
