import AppCore
import Domain
import Storage

/// A running viewer: its state, and the clock of its machine.
final class Viewer {
    let number: Int
    let seat: Int
    /// Its clock less the server's.
    let skew: Duration
    var state: AppState
    var isAlive = true
    /// Until when its store's queue is at work.
    var storeFreeAt = Timestamp.distantPast

    init(number: Int, seat: Int, skew: Duration, at time: Timestamp, scope: String) {
        self.number = number
        self.seat = seat
        self.skew = skew
        state = AppState(now: time + skew, scope: scope)
    }

    /// Shows the product's page, from which it can be bought.
    func open(_ product: Product) {
        state.pages = [.product(product.id)]
        state.productPage = ProductPageState(product)
    }
}

extension StoredState {
    init(_ kept: StartState) {
        self.init(
            shows: kept.shows, showsFetchedAt: kept.scheduleFetchedAt, follows: kept.follows, orders: kept.orders,
            intents: kept.intents, spentElsewhere: kept.spentElsewhere, wishes: kept.wishes, reminders: kept.reminders)
    }
}

extension Simulation {
    /// Presses a key, often one that makes sense.
    func shop(at viewer: Viewer) async {
        guard viewer.isAlive, !isHealed else { return }
        if viewer.state.buy == nil, viewer.state.page == nil, dice.isHit(perMille: 700) { viewer.open(product) }
        let key: UserIntent =
            switch dice.pick(1...100) {
            case _ where viewer.state.buy == nil && viewer.state.page != nil && dice.isHit(perMille: 800): .buy
            case ...45: .confirm
            case ...50: .left
            case ...57: .right
            case ...62: .up
            case ...67: .down
            case ...72: .back
            case ...80: .ordersTab
            default: .cancelOrder
            }
        if key == .confirm { confirmsPressed += 1 }
        await act(viewer, .user(key))
        // A second press at once: bought twice, or cancelled.
        if dice.isHit(perMille: 300) {
            if key == .confirm { confirmsPressed += 1 }
            await act(viewer, .user(key))
        }
        after(dice.milliseconds(50...3000), .shopper(viewer))
    }

    /// Puts an operation into the viewer's own queue.
    func enqueue(_ viewer: Viewer, _ effect: Effect) {
        let begins = max(time, viewer.storeFreeAt) + dice.milliseconds(1...30)
        viewer.storeFreeAt = begins
        after(begins - time, .operate(viewer, effect))
    }

    /// What `EffectRunner` does, with faults, and with the turns of several processes.
    func operate(_ viewer: Viewer, _ effect: Effect) {
        guard viewer.isAlive else { return }
        let fails = !isHealed && dice.isHit(perMille: storeFaults)
        if fails { hasStoreFailed = true }
        note(viewer, (fails ? "fails: " : "store: ") + "\(effect)")
        let answer: Action?
        switch effect {
        case .record(let intent, let budget):
            turns[intent.key] = viewer.number
            do {
                guard !fails else { throw StorageError.full }
                try store.run(.record(intent, within: budget))
                ledger[intent.key] = intent
                answer = .intentRecorded(intent)
            } catch {
                answer = .intentNotRecorded(intent, reason: "the disk is full")
            }
        case .takeTurn(let intent):
            let isElsewhere = turns[intent.key].map { $0 != viewer.number } ?? false
            let turn = fails || isElsewhere ? nil : try? store.run(.takeTurn(intent.key))
            if case .taken? = turn { turns[intent.key] = viewer.number }
            answer = .turn(intent, turn ?? .elsewhere)
        case .store(let command):
            do {
                guard !fails else { throw StorageError.full }
                try keep(command, viewer)
                answer =
                    if case .resolve(let key, .refused) = command { .refusalKept(key: key, problem: nil) } else { nil }
            } catch {
                if case .resolve(let key, .refused) = command {
                    answer = .refusalKept(key: key, problem: "the disk is full")
                } else {
                    answer = .storeFailed(reason: "the disk is full")
                }
            }
        default: answer = nil
        }
        if let answer { after(dice.milliseconds(0...20), .act(viewer, answer)) }
    }

    private func keep(_ command: StoreCommand, _ viewer: Viewer) throws {
        func giveBack(_ key: String) { if turns[key] == viewer.number { turns[key] = nil } }
        switch command {
        case .resolve(let key, let state):
            if case .refused(let reason) = state, reason.string.hasPrefix("let go") { lettingGo += 1 }
            try store.run(.resolve(key, state))
            giveBack(key)
        case .placed(let key, let order):
            try store.run(.resolve(key, placedAs: order, account: scope))
            giveBack(key)
        case .withdraw(let key): try store.run(.withdraw(key))
        case .forget(let key): try store.run(.forget(key))
        case .orders(let orders, _, let at): try store.run(.saveOrders(orders, at: at, account: scope))
        default: break
        }
    }
}
