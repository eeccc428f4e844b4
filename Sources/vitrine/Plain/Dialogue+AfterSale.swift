import AppCore
import Domain
import Text
import ViewerUI

extension Dialogue {
    /// The receipt of an order, as the shop has it now.
    func showOrder(_ name: String) throws {
        let order = try OrderBook(session: session).known(orderID(name))
        list(Receipt.lines(of: order).map(\.string))
    }

    /// Says which order it is and why it goes back, and asks.
    func sendBack(_ arguments: [String]) throws {
        let id = try orderID(arguments.first ?? "")
        let order = try OrderBook(session: session).look(at: id)
        Output.line(Lines.words(order))
        if let why = order.reasonAgainstReturn {
            return Output.line(why.prefix(1).uppercased() + why.dropFirst() + ".")
        }
        let reasons = ReturnReason.allCases.map(\.word).joined(separator: ", ")
        guard arguments.count == 2, let reason = ReturnReason(argument: arguments[1].lowercased()) else {
            throw Misuse("Why? ‘return \(arguments.first ?? "") REASON’, which is one of: \(reasons)")
        }
        let total = order.total.decimalString
        Output.line(
            "To ask the shop to take it back because \(Phrase.reason(reason)), type ‘yes \(total)’. Anything else asks nothing."
        )
        guard try isConfirmed(order.total, .sendingBack, otherwise: "Nothing was asked") else { return }
        let asked = try OrderBook(session: session).sendBack(order.id, reason, note: "")
        Output.line("Order \(asked.id): return \(Phrase.returnState(asked.course.returning?.state ?? .requested)).")
    }

    /// The same item, as many as then, for what it costs now: the question is that of ‘buy’.
    func reorder(_ name: String) throws {
        let order = try OrderBook(session: session).known(orderID(name))
        guard order.lines.count == 1, let line = order.lines.first else {
            let skus = order.lines.map(\.sku.rawValue).joined(separator: ", ")
            throw Misuse("It has several items; ‘buy SKU’ buys one of them: \(skus)")
        }
        try ask(line.sku, min(line.quantity, Quote.quantities.upperBound), Way())
    }

    private func orderID(_ name: String) throws -> OrderID {
        guard !name.isEmpty else { throw Misuse("Which order? ‘orders’ lists them") }
        if orders.isEmpty, Int(name) != nil { try listOrders() }
        if let order = named(name, in: orders, by: \.id.rawValue) { return order.id }
        guard Int(name) == nil else { throw Misuse("There is no order \(name) in the list") }
        return OrderID(name)
    }
}
