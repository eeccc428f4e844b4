import AppCore
import TerminalKit
import Testing

/// What a step of the ticker costs a slow line.
@Suite struct TickerTests {
    @Test(arguments: GoldenScreen.sizes) func aStepChangesAFewCells(size: Size) {
        var stage = Stage.watching(.eventful)
        stage.act(.resized(columns: size.columns, rows: size.rows))
        stage.wait(.milliseconds(1))
        let row = size.rows - 2
        var before = GoldenScreen.frame(of: stage.state, size).grid
        var steps = 0
        var rows: Set<String> = [before.text[row]]
        for _ in 0..<2_000 {
            stage.wait(Ticker.stepInterval)
            let after = GoldenScreen.frame(of: stage.state, size).grid
            let changed = (0..<size.columns).count { after[$0, row] != before[$0, row] }
            // The cells written, and the gap before what is covered; a wide letter may be cut in two.
            #expect(changed <= Ticker.cellsPerStep + 3)
            if changed > 0 { steps += 1 }
            if stage.state.watch?.ticker.written == 0 { rows.insert(after.text[row]) }
            before = after
        }
        #expect(steps > 100 && rows.count > 1)
    }
}
