import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    /// Why it goes back, then the question; the shop is asked by the second key alone.
    mutating func drawReturn(_ draft: ReturnDraft, of order: Order, _ keymap: Keymap, in area: Rect) {
        heading("SEND IT BACK", row: 0, in: area)
        let isRoomy = area.height >= ReturnReason.allCases.count + 6
        var row = isRoomy ? 2 : 1
        // On the smallest screen every reason is on it, and the question is not.
        if draft.stage != .choosing || area.height > ReturnReason.allCases.count + 1 {
            put(draft.stage == .choosing ? "Why?" : "Because:", .dim, x: 0, row: row, in: area)
            row += 1
        }
        for reason in ReturnReason.allCases where draft.stage == .choosing || reason == draft.reason {
            put(Phrase.reason(reason), .text, x: 2, row: row, in: area)
            if draft.stage == .choosing, reason == draft.reason { select(row: row, in: area) }
            row += 1
        }
        if isRoomy { row += 1 }
        let enter = keymap.name(of: .confirm, in: .order)
        let (words, role): (SafeText, Role) =
            switch draft.stage {
            case .choosing: (enter + " goes on. Nothing is asked yet.", .dim)
            case .confirming:
                (
                    enter + " asks the shop to take back order " + SafeText(order.id.rawValue) + ", "
                        + Phrase.money(order.total) + ".", .warning
                )
            case .asking: ("Asking the shop…", .dim)
            }
        for line in words.wrapped(width: area.width, maxLines: 3) {
            put(line, role, x: 0, row: row, in: area)
            row += 1
        }
    }
}
