import AppCore
import Settings
import TerminalKit
import Text

/// A line of the help: a heading, a key with what it does, or a blank.
private enum HelpLine {
    case blank
    case heading(SafeText)
    case key(names: SafeText, help: SafeText)

    var namesWidth: Int { if case .key(let names, _) = self { names.width } else { 0 } }
}

extension Canvas {
    /// The keys of every context, made from the table that binds them, those of the page below first; in columns where
    /// there is room, and on pages where there is not.
    mutating func drawHelp(_ state: AppState, _ keymap: Keymap, in area: Rect) {
        let text = area.inset(top: 1)
        guard text.height > 0 else { return }
        let count = max(1, area.width / 64)
        let width = area.width / count
        let columns = helpColumns(state.contextBelowHelp, keymap, height: text.height)
        let pages = (columns.count + count - 1) / count
        let page = min(max(0, state.helpPage), pages - 1)
        hasMoreHelp = page + 1 < pages
        put("KEYS", .accent, x: 1, row: 0, in: area)
        if pages > 1 {
            let next = keymap.name(of: .pageDown, in: .help) + " " + keymap.name(of: .pageUp, in: .help)
            putRight(
                next + "   page \(page + 1) of \(pages)", .dim, right: area.width - 1, row: 0, in: area)
        }
        // One width on all pages: keys and words keep their places when the page is turned.
        let namesWidth = min(width / 2, columns.joined().map(\.namesWidth).max() ?? 0)
        for (index, column) in columns.dropFirst(page * count).prefix(count).enumerated() {
            let place = Rect(x: text.x + index * width, y: text.y, width: width - 1, height: text.height)
            for (row, line) in column.enumerated() {
                switch line {
                case .blank: break
                case .heading(let title): put(title, .strong, x: 1, row: row, in: place)
                case .key(let names, let help):
                    put(names, .footerKey, x: 1, row: row, in: place, width: namesWidth)
                    put(help, .text, x: namesWidth + 3, row: row, in: place)
                }
            }
        }
    }

    /// The sections in columns of a height; none has a heading alone at its foot or a blank at its head.
    private func helpColumns(_ first: KeyContext, _ keymap: Keymap, height: Int) -> [[HelpLine]] {
        var columns: [[HelpLine]] = [[]]
        for context in [first] + KeyContext.allCases.filter({ $0 != first && $0 != .help }) {
            if columns[columns.count - 1].count + 3 > height {
                columns.append([])
            } else if !columns[columns.count - 1].isEmpty {
                columns[columns.count - 1].append(.blank)
            }
            columns[columns.count - 1].append(.heading(SafeText(context.title)))
            for row in keymap.helpRows(for: context) {
                if columns[columns.count - 1].count == height { columns.append([]) }
                columns[columns.count - 1].append(.key(names: row.keys, help: row.help))
            }
        }
        return columns
    }
}

extension AppState {
    /// Where the keys had their meaning before the help was opened.
    fileprivate var contextBelowHelp: KeyContext {
        var below = self
        below.isHelpOpen = false
        return below.context
    }
}
