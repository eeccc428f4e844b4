import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawPlaced(_ order: Order, _ keymap: Keymap, in area: Rect) {
        let isUnpaid = order.status == .unpaid
        put("Order placed ✓", .ok, x: 0, row: 1, in: area)
        var lines: [SafeText] = ["Order " + SafeText(order.id.rawValue) + " · " + Phrase.status(order.status)]
        lines += order.lines.map { SafeText("\($0.quantity) × ") + $0.title }
        lines.append("Total " + Phrase.money(order.total))
        var row = 3
        for line in lines.flatMap({ $0.wrapped(width: area.width, maxLines: 2) }) {
            put(line, .text, x: 0, row: row, in: area)
            row += 1
        }
        if isUnpaid, let url = order.checkoutURL {
            put("It is yours once you have paid at", .warning, x: 0, row: row + 1, in: area)
            for (offset, line) in SafeText(url).wrapped(width: area.width, maxLines: 4).enumerated() {
                put(line, .accent, x: 0, row: row + 2 + offset, in: area)
            }
        } else {
            put("4 shows your orders.", .dim, x: 0, row: row + 1, in: area)
        }
        put(keymap.name(of: .confirm, in: .buy) + " close", .accent, x: 0, row: area.height - 1, in: area)
    }

    mutating func drawUnknown(_ key: String, _ keymap: Keymap, in area: Rect) {
        put("Perhaps bought", .warning, x: 0, row: 1, in: area)
        let words: SafeText =
            "The shop's answer was lost on the way. It is being asked what became of the order; it will not be bought twice. Orders shows the outcome, also after a restart."
        for (row, line) in words.wrapped(width: area.width, maxLines: 8).enumerated() {
            put(line, .text, x: 0, row: 3 + row, in: area)
        }
        put(keymap.name(of: .confirm, in: .buy) + " close", .accent, x: 0, row: area.height - 1, in: area)
    }
}
