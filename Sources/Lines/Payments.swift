import AppCore
import Domain
import Engine
import QRCode
import ShopAccess
import Text
import ViewerUI

extension Session {
    /// Draws the address of a page as a code; on a terminal as wide as the window allows.
    package func draw(_ page: PaymentPage) {
        guard let code = QRCode(page.address.string) else {
            return Output.complain("the address is too long for a code")
        }
        let room = Output.columns ?? .max
        guard let margin = [4, 2].first(where: { code.size + 2 * $0 <= room }) else {
            return Output.complain("no room for the code: it needs a window of \(code.size + 4) columns")
        }
        Output.code(code.halfBlocks(margin: margin))
    }

    /// Asks the shop until an order is no longer unpaid, or its page has been over for a while.
    /// - Parameter pause: lets time pass; false ends the wait.
    /// - Returns: the order as it is then.
    package func awaitPayment(of order: Order, pausing pause: Engine.Pause) throws -> Order {
        let engine = try engine()
        engine.send(.request(.awaitPayment(order.id)))
        defer { engine.send(.request(.stopAwaitingPayment)) }
        let place = order.id.channel
        let limit = order.checkoutExpiresAt.map { $0 + .seconds(600) } ?? serverNow(at: place) + .seconds(86_400)
        var told: ShopFailure?
        let channel = access(to: place)
        _ = engine.wait(pausing: pause) { state in
            guard let now = state.orders.orders.first(where: { $0.id == order.id }), now.status == .unpaid else {
                return true
            }
            if let failure = state.payments.failure, told == nil {
                let words = self.failure(failure, at: channel, while: "order \(order.id)")
                Output.complain("\(words.description); it is asked again")
            }
            told = state.payments.failure
            return state.serverTime(of: place) >= limit || state.payments.unknown.contains(order.id) ? true : nil
        }
        return engine.state.orders.orders.first { $0.id == order.id } ?? order
    }

    private func serverNow(at place: Channel) -> Timestamp { access(to: place).serverTime(at: now) }

    /// Waits for the payment of an order as a command does.
    /// - Throws: `CommandFailure` where it was not paid.
    package func awaitPayment(of order: Order) throws -> Order {
        let order = try awaitPayment(of: order, pausing: pause)
        guard order.status != .gone else { throw CommandFailure(.refused, "\(Phrase.gone)") }
        guard order.status != .unpaid, order.status != .cancelled else {
            throw CommandFailure(.refused, "order \(order.id) was not paid: it is \(Phrase.status(of: order))")
        }
        return order
    }
}

extension CommandFailure {
    /// The shop has the order, and has not taken the payment.
    package static func notPaid(_ order: Order) -> CommandFailure {
        let reason = order.declined.map { ": \($0)" } ?? ""
        let place = order.paymentPage == nil ? "its e-mails say how it can be paid" : "its page still takes the payment"
        return CommandFailure(
            .refused, "not paid\(reason) – the shop keeps \(order.name.string.lowercased()), unpaid, and \(place)")
    }
}
