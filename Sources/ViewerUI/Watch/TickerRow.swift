import AppCore
import Settings
import TerminalKit
import Text

extension Canvas {
    /// What just happened.
    mutating func drawTicker(_ ticker: Ticker, in area: Rect) {
        let items = ticker.row(from: ticker.first, width: area.width)
        var x = area.x
        for item in items {
            let parts: [(text: SafeText, role: Role)] =
                (x > area.x ? [(Ticker.separator, .dim)] : []) + [(item.text, item.kind.role)]
            for part in parts {
                x += grid.put(part.text, x: x, y: area.y, clip: area, style: theme[part.role])
            }
        }
    }
}

extension Ticker.Kind {
    fileprivate var role: Role {
        switch self {
        case .onAir: .live
        case .priceDrop: .priceDrop
        case .restock: .ok
        case .almostGone: .stockLow
        case .soldOut: .soldOut
        case .offer: .offer
        }
    }
}
