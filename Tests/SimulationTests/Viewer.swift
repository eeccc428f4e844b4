import AppCore
import Domain
import Engine
import HTTPTransport
import Logging
import Providers
import SeededRandom
import ShopAccess
import Storage
import Synchronization
import Text

/// A running viewer: the program's own engine, with a line, a disk and a clock that are the simulation's.
final class Viewer {
    let number: Int
    let seat: Int
    /// Its clock less the server's.
    let skew: Duration
    let engine: Engine
    let outbox: Outbox
    /// Its own connection to the file, with the turns that it has; nil once it is dead, which gives them back.
    private(set) var store: Store?
    /// What has been posted to it and not been received.
    var inbox: [Action] = []
    /// Until when its store's queue is at work.
    var storeFreeAt = Timestamp.distantPast

    var isAlive: Bool { store != nil }
    var state: AppState { engine.state }

    init(
        number: Int, seat: Int, skew: Duration, seed: UInt64, of simulation: Simulation, capabilities: ShopCapabilities?
    ) throws {
        self.number = number
        self.seat = seat
        self.skew = skew
        let outbox = Outbox()
        self.outbox = outbox
        store = try Store.open(path: simulation.folder.file)
        let (product, provider, clock) = (simulation.product, simulation.provider, simulation.shop.clock)
        var state = AppState(now: clock.now + skew, scope: simulation.scope)
        state.accountID = simulation.account.id
        if let capabilities { state.capabilities = capabilities }
        state.wishes.products[product.id] = product
        let numbers = Mutex(Seeded(seed))
        let credential = Credential(simulation.account, .signedIn)
        let client = ShopClient(
            provider: provider, http: outbox.client, credential: credential,
            keeping: AccountKeeping(current: { credential }, exchange: { old, _ in old }),
            memory: simulation.memory, queue: outbox.queue, now: { clock.now + skew })
        let mailbox = try Mailbox()
        let runner = EffectRunner(
            seats: [.init(client, scope: simulation.scope)], store: SimulatedDisk(outbox: outbox), mailbox: mailbox,
            log: Logger(label: "simulation", factory: { _ in SwiftLogNoOpLogHandler() }))
        engine = Engine(
            state: state, runner: runner, mailbox: mailbox,
            clock: LoopClock(reading: { clock.now + skew }) {
                numbers.withLock { Entropy(high: $0.next(), low: $0.next()) }
            })
    }

    func die() {
        store?.close()
        store = nil
    }
}

extension StoredState {
    init(_ kept: StartState, wishing product: Product) {
        let wish = Wish(product: product.id, title: product.title, brand: product.brand, price: nil, at: .distantPast)
        self.init(
            shows: kept.shows, showsFetchedAt: kept.scheduleFetchedAt, follows: kept.follows, orders: kept.orders,
            intents: kept.intents, spentElsewhere: kept.spentElsewhere, wishes: [wish], reminders: kept.reminders)
    }
}

extension Simulation {
    /// Shows the product's page, from which it can be bought.
    func open(_ viewer: Viewer) {
        act(viewer, .user(.wishListTab))
        act(viewer, .user(.open))
    }

    /// Presses a key, often one that makes sense.
    func shop(at viewer: Viewer) {
        guard viewer.isAlive, !isHealed else { return }
        if viewer.state.buy == nil, viewer.state.page == nil, dice.isHit(perMille: 700) { open(viewer) }
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
        act(viewer, .user(key))
        // A second press at once: bought twice, or cancelled.
        if dice.isHit(perMille: 300) {
            if key == .confirm { confirmsPressed += 1 }
            act(viewer, .user(key))
        }
        after(dice.milliseconds(50...3000), .shopper(viewer))
    }

    /// Puts an operation into the viewer's own queue.
    func enqueue(_ viewer: Viewer, _ work: DiskWork) {
        let begins = max(time, viewer.storeFreeAt) + dice.milliseconds(1...30)
        viewer.storeFreeAt = begins
        let isAssumed = plant == .sendsBeforeCommit && work.assume != nil
        if isAssumed { work.assume?() }
        after(begins - time, .operate(viewer, work, isAssumed: isAssumed))
    }

    /// Carries an operation out, or lets the disk be full.
    func operate(_ viewer: Viewer, _ work: DiskWork, isAssumed: Bool) {
        guard let store = viewer.store else { return }
        let fails = !isHealed && dice.isHit(perMille: storeFaults)
        if fails { hasStoreFailed = true }
        note(viewer, fails ? "the disk is full" : "the disk takes it")
        switch (fails, isAssumed) {
        case (true, true): break
        case (true, false): work.fail()
        case (false, true): work.write(store)
        case (false, false): work.run(store)
        }
        readBooks()
        settle(viewer)
    }
}
