import AppCore
import Domain
import HTTPTransport
import Providers
import ShopAccess
import ShowServer
import Storage

/// One run: shoppers at viewers that share a file, a network that loses and delays, a shop whose prices and stock move.
/// Each viewer is an engine with its effects, client, provider, store and turns, and the server is the real one; the line, when
/// the disk works, and the time are the seed's.
final class Simulation {
    /// A fault of the program that the simulation has to find.
    enum Plant: CaseIterable {
        /// What is sent again has a new key.
        case freshKeyOnRetry
        /// What is being written is taken for written, so that the order goes out meanwhile.
        case sendsBeforeCommit
        /// No answer in time is taken for a no.
        case timeoutIsRefusal
        /// A shop without keys is taken for one that has them.
        case keysAreAssumed
    }

    enum Event {
        case shopper(Viewer)
        /// The loop wakes up for what has been posted.
        case turn(Viewer)
        case operate(Viewer, DiskWork, isAssumed: Bool)
        case later(Viewer, WorkQueue.Work)
        case arrive(Exchange, Delivery)
        case reply(Exchange, Result<HTTPResponse, HTTPFailure>)
        case start(seat: Int)
        case kill(seat: Int)
        case world
        case heal
    }

    let seed: UInt64
    let plant: Plant?
    let shop: SimulatedShop
    let folder: Folder
    /// The simulation's own look at the file.
    let store: Store
    /// What a kind of shop keeps beside it.
    let memory = ShopMemory.passing()
    let provider: any ShopProvider
    /// Whether the shop keeps no keys.
    let isKeyless: Bool
    /// How often each purchase went out.
    var sent: [String: Int] = [:]
    let scope = "http://127.0.0.1:1"
    var account: Account
    var product: Product
    var dice: Dice
    var time: Timestamp
    private var queue: [(at: Timestamp, event: Event)] = []

    var seats: [Viewer?] = []
    private var viewersStarted = 0
    /// The purchases that are on disk, by key, with the most that each may cost.
    var ledger: [String: OrderIntent] = [:]
    var confirmsPressed = 0
    var stockIn = 0
    /// Purchases that a viewer has said not to be bought.
    var saidNotBought: Set<String> = []
    /// Purchases that the shopper no longer wanted to know about.
    private var letGo: Set<String> = []
    var lettingGo: Int { letGo.count }
    /// How many of a thousand questions meet a fault, writes fail and steps are the last of their viewer.
    let (networkFaults, storeFaults, deaths): (Int, Int, Int)
    var isHealed = false
    var hasStoreFailed = false
    var violations: [String] = []
    private let isTracing: Bool
    private(set) var trace: [String] = []

    init(seed: UInt64, plant: Plant? = nil, in shop: SimulatedShop, isTracing: Bool = false) async throws {
        self.seed = seed
        self.plant = plant
        self.shop = shop
        self.isTracing = isTracing
        folder = try Folder()
        store = try Store.open(path: folder.file)
        var dice = Dice(seed)
        isKeyless = plant.map { $0 == .keysAreAssumed } ?? dice.isHit(perMille: 300)
        let api = try VitrineAPIProvider(origin: scope)
        provider = isKeyless ? KeylessShop(base: api) : api
        self.dice = dice
        time = SimulatedShop.start
        shop.clock.set(time)
        networkFaults = [0, 150, 400, 750][dice.pick(0...3)]
        storeFaults = [0, 0, 50][dice.pick(0...2)]
        deaths = [0, 5, 30][dice.pick(0...2)]
        let stock = dice.pick(1...8)
        (account, product) = try await shop.customer(dice.pick(0...SimulatedShop.productCount - 1), stock: stock)
        stockIn = stock * product.variants.count
    }

    /// - Returns: what went against the promises.
    func run() async throws -> [String] {
        for seat in 0..<(dice.isHit(perMille: 300) ? 2 : 1) {
            seats.append(nil)
            after(dice.milliseconds(0...3000), .start(seat: seat))
        }
        for _ in 0..<dice.pick(0...3) { after(dice.milliseconds(500...20_000), .kill(seat: dice.pick(0...1))) }
        for _ in 0..<dice.pick(0...4) { after(dice.milliseconds(500...25_000), .world) }
        after(dice.milliseconds(8000...40_000), .heal)
        try await passTime(until: nil)
        checkViewers(try await shop.server.orders(of: account.id))
        // The last word is a new viewer's: it knows what is on disk and nothing else.
        for seat in seats.indices { kill(seat) }
        try start(0)
        try await passTime(until: time + .seconds(1800))
        try await checkAll()
        return violations
    }

    deinit { store.close() }

    // MARK: Time

    func after(_ delay: Duration, _ event: Event) { queue.append((time + delay, event)) }

    /// Carries out what is due in its order until nothing is left that could change a purchase.
    private func passTime(until limit: Timestamp?) async throws {
        var end = limit ?? .distantFuture
        var steps = 0
        while true {
            steps += 1
            if isHealed {
                if end == .distantFuture { end = time + .seconds(1800) }
                if time > end || isSettled { return }
            }
            guard steps < 20_000 else { return note("the viewer goes round and round") }
            let next = queue.indices.min { (queue[$0].at, $0) < (queue[$1].at, $1) }
            let waking = seats.compactMap { $0 }.compactMap { viewer in
                viewer.state.nextDeadline.map { (viewer: viewer, at: $0 - viewer.skew) }
            }.min { ($0.at, $0.viewer.number) < ($1.at, $1.viewer.number) }
            if let waking, next.map({ waking.at < queue[$0].at }) ?? true {
                advance(to: waking.at)
                act(waking.viewer, .timePassed)
            } else if let next {
                let (at, event) = queue.remove(at: next)
                advance(to: at)
                try await carryOut(event)
            } else {
                return
            }
        }
    }

