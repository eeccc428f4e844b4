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
import WooStandIn

/// A shopper with the whole engine at a WooCommerce shop in this process, on a clock that is moved by hand. Everything happens at
/// once and in a fixed order: a reply comes with its request, and the disk writes what it is given.
final class WooVisit {
    private final class Clock: Sendable {
        private let time = Mutex(Timestamp(seconds: 1_800_000_000))
        var now: Timestamp { time.withLock { $0 } }
        func move(to now: Timestamp) { time.withLock { $0 = max($0, now) } }
    }

    let shop: StandInShop
    let store: Store
    private let folder: Folder
    private let memory = ShopMemory.passing()
    private let provider: WooCommerceProvider
    private let product: Product
    private let clock = Clock()
    private let numbers: Mutex<Seeded>
    private let credential: Credential
    private var engine: Engine
    private var outbox = Outbox()
    private var later: [(at: Timestamp, work: WorkQueue.Work)] = []
    /// Program's own steps until it is killed; nil lets it live.
    var stepsToLive: Int?
    private(set) var deaths = 0

    static let scope = "https://shop.example"

    init(_ rules: StandInShop.Rules, seed: UInt64) throws {
        let (shop, clock) = (StandInShop(rules), self.clock)
        self.shop = shop
        folder = try Folder()
        store = try Store.open(path: folder.file)
        provider = WooCommerceProvider(site: try WooSite(home: Self.scope, api: nil))
        credential = Credential(Account(id: "guest", name: "Guest", token: Self.ana.token), .guest)
        numbers = Mutex(Seeded(seed))
        let client = ShopClient(
            provider: provider, http: shop.client, credential: credential, keeping: .none, memory: memory,
            queue: { _ in WorkQueue { _, work in work() } }, now: { clock.now })
        guard case .product(let scarf) = try client.wait(for: .product("31")).get() else { throw ShopFailure.notFound }
        product = scarf
        engine = try Self.engine(
            at: clock, provider, credential, memory, outbox, product, entropy: Self.draws(seed: seed))
    }

    private static func draws(seed: UInt64) -> @Sendable () -> Entropy {
        let numbers = Mutex(Seeded(seed))
        return { numbers.withLock { Entropy(high: $0.next(), low: $0.next()) } }
    }

    private static func engine(
        at clock: Clock, _ provider: WooCommerceProvider, _ credential: Credential, _ memory: ShopMemory,
        _ outbox: Outbox, _ product: Product, entropy: @escaping @Sendable () -> Entropy
    ) throws -> Engine {
        var state = AppState(now: clock.now, scope: scope)
        state.accountID = credential.account.id
        state.capabilities = provider.capabilities
        state.wishes.products[product.id] = product
        let client = ShopClient(
            provider: provider, http: outbox.client, credential: credential,
            keeping: AccountKeeping(current: { credential }, exchange: { old, _ in old }), memory: memory,
            queue: outbox.queue, now: { clock.now })
        let mailbox = try Mailbox()
        let runner = EffectRunner(
            seats: [.init(client, scope: scope)], store: SimulatedDisk(outbox: outbox), mailbox: mailbox,
            log: Logger(label: "simulation", factory: { _ in SwiftLogNoOpLogHandler() }))
        return Engine(
            state: state, runner: runner, mailbox: mailbox,
            clock: LoopClock(reading: { clock.now }, drawing: entropy))
    }

    var state: AppState { engine.state }

    /// The only purchase of the visit.
    var purchase: Purchase? { state.orders.purchases.values.first }

    /// Starts the program, again where it has been killed.
    func start() throws {
        outbox = Outbox()
        later = []
        let seed = numbers.withLock { $0.next() }
        engine = try Self.engine(
            at: clock, provider, credential, memory, outbox, product, entropy: Self.draws(seed: seed))
        try send(.started(StoredState(store.run(.startState(account: Self.scope)), wishing: product)))
    }

    func press(_ intents: UserIntent...) throws { for intent in intents { try send(.user(intent)) } }

    /// Opens the pane on the scarf, with its total read.
    func openPane() throws {
        try start()
        try press(.wishListTab, .open, .buy)
        try wait(BuyState.deliberation)
    }

    /// Lets time pass as the loop does: it sleeps until something is due.
    func wait(_ duration: Duration) throws {
        let end = clock.now + duration
        while true {
            let held = later.indices.min { (later[$0].at, $0) < (later[$1].at, $1) }
            let due = state.nextDeadline
            if let held, later[held].at <= min(end, due ?? end) {
                clock.move(to: later[held].at)
                later.remove(at: held).work()
                try settle()
            } else if let due, due <= end {
                clock.move(to: due)
                try send(.timePassed)
            } else {
                break
            }
        }
        clock.move(to: end)
    }

    private func send(_ action: Action) throws {
        engine.send(action)
        try settle()
    }

    /// Carries out what has been put on the line and handed to the disk, and receives what comes of it, until nothing is left.
    private func settle() throws {
        while true {
            var isIdle = true
            for item in outbox.take() {
                isIdle = false
                if try isKilled() { return }
                switch item {
                case .request(let request, let completion): _ = shop.client.send(request, completion)
                case .operation(let work): work.run(store)
                case .later(let delay, let work): later.append((clock.now + delay, work))
                }
            }
            for action in engine.receivePosted() {
                isIdle = false
                engine.send(action)
            }
            if isIdle { return }
        }
    }

    private func isKilled() throws -> Bool {
        guard let steps = stepsToLive else { return false }
        stepsToLive = steps > 0 ? steps - 1 : nil
        guard steps == 0 else { return false }
        deaths += 1
        try start()
        return true
    }

    private static var ana: ContactDetails {
        var ana = ContactDetails()
        let lines: [ContactDetails.Field: String] = [
            .firstName: "Ana", .lastName: "Lopez", .line1: "1 Main Street", .city: "Oakland", .state: "CA",
            .postcode: "94607", .country: "us", .email: "ana@example.org",
        ]
        for (field, line) in lines { _ = ana.set(field, line) }
        return ana
    }
}
