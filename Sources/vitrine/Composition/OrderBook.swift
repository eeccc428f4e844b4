import AppCore
import Domain
import LiveAPI
import Storage
import Text

/// The shopper's orders, as commands list them.
struct OrderBook {
    let session: Session

    /// Finds out what became of purchases whose answer was lost, and says it of those that were refused.
    /// - Returns: those that are perhaps bought.
    func findOut() throws -> [OrderIntent] {
        let purchase = Purchase(session: session)
        var unresolved: [OrderIntent] = []
        for intent in try session.run(.unresolved(account: session.scope)) {
            switch try purchase.findOut(intent) {
            case .bought, .settledElsewhere: break
            case .refused(_, let reason, _): Output.complain("not bought: \(intent.title): \(reason)")
            case .perhaps(_, let reason):
                Output.complain("perhaps bought: \(intent.title): \(reason)")
                unresolved.append(intent)
            case .waiting(_, let reason):
                Output.complain("not bought yet: \(intent.title): \(reason)")
                unresolved.append(intent)
            }
        }
        return unresolved
    }

    /// The shop's list, or without a network the local store's. Nobody is made a guest by looking.
    func current() throws -> [Order] {
        guard session.shop.hasAccount else { return try session.run(.orders(account: session.scope)) }
        do {
            let known = Dictionary(try session.run(.orders(account: session.scope)).map { ($0.id, $0) }) { $1 }
            let orders = try session.collect("your orders", .orders).map {
                $0.measured(by: known[$0.id]?.agreement)
            }
            session.keep(.saveOrders(orders, at: session.now, account: session.scope))
            return try session.run(.orders(account: session.scope))
        } catch let failure as CommandFailure where failure.status == .network {
            Output.complain(failure.description + "; these are the orders as they were kept here")
            return try session.run(.orders(account: session.scope))
        }
    }

    /// Adds what the channel that is asked knows to a list of several: what was bought, what may have been, and what came to
    /// nothing, as the viewer lists it.
    func add(to list: inout OrdersState) throws {
        let channel = session.channels.firstIndex { $0 === session.channel }.map { Channel($0) } ?? .first
        let open = try findOut().placed(in: channel)
        let bought = try current().placed(in: channel)
        list.orders = (list.orders + bought).sorted(by: Order.isNewer)
        let nothing = try session.run(
            .refused(account: session.scope, since: session.now - OrdersState.nothingIsTold))
        list.resume(list.unresolved + list.refused + open + nothing.placed(in: channel))
    }

    /// An order as the shop has it, or without a network as the local store kept it.
    func known(_ id: OrderID) throws -> Order {
        func kept() throws -> Order? {
            try session.run(.orders(account: session.scope)).first { $0.id == id }
        }
        let none = CommandFailure(.refused, "order \(id): there is no such order of yours")
        guard session.shop.hasAccount else {
            guard let order = try kept() else { throw none }
            return order
        }
        do { return try look(at: id) } catch let failure as CommandFailure where failure.status == .network {
            guard let order = try kept() else { throw failure }
            Output.complain(failure.description + "; this is the order as it was kept here")
            return order
        }
    }

    func sendBack(_ id: OrderID, _ reason: ReturnReason, note: String) throws -> Order {
        keep(try session.answer(to: Question.returnOrder(id, reason, note: note), while: "order \(id)"))
    }

    /// The order as the shop has it now.
    func look(at id: OrderID) throws -> Order {
        keep(try session.answer(to: Question.order(id), while: "order \(id)"))
    }

    func cancel(_ id: OrderID) throws -> Order {
        keep(try session.answer(to: Question.cancelOrder(id), while: "order \(id)"))
    }

    /// Keeps what the shop says of an order.
    /// - Returns: the order with what was agreed to, which the shop does not know.
    private func keep(_ order: Order) -> Order {
        let known = (try? session.run(.orders(account: session.scope)))?.first { $0.id == order.id }
        let order = order.measured(by: known?.agreement)
        session.keep(.saveOrders([order], at: session.now, account: session.scope))
        return order
    }
}
