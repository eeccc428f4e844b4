import AppCore
import Domain
import Glibc
import TerminalKit
import Text

/// A viewer without a world: what is answered and how late it is, the scene says.
struct Stage {
    private(set) var state: AppState

    init() {
        setenv("TZ", "UTC", 1)
        tzset()
        state = AppState(now: Boutique.now, scope: "demo")
        state.accountID = "guest-1"
    }

    /// Two shops with the same shows, as two windows of one street.
    static func twoChannels() -> Stage {
        var stage = Stage()
        stage.state = AppState(
            now: Boutique.now,
            channels: [ChannelSeat(title: "Lamps", scope: "a"), ChannelSeat(title: "Tea & cups", scope: "b")])
        stage.act(.started(StoredState(), others: [StoredState()]))
        for channel in stage.state.channels {
            stage.state.shops[channel].accountID = "guest-1"
            let shows = Boutique.shows.placed(in: channel)
            stage.act(
                .answered(.shows(ShowFilter(), cursor: nil), of: channel, .success(.shows(shows, nextCursor: nil))))
        }
        return stage
    }

    mutating func act(_ action: Action, entropy: Entropy = Entropy(high: 7, low: 7)) {
        let effects = reduce(&state, action, Circumstances(now: state.now, entropy: entropy))
        // The disk takes at once that a purchase came to nothing.
        for case .store(.resolve(let key, .refused)) in effects { act(.refusalKept(key: key, problem: nil)) }
    }

    mutating func press(_ intents: UserIntent...) { for intent in intents { act(.user(intent)) } }
    /// Types it, and is done with typing.
    mutating func search(_ text: String) {
        press(.search)
        act(.typed(text))
        press(.confirm)
    }

    mutating func answer(_ query: ShopQuery, _ answer: ShopAnswer) { act(.answered(query, .success(answer))) }
    mutating func fail(_ query: ShopQuery, _ failure: ShopFailure) { act(.answered(query, .failure(failure))) }
    mutating func set(_ change: (inout AppState) -> Void) { change(&state) }

    mutating func wait(_ duration: Duration) {
        state.now = state.now + duration
        act(.timePassed)
    }

    /// Has asked for the shows, and knows an older schedule where one was kept.
    static func started(_ stored: StoredState = StoredState()) -> Stage {
        var stage = Stage()
        stage.act(.started(stored))
        return stage
    }

    /// The shop has answered everything that a start asks for.
    static func open(shows: [Show] = Boutique.shows, follows: [Host] = [], orders: [Order] = []) -> Stage {
        var stage = started()
        stage.answer(
            .service, .service(ShopInfo(name: "Boutique", capabilities: .all, serverTime: stage.state.now)))
        stage.answer(.shows(ShowFilter(), cursor: nil), .shows(shows, nextCursor: nil))
        stage.answer(.follows, .follows(follows))
        stage.answer(.orders(cursor: nil), .orders(orders, nextCursor: nil))
        return stage
    }

    /// The network goes now, and has been gone for two minutes; the tries are as far apart as they get.
    mutating func loseNetwork(during query: ShopQuery) {
        for _ in 0..<7 {
            act(.answered(query, .failure(.down)), entropy: Entropy(high: 7, low: .max / 3))
            state.now = state.now + .seconds(20)
        }
        state.now = state.now - .seconds(20)
    }
}

extension ShopFailure {
    static let down = ShopFailure.unreachable("no route to the server", mayHaveArrived: false)
}
