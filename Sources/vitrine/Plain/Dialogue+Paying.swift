import AppCore
import Domain
import Text
import ViewerUI

extension Dialogue {
    /// Says where an order is paid, and listens for the outcome until somebody types.
    func pay(_ name: String) throws {
        guard !name.isEmpty else { throw Misuse("Which order? ‘orders’ lists them") }
        if orders.isEmpty, Int(name) != nil { try listOrders() }
        let id = named(name, in: orders) { $0.id.rawValue }?.id
        guard id != nil || Int(name) == nil else { throw Misuse("There is no order \(name) in the list") }
        let order = try OrderBook(session: session).look(at: id ?? OrderID(name))
        Output.line(Lines.words(order))
        guard order.paymentPage != nil else { return Output.line("There is nothing to pay.") }
        guard !order.awaitsTransfer else { return }
        Output.line("Waiting for the payment. Enter ends the wait; the order stays.")
        var typed: String?
        let after = try Payment(session: session).outcome(of: order) { interval in
            switch input.next(within: interval) {
            case .nothing: return true
            case .line(let line, _): typed = line
            case .tooLong, .end: break
            }
            return false
        }
        Output.line("Order \(after.id): \(Phrase.status(of: after)).")
        if let typed { perform(typed) }
    }
}
