import AppCore
import Domain
import ViewerUI

extension Dialogue {
    func listOrders() throws {
        var known = OrdersState()
        try OrderBook(session: session).add(to: &known)
        orders = []
        list(
            known.entries.map { entry in
                switch entry {
                case .purchase(let intent): return Lines.words(intent)
                case .order(let order):
                    orders.append(order)
                    return Lines.words(order, number: orders.count)
                }
            })
        if known.entries.isEmpty { Output.line("No orders.") }
    }

    /// Says which order it is as it is now, and asks; what happens between the list and the question changes nothing of
    /// which order is meant.
    func cancel(_ name: String) throws {
        guard !name.isEmpty else { throw Misuse("Which order? ‘orders’ lists them") }
        if orders.isEmpty, Int(name) != nil { try listOrders() }
        let id = named(name, in: orders) { $0.id.rawValue }?.id
        guard id != nil || Int(name) == nil else { throw Misuse("There is no order \(name) in the list") }
        let order = try OrderBook(session: session).look(at: id ?? OrderID(name))
        Output.line(Lines.words(order))
        guard order.status != .cancelled else { return Output.line("It is cancelled already.") }
        guard order.canCancel else { return Output.line("The shop no longer lets it be cancelled.") }
        Output.line("To cancel it, type ‘yes \(order.total.decimalString)’. Anything else leaves it as it is.")
        guard try isConfirmed(order.total, .cancelling, otherwise: "Not cancelled") else { return }
        let cancelled = try OrderBook(session: session).cancel(order.id)
        Output.line("Order \(cancelled.id): \(Phrase.status(cancelled.status)).")
    }

    /// Waits for one line, which is the answer. A word in its place is a no, and is followed.
    func isConfirmed(_ total: Money, _ question: TypedAnswer.Question, otherwise no: String) throws -> Bool {
        // What was typed before the question was heard is no answer to it.
        input.discardTyped()
        if input.isTerminal { Output.prompt("> ") }
        // A part of a line says nothing for certain.
        guard case .line(let line, isWhole: true) = input.next(within: nil) else {
            Output.line("\(no).")
            return false
        }
        switch TypedAnswer(line, to: question, total: total) {
        case .confirms: return true
        case .otherAmount: Output.line("\(no): the total is \(Phrase.money(total)).")
        case .other:
            Output.line("\(no).")
            if let first = line.split(whereSeparator: \.isWhitespace).first, Word(String(first)) != nil {
                perform(line)
            }
        }
        return false
    }
}
