import AppCore
import Domain
import QRCode
import Text
import ViewerUI

/// The payment of an order on the shop's page, in lines.
struct Payment {
    let session: Session

    /// The page's address as a code; on a terminal as wide as the window allows.
    func draw(_ page: PaymentPage) {
        guard let code = QRCode(page.address.string) else {
            return Output.complain("the address is too long for a code")
        }
        let room = Output.columns ?? .max
        guard let margin = [4, 2].first(where: { code.size + 2 * $0 <= room }) else {
            return Output.complain("no room for the code: it needs a window of \(code.size + 4) columns")
        }
        Output.code(code.halfBlocks(margin: margin))
    }

    /// Asks the shop until the order is no longer unpaid, or its page has been over for a while.
    /// - Parameter pause: lets time pass; false ends the wait.
    /// - Returns: the order as it is then.
    func outcome(of order: Order, pause: (Duration) -> Bool) throws -> Order {
        let book = OrderBook(session: session)
        let start = session.now
        let end = order.checkoutExpiresAt.map { $0 + .seconds(600) } ?? session.serverNow + .seconds(86_400)
        var (order, isAway) = (order, false)
        while order.status == .unpaid, session.serverNow < end {
            guard pause(PaymentWatch.interval(after: session.now - start)) else { break }
            do {
                order = try book.look(at: order.id)
                isAway = false
            } catch let failure as CommandFailure where failure.status == .network {
                if !isAway { Output.complain("\(failure.description); it is asked again") }
                isAway = true
            }
        }
        return order
    }

    /// The shop has the order, and has not taken the payment.
    static func notPaid(_ order: Order) -> CommandFailure {
        let reason = order.declined.map { ": \($0)" } ?? ""
        let place = order.paymentPage == nil ? "its e-mails say how it can be paid" : "its page still takes the payment"
        return CommandFailure(
            .refused, "not paid\(reason) – the shop keeps \(order.name.string.lowercased()), unpaid, and \(place)")
    }

    /// As a command waits.
    /// - Throws: `CommandFailure` where it was not paid.
    func wait(for order: Order) throws -> Order {
        let order = try outcome(of: order) {
            session.patience.pause($0)
            return true
        }
        guard order.status != .gone else { throw CommandFailure(.refused, "\(Phrase.gone)") }
        guard order.status != .unpaid, order.status != .cancelled else {
            throw CommandFailure(.refused, "order \(order.id) was not paid: it is \(Phrase.status(of: order))")
        }
        return order
    }
}
