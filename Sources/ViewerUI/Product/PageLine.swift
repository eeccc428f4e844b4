import AppCore
import Settings
import TerminalKit
import Text

/// A line of a page that is longer than the screen.
struct PageLine<Place: Hashable> {
    var parts: [(text: SafeText, role: Role)] = []
    var right: (text: SafeText, role: Role)?
    var isHeading = false
    /// Where the cursor can stand; the lines that follow with the same place belong to it.
    var place: Place?
    /// The whole row is drawn as chosen, and not only marked.
    var isRow = false

    /// Where its last part leads to.
    var address: SafeText?

    static var blank: PageLine { PageLine() }

    static func heading(_ title: SafeText, right: SafeText = "") -> PageLine {
        PageLine(parts: [(title, .accent)], right: right.isEmpty ? nil : (" " + right, .dim), isHeading: true)
    }
}

extension Canvas {
    /// As many lines as fit, so that what the cursor stands on is among them.
    mutating func drawPage<Place>(_ lines: [PageLine<Place>], at place: Place?, in area: Rect) {
        let chosen = place.flatMap { place in lines.firstIndex { $0.place == place } }
        let last = place.flatMap { place in lines.lastIndex { $0.place == place } } ?? 0
        var first = 0
        if let chosen, last >= area.height {
            first = max(last - area.height + 1, chosen - area.height / 3)
            first = max(0, min(first, chosen, lines.count - area.height))
        }
        for (row, line) in lines.dropFirst(first).prefix(area.height).enumerated() {
            if line.isHeading {
                rule(row: row, in: area)
                if let part = line.parts.first { put(part.text + " ", part.role, x: 0, row: row, in: area) }
            }
            let right = line.right.map { putRight($0.text, $0.role, right: area.width, row: row, in: area) }
            var x = line.place == nil ? 0 : 2
            for (index, part) in (line.isHeading ? [] : line.parts).enumerated() {
                let address = index == line.parts.count - 1 ? line.address : nil
                if let address { links.append(address) }
                x = put(
                    part.text, part.role, x: x, row: row, in: area, width: max(0, (right ?? area.width + 1) - x - 1),
                    leadingTo: address)
            }
            guard let chosen, line.place == place else { continue }
            if line.isRow {
                select(row: row, in: area)
            } else if first + row == chosen {
                put("›", .accent, x: 0, row: row, in: area)
                if !area.row(row).isEmpty { grid.cursor = Point(x: area.x, y: area.y + row) }
            }
        }
        if lines.count - first > area.height {
            // In the margin: every cell of the page is in use.
            let margin = Rect(x: area.x, y: area.y, width: area.width + 1, height: area.height)
            put("↓", .dim, x: area.width, row: area.height - 1, in: margin)
        }
    }
}
