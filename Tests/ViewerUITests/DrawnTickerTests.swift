import AppCore
import Domain
import TerminalKit
import Testing

/// No frame shows anything that did not happen.
@Suite struct DrawnTickerTests {
    @Test func everyFrameHasTheItemsOfOneRow() { expectWholeRows(GoldenScreen.roleSize) }
}

@Suite struct DrawnTickerSlowTests {
    @Test(arguments: GoldenScreen.sizes) func everyFrameHasTheItemsOfOneRow(size: Size) { expectWholeRows(size) }
}

private func expectWholeRows(_ size: Size) {
    var stage = Stage.watching(.eventful)
    stage.act(.resized(columns: size.columns, rows: size.rows))
    stage.wait(.milliseconds(1))
    let width = size.columns - 2
    var rows: [String] = []
    var changes = 0
    for _ in 0..<600 {
        stage.wait(.milliseconds(250))
        let shown = GoldenScreen.frame(of: stage.state, size).grid.text[size.rows - 2]
        guard let ticker = stage.state.watch?.ticker else { return }
        let items = ticker.row(from: ticker.first, width: width)
        let words = items.map(\.text.string).joined(separator: Ticker.separator.string)
        #expect(shown == " " + words || items.count == 1, "a row of whole items")
        if shown != rows.last { changes += 1 }
        rows.append(shown)
    }
    // It stands for as long as it takes to be read: a change every five seconds is no more bytes than a line can take.
    #expect(Set(rows).count > 1 && (20...31).contains(changes))
}
