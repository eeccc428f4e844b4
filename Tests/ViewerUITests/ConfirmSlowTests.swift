import AppCore
import Domain
import Settings
import TerminalKit
import Testing
import Text
import ViewerUI

/// The same as in `ConfirmTests`, at every size that makes a difference.
@Suite struct ConfirmSlowTests {
    @Test func wherePaneAndTotalAreShownEnterBuysAndElsewhereItDoesNot() throws {
        try Confirmable.expectTotals(columns: [1, 39, 40, 41, 60, 75, 76, 80, 120, 200], rows: 1...30)
    }

    @Test func theSKUAndTheQuantityAreWholeWhereEnterBuys() throws {
        try Confirmable.expectLines(columns: [40, 41, 60, 75, 76, 80, 120, 140], rows: 10...30)
    }
}

/// Scenes in which Enter buys.
enum Confirmable {
    private static let keymap = Keymap()
    private static let names = [
        "buy", "buy-total-changed", "buy-dearer-refused", "buy-declined", "buy-long-names", "product-buying",
    ]

    static func expectTotals(columns: [Int], rows: some Sequence<Int>) throws {
        for name in names {
            let state = try #require(Scene.all.first { $0.name == name }).make()
            let total = try #require(state.total)
            for columns in columns {
                for rows in rows {
                    let size = Size(columns: columns, rows: rows)
                    let frame = GoldenScreen.frame(of: state, size)
                    let isOnScreen = frame.grid.text.contains {
                        $0.contains("Total ") && $0.hasSuffix(Phrase.money(total).string)
                    }
                    let isBig = columns >= smallestScreen.columns && rows >= smallestScreen.rows
                    #expect(isOnScreen == isBig, "\(name) at \(size)")
                    #expect((frame.shownTotal == total) == isOnScreen, "\(name) at \(size)")
                    #expect(
                        (keymap.action(for: .key(.enter), in: state, frame: frame) != nil) == isOnScreen,
                        "\(name) at \(size)")
                }
            }
        }
    }

    static func expectLines(columns: [Int], rows: some Sequence<Int>) throws {
        for name in names {
            let state = try #require(Scene.all.first { $0.name == name }).make()
            let pane = try #require(state.buy)
            let sku = pane.sku.rawValue.filter { $0 != " " }
            for columns in columns {
                for rows in rows {
                    let size = Size(columns: columns, rows: rows)
                    let frame = GoldenScreen.frame(of: state, size)
                    guard keymap.action(for: .key(.enter), in: state, frame: frame) != nil else { continue }
                    // Rows of the pane, which stands at the right, end with what is in it.
                    let text = frame.grid.text
                    #expect(text.contains { $0.filter { $0 != " " }.contains(sku) }, "\(name) at \(size)")
                    let quantity = text.contains {
                        $0.contains("Quantity \(pane.quantity)") || $0.contains("‹ Quantity \(pane.quantity) ›")
                            || $0.contains("Quantity     \(pane.quantity)")
                            || $0.contains("Quantity   ‹ \(pane.quantity) ›")
                    }
                    #expect(quantity, "\(name) at \(size)")
                }
            }
        }
    }
}

extension AppState {
    fileprivate var total: Money? { if case .ready(let quote)? = buy?.quote { quote.total } else { nil } }
}
