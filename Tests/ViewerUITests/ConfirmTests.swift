import AppCore
import Domain
import Settings
import TerminalKit
import Testing
import Text
import ViewerUI

/// A purchase is confirmed by the total that is on the screen, and by no other.
@Suite struct ConfirmTests {
    private let keymap = Keymap()

    @Test func wherePaneAndTotalAreShownEnterBuysAndElsewhereItDoesNot() throws {
        try Confirmable.expectTotals(columns: [39, 40, 76, 80], rows: [1, 9, 10, 16, 24, 30])
    }

    /// What Enter would order is on the screen: the SKU to its last letter, and how many.
    @Test func theSKUAndTheQuantityAreWholeWhereEnterBuys() throws {
        try Confirmable.expectLines(columns: [40, 76, 80], rows: [10, 16, 24])
    }

    @Test func aFrameWithAnotherTotalConfirmsNothing() {
        let before = Stage.buying().state
        let after = Stage.totalChanged.state
        let frame = GoldenScreen.frame(of: before, Size(columns: 80, rows: 24))
        #expect(keymap.action(for: .key(.enter), in: before, frame: frame) != nil)
        #expect(keymap.action(for: .key(.enter), in: after, frame: frame) == nil)
        #expect(keymap.action(for: .key(.enter), in: before, frame: nil) == nil)
        #expect(keymap.action(for: .key(.escape), in: after, frame: frame) != nil)
    }

    @Test func aChangedTotalIsShownWholeWhereverItCanBeConfirmed() {
        let state = Stage.totalChanged.state
        for columns in [40, 60, 76, 80, 140] {
            for rows in 10...30 {
                let text = GoldenScreen.frame(of: state, Size(columns: columns, rows: rows)).grid.text
                #expect(text.contains { $0.contains("124.00 → CHF 134.00") }, "\(columns)x\(rows)")
            }
        }
    }

    /// What is listed above the total is all of what makes it up, or nothing.
    @Test func figuresAddUpOrAreNotShown() {
        let state = Stage.buying().state
        for rows in 10...30 {
            let text = GoldenScreen.frame(of: state, Size(columns: 60, rows: rows)).grid.text.joined(separator: "\n")
            let shown = ["145.00\n", "−29.00\n", "8.00\n"].count { text.contains($0) }
            #expect(shown == 0 || shown == 3, "\(rows) rows")
        }
    }

    @Test func helpEndsWithItsLastPage() {
        var stage = Stage.open()
        stage.press(.help)
        let size = Size(columns: 80, rows: 24)
        var pages = 1
        while case .user(let intent)? = keymap.action(
            for: .key(KeyPress(.pageDown)), in: stage.state, frame: GoldenScreen.frame(of: stage.state, size)),
            pages < 30
        {
            stage.press(intent)
            pages += 1
        }
        let last = GoldenScreen.frame(of: stage.state, size)
        #expect(!last.hasMoreHelp && pages > 1 && stage.state.helpPage == pages - 1)
        #expect(last.grid.text.contains { $0.hasSuffix("page \(pages) of \(pages)") })
    }
}
