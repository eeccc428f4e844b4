import AppCore
import TerminalKit
import Testing
import ViewerUI

/// A code where there is room for it. Another program reads it in `PaymentCodeSlowTests`.
@Suite struct PaymentCodeTests {
    /// Where it would be cut, or run into the text, there is none: half a code is no code.
    @Test func aScreenWithoutRoomHasNone() throws {
        for size in [(60, 16), (40, 10), (60, 20), (44, 26)] {
            let frame = GoldenScreen.frame(of: Stage.paying().state, Size(columns: size.0, rows: size.1))
            #expect(!frame.grid.text.joined().contains("▀"), "\(size)")
        }
    }
}