    private func advance(to moment: Timestamp) {
        time = max(time, moment)
        shop.clock.set(time)
    }

    private var isSettled: Bool {
        let isQuiet = !queue.contains { if case .shopper = $0.event { false } else { true } }
        return isQuiet && seats.allSatisfy { $0.map { !$0.state.orders.hasUnresolved } ?? true }
    }

    private func carryOut(_ event: Event) async throws {
        switch event {
        case .shopper(let viewer): shop(at: viewer)
        case .turn(let viewer): turn(viewer)
        case .operate(let viewer, let work, let isAssumed): operate(viewer, work, isAssumed: isAssumed)
        case .later(let viewer, let work):
            guard viewer.isAlive else { return }
            work()
            settle(viewer)
        case .arrive(let exchange, let delivery): await arrive(exchange, delivery)
        case .reply(let exchange, let result): reply(exchange, result)
        case .start(let seat): if seats[seat] == nil { try start(seat) }
        case .kill(let seat): if !isHealed, seats.indices.contains(seat) { die(seat) }
        case .world: if !isHealed { try await moveWorld() }
        case .heal: try heal()
        }
    }

    /// The network and the disk are well from here on, and nobody presses a key.
    private func heal() throws {
        note(nil, "healed")
        isHealed = true
        for seat in seats.indices {
            // A viewer whose write failed keeps its turn for as long as it lives.
            if hasStoreFailed { kill(seat) }
            if seats[seat] == nil { try start(seat) }
        }
    }

    // MARK: Viewers

    func start(_ seat: Int) throws {
        viewersStarted += 1
        let viewer = try Viewer(
            number: viewersStarted, seat: seat, skew: dice.milliseconds(-90_000...90_000), seed: dice.next(), of: self,
            capabilities: plant == .keysAreAssumed ? nil : provider.capabilities)
        seats[seat] = viewer
        note(viewer, "starts")
        let kept = try store.run(.startState(account: scope))
        act(viewer, .started(StoredState(kept, wishing: product)))
        open(viewer)
        if !isHealed { after(dice.milliseconds(100...1500), .shopper(viewer)) }
    }

    /// Ends a viewer at once; it comes back later.
    func die(_ seat: Int) {
        guard seats[seat] != nil else { return }
        kill(seat)
        after(dice.milliseconds(50...15_000), .start(seat: seat))
    }

    private func kill(_ seat: Int) {
        guard let viewer = seats[seat] else { return }
        note(viewer, "dies")
        viewer.die()
        seats[seat] = nil
    }

    /// The loop's turn: everything that has been posted, in order, as the screen's loop receives it.
    private func turn(_ viewer: Viewer) {
        let posted = viewer.inbox
        viewer.inbox = []
        for action in posted { act(viewer, action) }
    }

    func act(_ viewer: Viewer, _ action: Action) {
        guard viewer.isAlive else { return }
        note(viewer, "\(action)")
        viewer.engine.send(action)
        saidNotBought.formUnion(viewer.state.orders.refused.map(\.key))
        settle(viewer)
    }

    /// Decides what becomes of all that a step has put on the line and handed to the disk. The viewer may die between two of
    /// those.
    func settle(_ viewer: Viewer) {
        let items = viewer.outbox.take()
        let last = !isHealed && dice.isHit(perMille: deaths) ? dice.pick(0...items.count) : nil
        for item in items.prefix(last ?? items.count) {
            switch item {
            case .request(let request, let completion): ask(viewer, request, completion)
            case .operation(let work): enqueue(viewer, work)
            case .later(let delay, let work): after(delay, .later(viewer, work))
            }
        }
        if last != nil { return die(viewer.seat) }
        let posted = viewer.engine.receivePosted()
        guard !posted.isEmpty else { return }
        if viewer.inbox.isEmpty { after(dice.milliseconds(0...20), .turn(viewer)) }
        viewer.inbox += posted
    }

    /// Reads what is on disk now: a purchase counts from the moment in which it is there.
    func readBooks() {
        guard let kept = try? store.run(.intents(account: scope)) else { return note("the file cannot be read") }
        for intent in kept {
            if ledger[intent.key] == nil { ledger[intent.key] = intent }
            if case .refused(let reason) = intent.state, reason.string.hasPrefix("let go") { letGo.insert(intent.key) }
        }
    }

    // MARK: Words

    func note(_ violation: String) {
        violations.append(violation)
        note(nil, "VIOLATION: " + violation)
    }

    func note(_ viewer: Viewer?, _ what: @autoclosure () -> String) {
        guard isTracing else { return }
        let who = viewer.map { "viewer \($0.number)" } ?? "-"
        trace.append("\((time - SimulatedShop.start).milliseconds) ms  \(who)  \(what().prefix(400))")
    }
}
