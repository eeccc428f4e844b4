import AppCore
import Settings
import TerminalKit
import Text

extension Canvas {
    /// What just happened; a row that is being written over ends in a blank, and what it covers follows.
    mutating func drawTicker(_ ticker: Ticker, in area: Rect) {
        guard ticker.written > 0, ticker.written < area.width else {
            let first = ticker.written > 0 ? ticker.next(width: area.width) : ticker.first
            return drawTickerRow(ticker.row(from: first, width: area.width), .ellipsis, in: area)
        }
        drawTickerRow(ticker.row(from: ticker.first, width: area.width), .ellipsis, in: area)
        let (fresh, _) = area.split(left: ticker.written)
        grid.fill(Rect(x: area.x, y: area.y, width: ticker.written + 1, height: 1), theme[.text])
        drawTickerRow(ticker.row(from: ticker.next(width: area.width), width: area.width), .cut, in: fresh)
    }

    private mutating func drawTickerRow(
        _ items: ArraySlice<Ticker.Item>, _ overflow: Overflow, in area: Rect
    ) {
        var x = area.x
        for item in items {
            let parts: [(text: SafeText, role: Role)] =
                (x > area.x ? [(Ticker.separator, .dim)] : []) + [(item.text, item.kind.role)]
            for part in parts {
                x += grid.put(part.text, x: x, y: area.y, clip: area, style: theme[part.role], overflow: overflow)
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
