import AppCore
import Domain
import Engine
import Text
import ViewerUI

extension Dialogue {
    func listOrders() throws {
        try session.listOrders { known in
            orders = []
            let entries = known.entries
            list(
                entries.map { entry in
                    switch entry {
                    case .purchase(let intent): return LineText.words(intent) + place(intent.channel)
                    case .order(let order):
                        orders.append(order)
                        return LineText.words(order, number: orders.count, place: place(order.id.channel))
                    }
                })
            if entries.isEmpty { Output.line("No orders.") }
        }
    }

    /// The order that is meant, by its number in the list, which is fetched where there is none yet, or by its id.
    private func orderID(_ name: String) throws -> OrderID {
        guard !name.isEmpty else { throw UsageError("Which order? ‘orders’ lists them") }
        if orders.isEmpty, Int(name) != nil { try listOrders() }
        if let order = try listed(name, in: orders, by: \.id) { return order.id }
        guard Int(name) == nil else { throw UsageError("There is no order \(name) in the list") }
        return try session.orderID(name)
    }

    /// Says which order it is as it is now, and asks; what happens between the list and the question changes nothing of
    /// which order is meant.
    func cancel(_ name: String) throws {
        let order = try session.lookAt(try orderID(name))
        Output.line(LineText.words(order))
        guard order.status != .cancelled else { return Output.line("It is cancelled already.") }
        guard order.canCancel else { return Output.line("The shop no longer lets it be cancelled.") }
        Output.line("To cancel it, type ‘yes \(order.total.decimalString)’. Anything else leaves it as it is.")
        guard try isConfirmed(order.total, .cancelling, otherwise: "Not cancelled") else { return }
        let cancelled = try session.cancel(order.id)
        Output.line("Order \(cancelled.id): \(Phrase.status(cancelled.status)).")
    }

    /// Waits for one line, which is the answer. A command in its place is a no, and is followed.
    func isConfirmed(_ total: Money, _ question: TypedAnswer.Question, otherwise no: String) throws -> Bool {
        // What was typed before the question was heard is no answer to it.
        input.discardTyped()
        if input.isTerminal { Output.prompt("> ") }
        // A part of a line says nothing for certain.
        guard case .line(let line, isWhole: true) = answer() else {
            Output.line("\(no).")
            return false
        }
        switch TypedAnswer(line, to: question, total: total) {
        case .confirms: return true
        case .otherAmount: Output.line("\(no): the total is \(Phrase.money(total)).")
        case .other:
            Output.line("\(no).")
            if let first = line.split(whereSeparator: \.isWhitespace).first, LineCommand(String(first)) != nil {
                perform(line)
            }
        }
        return false
    }

    // MARK: After the sale

    /// Says the receipt of an order, as the shop has it now.
    func showOrder(_ name: String) throws {
        let order = try session.order(try orderID(name))
        list(Receipt.lines(of: order).map(\.string))
    }

    /// Says which order it is and why it goes back, and asks.
    func sendBack(_ arguments: [String]) throws {
        let order = try session.lookAt(try orderID(arguments.first ?? ""))
        Output.line(LineText.words(order))
        if let why = order.reasonAgainstReturn {
            return Output.line(why.asSentence())
        }
        let reasons = ReturnReason.allCases.map(\.word).joined(separator: ", ")
        guard arguments.count == 2, let reason = ReturnReason(word: arguments[1].lowercased()) else {
            throw UsageError("Why? ‘return \(arguments.first ?? "") REASON’, which is one of: \(reasons)")
        }
        let total = order.total.decimalString
        Output.line(
            "To ask the shop to take it back because \(Phrase.reason(reason)), type ‘yes \(total)’. Anything else asks nothing."
        )
        guard try isConfirmed(order.total, .sendingBack, otherwise: "Nothing was asked") else { return }
        let asked = try session.sendBack(order.id, reason, note: "")
        Output.line("Order \(asked.id): return \(Phrase.returnState(asked.course.returning?.state ?? .requested)).")
    }

    /// Asks about the same item, as many as then, for what it costs now: the question is that of ‘buy’.
    func reorder(_ name: String) throws {
        let order = try session.order(try orderID(name))
        guard order.lines.count == 1, let line = order.lines.first else {
            let prefix = session.prefix(of: session.access(to: order.id.channel))
            let skus = order.lines.map { prefix + $0.sku.rawValue }.joined(separator: ", ")
            throw UsageError("It has several items; ‘buy SKU’ buys one of them: \(skus)")
        }
        try ask(
            line.sku.placed(in: order.id.channel), min(line.quantity, Quote.quantities.upperBound), Way())
    }

    /// Says where an order is paid, and listens for the outcome until somebody types.
    func pay(_ name: String) throws {
        let order = try session.lookAt(try orderID(name))
        Output.line(LineText.words(order))
        guard order.paymentPage != nil else { return Output.line("There is nothing to pay.") }
        guard !order.awaitsTransfer else { return }
        Output.line("Waiting for the payment. Enter ends the wait; the order stays.")
        let after = try session.awaitPayment(of: order, pausing: pauseUntilLine)
        Output.line("Order \(after.id): \(Phrase.status(of: after)).")
        performHeldLine()
    }
}
