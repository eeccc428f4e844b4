import AppCore
import Domain
import Logging
import ShopAccess
import Storage
import Text

extension Engine {
    /// Puts an engine together on the user's channels.
    /// - Parameters:
    ///   - channels: at least one, in their order.
    ///   - columns, rows: the size of a screen, where there is one.
    /// - Throws: `SystemFailure` where the process has no descriptors left.
    package convenience init(
        channels: [ChannelAccess], store: Store, log: Logger, clock: LoopClock, columns: Int = 80, rows: Int = 24
    ) throws(SystemFailure) {
        let mailbox = try Mailbox()
        let seats = channels.map {
            ChannelSeat(
                title: SafeText($0.title), scope: $0.scope, hasLiveSource: $0.shop.provider.hasLiveSource)
        }
        var state = AppState(now: clock.now, channels: seats, columns: columns, rows: rows)
        for (index, channel) in channels.enumerated() {
            // Until it has said so itself.
            state.shops[Channel(index)].capabilities = channel.shop.provider.capabilities
            guard let account = channel.shop.account else { continue }
            state.shops[Channel(index)].accountID = account.id
            state.shops[Channel(index)].accountName = account.name.isEmpty ? nil : account.name
        }
        if let problem = store.problem {
            mailbox.post(.storeFailed(reason: SafeText("\(problem). You can look at everything and buy nothing.")))
        }
        let runner = EffectRunner(
            seats: channels.map { .init($0.shop, scope: $0.scope, signIn: $0.signIn) }, store: store, mailbox: mailbox,
            log: log)
        self.init(state: state, runner: runner, mailbox: mailbox, clock: clock)
    }
}

extension Store {
    /// Stored state of each channel, in their order.
    package func storedStates(of scopes: [String], now: Timestamp) throws(StorageError) -> [StoredState] {
        var states: [StoredState] = []
        for (index, scope) in scopes.enumerated() {
            let start = try run(
                .startState(account: scope, besides: scopes, refusedSince: now - OrdersState.nothingIsTold))
            let channel = Channel(index)
            states.append(
                StoredState(
                    shows: start.shows.placed(in: channel), showsFetchedAt: start.scheduleFetchedAt,
                    follows: start.follows.placed(in: channel), orders: start.orders.placed(in: channel),
                    intents: start.intents.placed(in: channel), spentElsewhere: start.spentElsewhere,
                    wishes: start.wishes.placed(in: channel), reminders: start.reminders.placed(in: channel)))
        }
        return states
    }
}
