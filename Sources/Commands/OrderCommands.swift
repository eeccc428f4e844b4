import AppCore
import Domain
import Lines
import LiveAPI
import ShopAccess
import Text
import ViewerUI

extension Session {
    /// Finds out what became of purchases whose answer was lost, and prints the orders.
    package func printOrders(json: Bool) throws {
        if json { try onlyChannel(for: "--json") }
        var isEmpty = true
        try listOrders { list in
            guard !json else { return try Output.json(Page(items: list.orders)) }
            let entries = list.entries
            isEmpty = entries.isEmpty
            for entry in entries {
                let prefix = prefix(of: access(to: entry.channel))
                switch entry {
                case .order(let order): LineText.order(order, prefix: prefix)
                case .purchase(let intent): Output.line("\(prefix)–  \(LineText.words(intent))")
                }
            }
        }
        guard isEmpty, !json else { return }
        let isNobody = channels.allSatisfy { $0.shop.account == nil }
        Output.line(isNobody ? "No orders: there is no account at this server yet." : "No orders.")
    }

    /// Prints where an order is paid, and waits until it is.
    package func printPayment(of name: String, drawsCode: Bool, waits: Bool) throws {
        let order = try lookAt(try orderID(name))
        let prefix = prefix(of: access(to: order.id.channel))
        LineText.order(order, prefix: prefix)
        guard let page = order.paymentPage else {
            guard order.status == .unpaid else { return }
            throw CommandFailure(.refused, "the shop names no page to pay it on that this program would open")
        }
        if drawsCode { draw(page) }
        // What is sent by bank or by post takes days.
        if waits, !order.awaitsTransfer { LineText.order(try awaitPayment(of: order), prefix: prefix) }
    }
}

/// One order: its receipt, its cancellation, its return.
package struct OrderCommand {
    /// As lists print it.
    package var id: String
    package var cancels = false
    package var reason: ReturnReason?
    package var note: String?
    package var isAgreed = false
    package var json = false

    package init(id: String) { self.id = id }

    package func run(_ session: Session) throws {
        let id = try session.orderID(id)
        let order = try cancels || reason != nil ? session.lookAt(id) : session.order(id)
        if cancels { return try print(callOff(order, session)) }
        if let reason { return try print(sendBack(order, reason, session)) }
        try print(order)
    }

    private func callOff(_ order: Order, _ session: Session) throws -> Order {
        if order.status == .cancelled { return order }
        guard order.canCancel else {
            throw CommandFailure(
                .refused, "not cancelled: order \(order.id) is \(Phrase.status(order.status)) and can no longer be")
        }
        guard isAgreed else {
            throw CommandFailure(
                .usage, "not cancelled: order \(order.id), \(Phrase.money(order.total)); add --yes to cancel it")
        }
        return try session.cancel(order.id)
    }

    private func sendBack(_ order: Order, _ reason: ReturnReason, _ session: Session) throws -> Order {
        if let why = order.reasonAgainstReturn { throw CommandFailure(.refused, "not asked: \(why)") }
        guard isAgreed else {
            throw CommandFailure(
                .usage,
                "not asked: order \(order.id), \(Phrase.money(order.total)), because \(Phrase.reason(reason)); "
                    + "add --yes to ask the shop")
        }
        return try session.sendBack(order.id, reason, note: note ?? "")
    }

    private func print(_ order: Order) throws {
        guard !json else { return try Output.json(order) }
        for line in Receipt.lines(of: order) { Output.line(line.string) }
    }
}
