import AppCore
import Settings
import TerminalKit
import Text

extension Canvas {
    /// What just happened; a row that is being written over ends in a blank, and what it covers follows.
    mutating func drawTicker(_ ticker: Ticker, in area: Rect) {
        guard ticker.written > 0, ticker.written < area.width else {
            let first = ticker.written > 0 ? ticker.next(width: area.width) : ticker.first
            return drawTickerRow(ticker.row(from: first, width: area.width), in: area)
        }
        drawTickerRow(ticker.row(from: ticker.first, width: area.width), in: area)
        let (fresh, _) = area.split(left: ticker.written)
        grid.fill(Rect(x: area.x, y: area.y, width: ticker.written + 1, height: 1), theme[.text])
        drawTickerRow(ticker.row(from: ticker.next(width: area.width), width: area.width), in: fresh)
    }

    private mutating func drawTickerRow(_ items: ArraySlice<Ticker.Item>, in area: Rect) {
        var x = 0
        for item in items {
            if x > 0 { x = put(Ticker.separator, .dim, x: x, row: 0, in: area) }
            x = put(item.text, item.kind.role, x: x, row: 0, in: area)
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
