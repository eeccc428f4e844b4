import AppCore
import Domain
import QRCode
import Settings
import TerminalKit
import Text

/// A grid being drawn, with the theme that turns roles into looks, and what can be clicked where.
package struct Canvas {
    package var grid: CellGrid
    package let theme: Theme
    package private(set) var targets: [(area: Rect, target: Target)] = []
    /// The total of the open buy pane, once all of it is on the screen.
    var shownTotal: Money?
    var shownQuote: QuoteID?
    /// The addresses in sight, from the top.
    var links: [SafeText] = []
    var chatWindow: ChatWindow?
    /// Whether there is help beyond this page.
    var hasMoreHelp = false

    package init(_ size: Size, theme: Theme) {
        grid = CellGrid(size, style: theme[.text])
        self.theme = theme
    }

    /// Puts text at a column of a row inside `area`, cut to it; returns the column after it. A terminal that can opens
    /// the address that it leads to.
    @discardableResult
    mutating func put(
        _ text: SafeText, _ role: Role, x: Int, row: Int, in area: Rect, width: Int = .max,
        leadingTo address: SafeText? = nil
    ) -> Int {
        guard row >= 0, row < area.height else { return x }
        let style = theme[role].linked(address.map { grid.link(to: $0) } ?? 0)
        let taken = grid.put(text, x: area.x + x, y: area.y + row, maxWidth: width, clip: area, style: style)
        return x + taken
    }

    /// Puts text so that it ends before column `right` of `area`; returns the column where it begins.
    @discardableResult
    mutating func putRight(_ text: SafeText, _ role: Role, right: Int, row: Int, in area: Rect) -> Int {
        guard row >= 0, row < area.height else { return right }
        return grid.putRight(text, maxX: area.x + right, y: area.y + row, clip: area, style: theme[role]) - area.x
    }

    /// Puts parts side by side, each whole: one that has no room left begins another row. Returns the rows taken.
    @discardableResult
    mutating func flow(
        _ parts: [(text: SafeText, role: Role)], gap: SafeText = "  ", row: Int, maxRows: Int = .max, in area: Rect
    ) -> Int {
        var (x, used) = (0, 0)
        for part in parts where !part.text.isEmpty {
            if x > 0, x + gap.width + part.text.width <= area.width {
                x = put(gap, .dim, x: x, row: row + used, in: area)
            } else if x > 0 {
                (x, used) = (0, used + 1)
            }
            guard used < maxRows else { return maxRows }
            x = put(part.text, part.role, x: x, row: row + used, in: area)
        }
        return x > 0 ? used + 1 : used
    }

    /// Puts a QR code with so many light modules on every side of it; it is drawn whole or not at all.
    mutating func put(_ code: QRCode, margin: Int, x: Int, row: Int, in area: Rect) {
        let rows = code.halfBlocks(margin: margin)
        guard x >= 0, row >= 0, x + code.size + 2 * margin <= area.width, row + rows.count <= area.height else {
            return
        }
        for (offset, text) in rows.enumerated() {
            let modules = SafeText(keepingSpaces: text)
            grid.put(modules, x: area.x + x, y: area.y + row + offset, clip: area, style: theme.code)
        }
    }

    mutating func rule(row: Int, in area: Rect) {
        guard row >= 0, row < area.height else { return }
        grid.putRule(x: area.x, y: area.y + row, width: area.width, style: theme[.rule])
    }

    /// A heading with a rule to the end of its row.
    mutating func heading(_ title: SafeText, row: Int, in area: Rect) {
        guard row >= 0, row < area.height else { return }
        rule(row: row, in: area)
        put(title + " ", .accent, x: 0, row: row, in: area)
    }

    /// Draws a row again in the look of the selection.
    mutating func select(row: Int, in area: Rect) {
        let selection = theme[.selection]
        grid.restyle(area.row(row)) { _ in selection }
        if !area.row(row).isEmpty { grid.cursor = Point(x: area.x, y: area.y + row) }
    }

    mutating func clickable(_ target: Target, _ area: Rect) {
        let visible = area.intersection(grid.bounds)
        if !visible.isEmpty { targets.append((visible, target)) }
    }
}
