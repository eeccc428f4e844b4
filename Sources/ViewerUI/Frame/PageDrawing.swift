import AppCore
import TerminalKit

/// The drawing of one kind of page, in the part of the screen between the header and the footer.
package struct PageDrawing: Sendable {
    /// Draws a page of this kind; false for one of another kind, which it does not draw.
    let draw: @Sendable (inout Canvas, any PageFeature, AppState, Keymap, Rect) -> Bool

    package init<Drawn: PageFeature>(
        _ kind: Drawn.Type, _ draw: @escaping @Sendable (inout Canvas, Drawn, AppState, Keymap, Rect) -> Void
    ) {
        self.draw = { canvas, page, state, keymap, area in
            guard let page = page as? Drawn else { return false }
            draw(&canvas, page, state, keymap, area)
            return true
        }
    }

    /// The drawings of all pages. A new page is a line here.
    package static let all: [PageDrawing] = [
        PageDrawing(ScheduleState.self) { $0.drawSchedule($2, $3, in: $4) },
        PageDrawing(FollowState.self) { $0.drawFollowing($2, $3, in: $4) },
        PageDrawing(OrdersState.self) { $0.drawOrders($2, $3, in: $4) },
        PageDrawing(WishState.self) { $0.drawWishList($2, $3, in: $4) },
        PageDrawing(WatchPage.self) { $0.drawWatch($1, $2, $3, in: $4) },
        PageDrawing(HostPageState.self) { $0.drawHostPage($1, $2, in: $4) },
        PageDrawing(ProductPageState.self) { $0.drawProductPage($1, $2, $3, in: $4) },
        PageDrawing(OrderPageState.self) { $0.drawOrderPage($1, $2, $3, in: $4) },
    ]
}

extension Canvas {
    fileprivate mutating func drawWatch(_ page: WatchPage, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        if let watch = state.watch { drawWatch(watch, state, keymap, in: area) }
    }

    /// An order that nobody knows of leaves its list in sight.
    fileprivate mutating func drawOrderPage(_ page: OrderPageState, _ state: AppState, _ keymap: Keymap, in area: Rect)
    {
        guard let order = state.orderOnPage else {
            return drawOrders(state, keymap, in: area)
        }
        drawOrderPage(page, order, state, keymap, in: area)
    }
}
