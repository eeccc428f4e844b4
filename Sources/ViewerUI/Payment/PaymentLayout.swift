import QRCode
import TerminalKit

/// Where the code of a payment's page is, and the words about it: beside each other, or on a narrow screen one above
/// the other. A code that the screen has no room for is left out.
struct PaymentLayout {
    struct CodePlace {
        let margin: Int
        /// With the margin.
        let area: Rect
    }

    /// Fewer light modules around it than this, and readers take the screen's text for a part of it. The standard has 4.
    static let margins = [4, 3, 2]
    /// Narrower than this, an address is broken into crumbs.
    private static let wordsWidth = 28
    private static let wordsRows = 9
    private static let gap = 3

    let code: CodePlace?
    let words: Rect

    /// The code has all the light around it that it should have, beside the words.
    var isComfortable: Bool { code.map { $0.margin == Self.margins[0] && $0.area.y == words.y } ?? false }

    init(_ code: QRCode?, in area: Rect) {
        let area = area.inset(left: 1, right: 1)
        for margin in Self.margins {
            guard let code else { break }
            let (columns, rows) = (code.size + 2 * margin, (code.size + 2 * margin + 1) / 2)
            guard columns <= area.width, rows <= area.height else { continue }
            let rest = area.width - columns - Self.gap
            if rest >= Self.wordsWidth {
                // Together they stand in the middle of a large screen.
                let width = min(rest, 46)
                let x = area.x + (area.width - columns - Self.gap - width) / 2
                let y = area.y + (area.height - rows) / 3
                self.code = CodePlace(margin: margin, area: Rect(x: x, y: y, width: columns, height: rows))
                words = Rect(x: x + columns + Self.gap, y: y, width: width, height: area.height - (y - area.y))
                return
            }
            guard area.height - rows >= Self.wordsRows else { continue }
            let place = Rect(
                x: area.x + (area.width - columns) / 2, y: area.y + area.height - rows, width: columns, height: rows)
            self.code = CodePlace(margin: margin, area: place)
            words = Rect(x: area.x, y: area.y, width: area.width, height: area.height - rows)
            return
        }
        self.code = nil
        words = area
    }
}
