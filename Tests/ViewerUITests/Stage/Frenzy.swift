import AppCore
import Domain
import Settings
import TerminalKit
import Text
import ViewerUI

/// Somebody who presses, clicks, pastes and resizes without a plan, in a shop where everything happens at once; the same
/// on every run of a seed.
struct Frenzy {
    private(set) var state: AppState
    private(set) var frame: Frame
    private(set) var restarts = 0
    private(set) var contexts: Set<KeyContext> = []
    private var size = Size(columns: 80, rows: 24)
    private var random: Chance
    private var broadcast = Broadcast.deal
    private let keymap = Keymap()
    private let keys = IntentTable.bindings.flatMap(\.keys).compactMap { KeyPress($0) }
    /// What has been asked of the world and not been answered yet.
    private var pending: [Effect] = []

    init(seed: UInt64) {
        random = Chance(state: seed)
        state = Self.opening
        frame = draw(state, size: size, theme: .terminal, keymap: keymap)
    }

    /// One in each status.
    private static let orders = OrderStatus.allCases.map { Order.told($0, id: OrderID("V-" + $0.rawValue)) }

    private static var opening: AppState {
        var state = Stage.watching(.deal).state
        state.orders.orders = orders
        return state
    }

    /// One event, and the frame that comes of it.
    mutating func step() {
        switch random.next(100) {
        case ..<46: press(keys[random.next(keys.count)])
        case ..<54:
            for scalar in Chance.words[random.next(Chance.words.count)].unicodeScalars {
                press(.init(.character(scalar)))
            }
        case ..<58: take(.paste(SafeText(random.words())))
        case ..<66: click()
        case ..<72: resize()
        case ..<84: happen()
        case ..<88: wait(.milliseconds(random.next(90_000)))
        case ..<90: act(.resumed)
        case ..<91: take(.focus(random.next(2) == 0))
        case ..<92: act(.serverTime(state.now + .seconds(Int64(random.next(9)) - 4)))
        default: wait(.milliseconds(random.next(900)))
        }
        settleSome()
        contexts.insert(state.context)
        frame = draw(state, size: size, theme: .terminal, keymap: keymap)
    }

    private mutating func press(_ key: KeyPress) { take(.key(key)) }

    private mutating func take(_ event: InputEvent) {
        if let action = keymap.action(for: event, in: state, frame: frame) { act(action) }
    }

    private mutating func click() {
        let target = frame.targets.isEmpty ? nil : frame.targets[random.next(frame.targets.count)].area
        let kind = [MouseEvent.Kind.press(.left), .press(.left), .press(.right), .wheelUp, .wheelDown][random.next(5)]
        let (x, y) = (random.next(size.columns + 2) - 1, random.next(size.rows + 2) - 1)
        take(
            .mouse(
                random.next(2) == 0 ? MouseEvent(kind, x: target?.x ?? x, y: target?.y ?? y) : .init(kind, x: x, y: y)))
    }

    private mutating func resize() {
        size =
            random.next(3) == 0
            ? Size(columns: 1 + random.next(500), rows: 1 + random.next(60))
            : Size(columns: 38 + random.next(100), rows: 8 + random.next(34))
        take(.resize(size))
    }

    private mutating func wait(_ duration: Duration) {
        state.now = state.now + duration
        act(.timePassed)
    }

    /// Something on the show's timeline.
    private mutating func happen() {
        let skus: [SKU] = ["SHADE-40", "BEADS", "LAMP-FLOOR", Boutique.sku, "NOT-HERE"]
        let sku = skus[random.next(skus.count)]
        let products: [ProductID] = ["table", "hook", "string", "candle", "wordy", "none"]
        switch random.next(10) {
        case 0: broadcast.add(.price(sku, Boutique.money(Int64(random.next(99_999))), was: nil), at: state.now)
        case 1: broadcast.add(.stock(sku, random.next(4)), at: state.now)
        case 2:
            broadcast.add(
                .highlight((0..<random.next(4)).map { products[($0 * 2 + 1) % products.count] }), at: state.now)
        case 3: broadcast.add(.chatRemoved(MessageID("m\(random.next(broadcast.events.count))")), at: state.now)
        case 4:
            broadcast.add([.viewers(nil), .viewers(random.next(9_999_999)), .unknown][random.next(3)], at: state.now)
        default:
            let roles: [ChatMessage.Role] = [.viewer, .viewer, .host, .moderator]
            broadcast.say(SafeText(random.words()), SafeText(random.words()), roles[random.next(4)], ago: 0)
        }
    }

    private mutating func act(_ action: Action) {
        let entropy = Entropy(high: UInt64(random.next(1 << 40)), low: UInt64(random.next(1 << 40)))
        pending += reduce(&state, action, Circumstances(now: state.now, entropy: entropy))
    }

