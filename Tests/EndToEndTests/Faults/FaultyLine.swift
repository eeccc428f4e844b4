import Foundation
import Glibc
import ProgramTesting
import Synchronization

/// The connections of a `FaultProxy`: whole messages are taken from one side and given to the other.
final class FaultyLine: Sendable {
    struct Plan {
        let target: FaultProxy.Target
        let fault: Fault
        var times: Int
        let endsLine: Bool
    }

    struct State {
        var plans: [Plan] = []
        var isDown = false
        var requests = 0
        var underWay = 0
        var strikes: [FaultProxy.Strike] = []
        var questions: [FaultProxy.Question] = []
        /// Stops listening.
        var hangUp: @Sendable () -> Void = {}
    }

    /// The last thing that a command asks before it buys.
    private static let lastQuestion = "GET /v1/me/payment-methods "

    let state = Mutex(State())
    private let port: UInt16

    init(to port: UInt16) { self.port = port }

    /// Passes on what a client asks until one side ends.
    func carry(_ client: Connection) {
        var requests = MessageReader(client)
        var shop: Wire?
        var place = 0
        while let request = requests.next() {
            guard !state.withLock({ $0.isDown }) else { break }
            let target = note(request, place: place)
            var isUnderWay = target != nil
            // Before the reply is given: the client's next question may come on its heels.
            let ended = {
                if isUnderWay { self.state.withLock { $0.underWay -= 1 } }
                isUnderWay = false
            }
            defer { ended() }
            place += 1
            if shop == nil { shop = try? Wire(port) }
            guard let wire = shop else { break }
            if let target, let plan = plan(for: target) {
                guard strike(plan, request, client, wire, ended) else { return }
                continue
            }
            guard let reply = wire.answer(to: request) else { break }
            ended()
            if request.firstLine.hasPrefix(Self.lastQuestion) { refuseIfPlanned() }
            guard !state.withLock({ $0.isDown }), client.send(reply.bytes) else { break }
        }
        client.shut()
    }

    private func note(_ request: RawMessage, place: Int) -> FaultProxy.Target? {
        let kinds: [FaultProxy.Target] = [.order, .recovery]
        let target = kinds.first { request.firstLine.hasPrefix($0.rawValue) }
        state.withLock { state in
            state.requests += 1
            guard let target else { return }
            state.questions.append(.init(target: target, place: place, overlaps: state.underWay > 0))
            state.underWay += 1
        }
        return target
    }

    private func plan(for target: FaultProxy.Target) -> Plan? {
        state.withLock { state in
            guard let index = state.plans.firstIndex(where: { $0.target == target }) else { return nil }
            let plan = state.plans[index]
            state.plans[index].times -= 1
            if state.plans[index].times == 0 { state.plans.remove(at: index) }
            return plan
        }
    }

    private func refuseIfPlanned() {
        let hangUp = state.withLock { state -> (@Sendable () -> Void)? in
            guard let index = state.plans.firstIndex(where: { if case .refuse = $0.fault { true } else { false } })
            else { return nil }
            let plan = state.plans.remove(at: index)
            state.strikes.append(.init(target: plan.target, name: plan.fault.name))
            return state.hangUp
        }
        hangUp?()
    }

    /// - Returns: whether the connection can be used further.
    private func strike(
        _ plan: Plan, _ request: RawMessage, _ client: Connection, _ shop: Wire, _ ended: @escaping () -> Void
    ) -> Bool {
        var strike = FaultProxy.Strike(target: plan.target, name: plan.fault.name, request: request.bytes)
        return FaultAtWork(fault: plan.fault, client: client, shop: shop, isAnswered: ended)
            .happen(to: request, &strike) { strike in
                state.withLock { state in
                    if plan.endsLine { state.isDown = true }
                    state.strikes.append(strike)
                }
            }
    }
}

/// A connection to the server and what has been read from it.
final class Wire {
    let connection: Connection
    private var replies: MessageReader

    init(_ port: UInt16) throws {
        connection = try Connection(port: port)
        replies = MessageReader(connection)
    }

    var port: UInt16? { connection.peerPort }

    func answer(to request: RawMessage) -> RawMessage? {
        guard connection.send(request.bytes) else { return nil }
        return replies.next()
    }

    func reply() -> RawMessage? { replies.next() }
}
