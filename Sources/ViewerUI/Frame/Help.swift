import AppCore
import Settings
import TerminalKit
import Text

extension Canvas {
    /// The keys of every context, made from the table that binds them; in two columns where there is room.
    mutating func drawHelp(_ keymap: Keymap, page: Int, in area: Rect) {
        var lines: [(keys: SafeText, help: SafeText?)] = []
        for context in KeyContext.allCases where context != .help {
            if !lines.isEmpty { lines.append(("", nil)) }
            lines.append((SafeText(context.title), nil))
            lines += keymap.helpRows(for: context).map { ($0.keys, $0.help) }
        }
        let columns = max(1, area.width / 64)
        let width = area.width / columns
        let perPage = max(1, columns * area.height)
        let first = min(max(0, page), (lines.count - 1) / perPage) * perPage
        for (index, line) in lines.dropFirst(first).prefix(perPage).enumerated() {
            let column = Rect(x: area.x + index / area.height * width, y: area.y, width: width - 1, height: area.height)
            let row = index % area.height
            guard let help = line.help else {
                put(line.keys, .strong, x: 1, row: row, in: column)
                continue
            }
            put(line.keys, .footerKey, x: 1, row: row, in: column, width: 15)
            put(help, .text, x: 17, row: row, in: column)
        }
    }
}