    /// Answers some of what was asked, in another order, and now and then not at all well.
    private mutating func settleSome() {
        for _ in 0..<random.next(6) where !pending.isEmpty {
            switch pending.remove(at: random.next(pending.count)) {
            case .ask(let query, _):
                act(.answered(query, random.next(9) == 0 ? .failure(failure()) : answer(to: query)))
            case .record(let intent, _):
                act(
                    random.next(9) == 0
                        ? .intentNotRecorded(intent, reason: "the disk is full") : .intentRecorded(intent))
            case .store(.resolve(let key, .refused)):
                act(.refusalKept(key: key, problem: random.next(9) == 0 ? "the disk is full" : nil))
            case .takeTurn(let intent): act(.turn(intent, [.taken(intent), .elsewhere, .settled][random.next(3)]))
            case .quit: restart()
            default: break
            }
        }
    }

    private mutating func restart() {
        restarts += 1
        pending = []
        broadcast = .deal
        state = Self.opening
        state.columns = size.columns
        state.rows = size.rows
    }

    private mutating func failure() -> ShopFailure {
        let refusal = Refusal(code: "sold_out", message: SafeText(random.words()), stock: 0)
        return [.down, .notFound, .unauthorized, .refused(refusal), .notSent("no"), .down][random.next(6)]
    }

    private mutating func answer(to query: ShopQuery) -> Result<ShopAnswer, ShopFailure> {
        switch query {
        case .service: .success(.service(ShopInfo(name: "Boutique", capabilities: .all, serverTime: state.now)))
        case .shows: .success(.shows(Boutique.shows, nextCursor: nil))
        case .show(let id):
            .success(
                .show(ShowDetail(show: Boutique.shows.first { $0.id == id } ?? Boutique.lamps, lineUp: Boutique.lineUp))
            )
        case .head(let id): .success(.head(head(of: id)))
        case .segment: .success(.segment(broadcast.segment))
        case .moments: .success(.moments([]))
        case .hosts: .success(.hosts([Boutique.ana, Boutique.wordy], nextCursor: nil))
        case .host: .success(.host(Boutique.wordy))
        case .products: .success(.products(Boutique.lineUp, nextCursor: nil))
        case .product: .success(.product(Boutique.wordyProduct))
        case .follows: .success(.follows([Boutique.ana, Boutique.sami, Boutique.lei]))
        case .follow, .unfollow: .success(.done)
        case .paymentMethods: .success(.paymentMethods([Boutique.visa, Boutique.page]))
        case .addresses: .success(.addresses([Boutique.home]))
        case .quote(let sku, let quantity, _, _):
            .success(.quote(Boutique.quote(QuoteID("q\(random.next(99))"), of: sku, quantity: quantity)))
        case .orders: .success(.orders([Boutique.unpaid()] + Self.orders, nextCursor: nil))
        case .placeOrder(let intent): .success(.order(order(for: intent.key)))
        case .traceOrder(let intent): .success(random.next(2) == 0 ? .noSuchOrder : .order(order(for: intent.key)))
        case .order where random.next(2) == 0: .success(.order(Boutique.unpaid()))
        case .order(let id), .cancelOrder(let id), .returnOrder(let id, _, _):
            .success(.order(.told(OrderStatus.allCases[random.next(OrderStatus.allCases.count)], id: id)))
        default: .failure(.down)
        }
    }

    private func order(for key: String) -> Order {
        // Some are to be paid on the shop's page.
        var order = (key.utf8.last ?? 0).isMultiple(of: 2) ? Boutique.orders[0] : Boutique.unpaid()
        order.key = key
        return order
    }

    private func head(of show: ShowID) -> ShowHead {
        var head = broadcast.head
        head.show = show
        head.serverTime = state.now
        return head
    }
}

/// Chances and words by a seed (SplitMix64).
struct Chance {
    var state: UInt64

    static let words = [
        "lamp", " ", "李雷好看", "🔥🔥", "👩🏽\u{200D}🚀", "🇨🇭", "سامي", "ק", "e\u{301}\u{302}", "\u{1B}[2J", "\u{202E}pay",
        "@guest",
        "https://shop.example/a?b", "Donaudampfschiffahrt", "。」", "「", "\t", "한국", "नमस्ते", "\u{200B}", "1️⃣", "-", "x",
    ]

    mutating func words() -> String {
        (0..<next(14)).map { _ in Self.words[next(Self.words.count)] }.joined(separator: next(2) == 0 ? " " : "")
    }

    mutating func next(_ bound: Int) -> Int {
        guard bound > 0 else { return 0 }
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
