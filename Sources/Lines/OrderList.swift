import AppCore
import Domain
import Engine
import ShopAccess
import Text
import ViewerUI

extension Session {
    /// Finds out what became of purchases whose answer was lost, asks the shops for the orders, and returns what there is to list.
    /// Without a network it is what was kept here. Nobody is made a guest by looking.
    /// - Parameter isSaid: whether what became of the purchases is said.
    /// - Throws: the last failure of a channel that cannot be asked, after `list` has been given what the others have.
    package func listOrders(_ list: (OrdersState) throws -> Void) throws {
        let engine = try engine()
        try findOut(engine)
        var failures: [CommandFailure] = []
        for channel in channels where channel.shop.hasAccount {
            do { try askForOrders(of: channel, engine) } catch let failure as CommandFailure {
                guard failure.status == .network else {
                    failures.append(
                        channels.count > 1
                            ? CommandFailure(failure.status, of: channel.title, failure.description) : failure)
                    continue
                }
                let name = channels.count > 1 ? "\(channel.title): " : ""
                Output.complain(name + failure.description + "; these are the orders as they were kept here")
            }
        }
        if channels.count == 1, let failure = failures.first { throw failure }
        try list(engine.state.orders)
        for failure in failures.dropLast() { Output.complain(failure.description) }
        if let last = failures.last { throw last }
    }

    /// All pages, each of which the engine asks for as the one before comes.
    private func askForOrders(of channel: ChannelAccess, _ engine: Engine) throws {
        var seen: Set<String> = []
        var cursor: String?
        repeat {
            let answer = try ask(.orders(cursor: cursor), at: channel, while: "your orders")
            guard case .orders(_, let next) = answer else { return }
            cursor = next
            if let next, !seen.insert(next).inserted {
                throw CommandFailure(
                    .notUnderstood("the server's list comes back to where it was"), while: "your orders")
            }
        } while cursor != nil
    }

    /// Asks once about each purchase whose outcome is not known, and says what came of it.
    private func findOut(_ engine: Engine) throws {
        if let problem = store.problem {
            for intent in engine.state.orders.unresolved {
                let start = intent.state == .committed ? "not bought yet" : "perhaps bought"
                Output.complain("\(start): \(intent.title): it is not followed up here: \(problem)")
            }
            return
        }
        let open = engine.state.orders.unresolved
        for intent in open {
            engine.send(.request(.findOut(intent.key)))
            _ = engine.wait(pausing: pause) { state in
                state.orders.purchases[intent.key]?.isSettling == true ? nil : true
            }
            guard let purchase = engine.state.orders.purchases[intent.key] else { continue }
            if case .refused(let reason, _) = purchase.phase {
                Output.complain("not bought: \(intent.title): \(reason)")
            } else if let words = purchase.doubtWords {
                Output.complain("\(words)")
            }
        }
    }

    /// An order's id as the engine names it.
    package func orderID(_ name: String) throws -> OrderID {
        let (channel, id) = try choose(name)
        return OrderID(id).placed(in: place(of: channel))
    }

    /// The order as its shop has it now, with what was agreed to.
    package func lookAt(_ id: OrderID) throws -> Order {
        let channel = access(to: id.channel)
        return try known(try ask(Question.order(id), at: channel, while: "order \(id)"))
    }

    /// An order as the shop has it, or without a network as the local store kept it.
    package func order(_ id: OrderID) throws -> Order {
        let kept = try engine().state.orders.orders.first { $0.id == id }
        let none = CommandFailure(.refused, "order \(id): there is no such order of yours")
        guard access(to: id.channel).shop.hasAccount else {
            guard let kept else { throw none }
            return kept
        }
        do { return try lookAt(id) } catch let failure as CommandFailure where failure.status == .network {
            guard let kept else { throw failure }
            Output.complain(failure.description + "; this is the order as it was kept here")
            return kept
        }
    }

    package func cancel(_ id: OrderID) throws -> Order {
        try known(try ask(Question.cancelOrder(id), at: access(to: id.channel), while: "order \(id)"))
    }

    package func sendBack(_ id: OrderID, _ reason: ReturnReason, note: String) throws -> Order {
        try known(
            try ask(
                Question.returnOrder(id, reason, note: note), at: access(to: id.channel), while: "order \(id)"))
    }

    /// The order with what was agreed to, which the shop does not know.
    private func known(_ order: Order) throws -> Order {
        try engine().state.orders.orders.first { $0.id == order.id } ?? order
    }
}
