import AppCore
import Domain
import Settings
import TerminalKit
import Text

/// What a frame is: the grid to present, and what a click or a key in it would mean.
package struct Frame {
    package var grid: CellGrid
    package var targets: [(area: Rect, target: Target)]
    /// The total that the buy pane shows in full; what is not on the screen cannot be confirmed.
    package var shownTotal: Money?
    /// Whose total that is: another product's may be the same amount.
    package var shownQuote: QuoteID?
    /// The products that the frame names beside the keys that buy them; nil where it names none.
    package var buyChoice: BuyChoice?
    /// The addresses in sight, from the top.
    package var links: [SafeText] = []
    /// What of the chat is in sight; nil where there is none.
    package var chatWindow: ChatWindow?
    /// Whether there is help beyond the page that is drawn.
    package var hasMoreHelp = false

    package func target(x: Int, y: Int) -> Target? {
        targets.last { $0.area.contains(Point(x: x, y: y)) }?.target
    }
}

/// The smallest screen on which everything can be reached.
package let smallestScreen = Size(columns: 40, rows: 10)

/// The whole screen for a state. Pure: the same state, size and theme give the same frame.
/// - Parameter drawings: how each kind of page is drawn.
package func draw(
    _ state: AppState, size: Size, theme: Theme, keymap: Keymap, drawings: [PageDrawing] = PageDrawing.all
) -> Frame {
    var canvas = Canvas(size, theme: theme)
    let screen = Rect(size)
    guard size.columns >= smallestScreen.columns, size.rows >= smallestScreen.rows else {
        let words = SafeText("Vitrine needs \(smallestScreen.columns) columns and \(smallestScreen.rows) rows.")
        for (row, line) in words.wrapped(width: max(1, size.columns), maxLines: max(1, size.rows)).enumerated() {
            canvas.put(line, .text, x: 0, row: row, in: screen)
        }
        return Frame(grid: canvas.grid, targets: [])
    }
    let (header, belowHeader) = screen.split(top: size.rows >= 14 ? 2 : 1)
    let (body, footer) = belowHeader.split(bottom: 2)
    let payment = state.isHelpOpen ? nil : state.payment
    if let payment, let order = state.orderBeingPaid, !PaymentLayout(payment.code, in: body).isComfortable {
        canvas.drawPayment(payment, of: order, state, in: screen.split(bottom: 1).rest, hasNotice: true)
        canvas.drawKeys(state, keymap, in: footer.row(1))
        return Frame(grid: canvas.grid, targets: canvas.targets, links: canvas.links)
    }
    canvas.drawHeader(state, in: header)
    canvas.clickable(.list, body)
    if state.isHelpOpen {
        canvas.drawHelp(state, keymap, in: body)
    } else if let payment, let order = state.orderBeingPaid {
        canvas.drawPayment(payment, of: order, state, in: body, hasNotice: false)
    } else {
        let page = state.front
        _ = drawings.first { $0.draw(&canvas, page, state, keymap, body) }
    }
    canvas.drawFooter(state, keymap, in: footer)
    return Frame(
        grid: canvas.grid, targets: canvas.targets, shownTotal: canvas.shownTotal, shownQuote: canvas.shownQuote,
        buyChoice: state.buyChoice, links: canvas.links, chatWindow: canvas.chatWindow,
        hasMoreHelp: canvas.hasMoreHelp)
}
