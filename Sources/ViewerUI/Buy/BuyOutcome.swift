import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawPlaced(_ order: Order, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        var facts: [SafeText] = [order.name + " · " + Phrase.status(of: order)]
        facts += order.lines.map { SafeText("\($0.quantity) × ") + $0.title }
        facts.append(order.totalLabel + " " + Phrase.money(order.total))
        facts += [Phrase.arrival(of: order)].compactMap { $0 }
        let isOpen = order.isNotPaid || order.status == .cancelled
        let heading: (SafeText, Role) =
            isOpen ? (Phrase.placed(order), .warning) : (Phrase.placed(order) + " ✓", .ok)
        var parts: [[(SafeText, Role)]] = [[heading], facts.map { ($0, .text) }]
        parts += order.remarks.map { [($0, .warning)] }
        let orders = keymap.name(of: .ordersTab, in: .list)
        if let page = order.paymentPage {
            let words: SafeText? =
                order.isHandedOver
                ? Phrase.handedOver : order.awaitsTransfer ? nil : Phrase.deadline(of: order, now: state.serverNow)
            parts.append((words.map { [($0, .warning)] } ?? []) + [(page.address, .link)])
            let pays = keymap.name(of: .pay, in: .buy) + (order.isNotPaid ? " pays, by a code" : " shows a code")
            parts.append([(pays + ", " + keymap.name(of: .copyLink, in: .buy) + " copies the link.", .dim)])
        } else if order.isNotPaid {
            let words = Phrase.deadline(of: order, now: state.serverNow)
            parts.append([(words + " It names no page for it that this program opens.", .warning)])
            parts.append([(orders + " shows your orders.", .dim)])
        } else {
            parts.append([(orders + " shows your orders.", .dim)])
        }
        drawOutcome(parts, keymap, in: area)
    }

    /// - Parameter intent: the purchase, while it is not known what became of it.
    mutating func drawUnknown(_ intent: OrderIntent?, _ keymap: Keymap, in area: Rect) {
        let isUnsent = intent?.state == .committed
        let words: SafeText =
            isUnsent
            ? "It could not be written down that it goes out, so it has not gone out. That is tried again while its price holds."
            : "The shop has not said yes or no. It is asked again until it does; nothing is bought twice."
        let facts: [(SafeText, Role)] =
            intent.map {
                [
                    (SafeText("\($0.quantity) × ") + $0.title, .text),
                    (Phrase.money($0.maximumTotal) + " at most", .text),
                ]
            } ?? []
        let whereabouts = keymap.name(of: .ordersTab, in: .list) + " shows how it ends, also after a restart."
        let heading: SafeText = isUnsent ? "Not sent yet" : "Perhaps bought"
        let paragraphs = [[(heading, Role.warning)], facts, [(words, .text)], [(whereabouts, .dim)]]
        drawOutcome(paragraphs.filter { !$0.isEmpty }, keymap, in: area)
    }

    /// Paragraphs under the heading, apart where there is room, and the way out on the last row.
    private mutating func drawOutcome(_ paragraphs: [[(SafeText, Role)]], _ keymap: Keymap, in area: Rect) {
        let wrapped = paragraphs.map { paragraph in
            paragraph.flatMap { text, role in
                text.wrapped(width: area.width).map { (line: $0, role: role, address: role == .link ? text : nil) }
            }
        }
        links += paragraphs.joined().filter { $0.1 == .link }.map(\.0)
        // The footer names the key, too.
        let isRoomy = wrapped.joined().count + wrapped.count + 2 <= area.height
        heading("BUY", row: 0, in: area)
        var row = 1
        for paragraph in wrapped {
            if isRoomy { row += 1 }
            for part in paragraph {
                put(part.line, part.role, x: 0, row: row, in: area, leadingTo: part.address)
                row += 1
            }
        }
        guard isRoomy else { return }
        put(keymap.name(of: .confirm, in: .buy) + " close", .accent, x: 0, row: area.height - 1, in: area)
    }
}
