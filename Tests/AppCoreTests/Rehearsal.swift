import AppCore
import Domain
import SeededRandom
import Testing
import Text

/// The program's state on a clock that is moved by hand, with what it asks of the world outside.
final class Rehearsal {
    var state: AppState
    /// How often the loop would have woken up by itself.
    private(set) var wakeUps = 0
    /// What the store answers when a purchase's turn is asked for; nil gives it.
    var turn: IntentTurn?
    /// Whether the disk takes at once that a purchase came to nothing.
    var keepsRefusals = true
    private var random = Seeded(7)

    init(at now: Timestamp = Sample.now, account: String? = "guest-1") {
        state = AppState(now: now, scope: "demo")
        state.accountID = account
    }

    @discardableResult
    func act(_ action: Action) -> [Effect] {
        let effects = reduce(
            &state, action,
            Circumstances(now: state.now, entropy: Entropy(high: random.next(), low: random.next())))
        return effects.flatMap { effect in
            switch effect {
            case .takeTurn(let intent): act(.turn(intent, turn ?? .taken(intent)))
            case .store(.resolve(let key, .refused)) where keepsRefusals:
                [effect] + act(.refusalKept(key: key, problem: nil))
            default: [effect]
            }
        }
    }

    @discardableResult
    func press(_ intents: UserIntent...) -> [Effect] { intents.flatMap { act(.user($0)) } }

    @discardableResult
    func answer(_ query: ShopQuery, _ answer: ShopAnswer) -> [Effect] {
        act(.answered(query, .success(answer)))
    }

    @discardableResult
    func fail(_ query: ShopQuery, _ failure: ShopFailure) -> [Effect] {
        act(.answered(query, .failure(failure)))
    }

    /// The shop's answer to what became of the purchase with this key.
    @discardableResult
    func answer(trace key: String, _ answer: ShopAnswer) -> [Effect] { take(.success(answer), ofTrace: key) }

    @discardableResult
    func fail(trace key: String, _ failure: ShopFailure) -> [Effect] { take(.failure(failure), ofTrace: key) }

    private func take(_ result: Result<ShopAnswer, ShopFailure>, ofTrace key: String) -> [Effect] {
        let intent = state.orders.unresolved.first { $0.key == key } ?? Sample.intent(key, state: .unknown)
        return act(.answered(.traceOrder(intent), result))
    }

    /// Lets time pass as the loop does: it sleeps until the next deadline, never longer.
    @discardableResult
    func wait(_ duration: Duration) -> [Effect] {
        let end = state.now + duration
        var effects: [Effect] = []
        while let deadline = state.nextDeadline, deadline <= end {
            state.now = max(state.now, deadline)
            effects += act(.timePassed)
            wakeUps += 1
            if let next = state.nextDeadline, next <= state.now {
                Issue.record("nothing was done about what is due at \(next.milliseconds): the loop would spin")
                break
            }
        }
        state.now = end
        return effects
    }
}

extension ShopFailure {
    static let lost = ShopFailure.unreachable("no route to the server", mayHaveArrived: true)
    static let unsent = ShopFailure.unreachable("connection refused", mayHaveArrived: false)
}

extension [Effect] {
    /// The questions among them.
    var questions: [ShopQuery] { compactMap { if case .ask(let query, _) = $0 { query } else { nil } } }

    /// The intents that are written down, as they are to be.
    var recorded: [OrderIntent] { compactMap { if case .record(let intent, _) = $0 { intent } else { nil } } }

    var schedules: Int {
        questions.count { if case .shows = $0 { true } else { false } }
    }
}

extension [ShopQuery] {
    /// Whether the shop is asked what became of the purchase with this key.
    func trace(_ key: String) -> Bool {
        contains { if case .traceOrder(let intent) = $0 { intent.key == key } else { false } }
    }
}
