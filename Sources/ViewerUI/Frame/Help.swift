import AppCore
import Settings
import TerminalKit
import Text

/// A line of the help: a heading, a key with what it does, or more of what the key above does.
private enum HelpLine {
    case blank
    case heading(SafeText)
    case key(names: SafeText, help: SafeText, helpAt: Int)
}

extension Canvas {
    /// The keys of every context, made from the table that binds them, those of the page below first; in columns where
    /// there is room, and on pages where there is not.
    mutating func drawHelp(_ state: AppState, _ keymap: Keymap, in area: Rect) {
        let text = area.inset(top: 1)
        guard text.height > 0 else { return }
        let count = max(1, area.width / 64)
        let width = area.width / count
        let columns = helpColumns(
            state.contextBelowHelp, keymap, Size(columns: width - 1, rows: text.height))
        let pages = (columns.count + count - 1) / count
        let page = min(max(0, state.helpPage), pages - 1)
        hasMoreHelp = page + 1 < pages
        put("KEYS", .accent, x: 1, row: 0, in: area)
        if pages > 1 {
            let next = keymap.name(of: .pageDown, in: .help) + " " + keymap.name(of: .pageUp, in: .help)
            putRight(
                next + "   page \(page + 1) of \(pages)", .dim, right: area.width - 1, row: 0, in: area)
        }
        for (index, column) in columns.dropFirst(page * count).prefix(count).enumerated() {
            let place = Rect(x: text.x + index * width, y: text.y, width: width - 1, height: text.height)
            for (row, line) in column.enumerated() {
                switch line {
                case .blank: break
                case .heading(let title): put(title, .strong, x: 1, row: row, in: place)
                case .key(let names, let help, let helpAt):
                    put(names, .footerKey, x: 1, row: row, in: place, width: helpAt - 2)
                    put(help, .text, x: helpAt, row: row, in: place)
                }
            }
        }
    }

    /// The sections in columns of a size; none has a heading alone at its foot or a blank at its head.
    private func helpColumns(_ first: KeyContext, _ keymap: Keymap, _ size: Size) -> [[HelpLine]] {
        var columns: [[HelpLine]] = []
        var column: [HelpLine] = []
        let sections =
            ([first] + KeyContext.allCases.filter { $0 != first && $0 != .help }).map {
                (title: SafeText($0.title), rows: keymap.helpRows(for: $0))
            } + [(title: "After " + keymap.name(of: .command, in: .list), rows: Keymap.commandRows)]
        for section in sections {
            if column.count + 3 > size.rows {
                columns.append(column)
                column = []
            }
            if !column.isEmpty { column.append(.blank) }
            column.append(.heading(section.title))
            let rows = section.rows
            let helpAt = 3 + min(size.columns / 2, rows.map(\.keys.width).max() ?? 0)
            for row in rows {
                let lines = row.help.wrapped(width: max(1, size.columns - helpAt), maxLines: size.rows)
                if column.count + lines.count > size.rows {
                    columns.append(column)
                    column = []
                }
                for (index, line) in lines.enumerated() {
                    column.append(.key(names: index == 0 ? row.keys : "", help: line, helpAt: helpAt))
                }
            }
        }
        return columns + [column]
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
