import AppCore
import Domain
import Engine
import HTTPTransport
import Logging
import Providers
import Settings
import ShopAccess
import Storage
import TerminalKit
import Testing
import Text
import Viewer
import ViewerUI

/// What the loop brings to the terminal and from it, on a terminal in memory and a network that has no server.
@Suite struct LoopTests {
    private let terminal = RecordingTerminal(size: Size(columns: 80, rows: 24))
    private let store: Store
    private let mailbox: Mailbox
    private let loop: ViewerLoop
    private let signals: TestSignals
    private let drops = Counter()
    private static let scope = "https://shop.example"

    init() throws {
        store = try Store.inMemory()
        mailbox = try Mailbox()
        let nowhere = HTTPClient { _, completion in
            completion(.failure(.cannotConnect))
            return HTTPCancellation {}
        }
        let shop = ShopClient(
            provider: try VitrineAPIProvider(origin: Self.scope), http: nowhere, keeping: .none,
            memory: .passing(), now: { Timestamp(milliseconds: 0) })
        let runner = EffectRunner(
            seats: [.init(shop, scope: Self.scope)], store: store, mailbox: mailbox, log: Logger(label: "test"))
        let clock = LoopClock()
        signals = TestSignals(descriptor: mailbox.descriptor)
        let engine = Engine(
            state: AppState(now: clock.now, scope: Self.scope), runner: runner, mailbox: mailbox, clock: clock)
        loop = ViewerLoop(
            engine: engine, terminal: terminal, signals: signals,
            readSettings: {
                ViewerSettings(
                    themes: ["plain"], theme: "plain", themeNamed: { Theme(name: $0, appearance: .any) },
                    reduceMotion: true, keymap: Keymap(), mouse: true, mutes: [], budget: Budget(), problems: [])
            }, networkChanged: { [drops] in drops.value += 1 })
    }

    /// Lets everything happen that is under way.
    private func settle() {
        for _ in 0..<4 {
            store.drain()
            loop.turn(atMost: .zero)
        }
    }

    private func show(_ state: ShowState) -> Show {
        Show(
            id: "lamps", title: "Late-night lamps", state: state, hosts: [Host(id: "ana", name: "Ana")],
            startsAt: loop.state.now)
    }

    @Test func aShowThatBeginsRingsTheBellOnce() throws {
        let reminder = Reminder(show: "lamps", title: "Late-night lamps", startsAt: loop.state.now)
        try store.run(.setReminder(reminder, account: Self.scope))
        loop.start(with: [StoredState(reminders: try store.run(.startState(account: Self.scope)).reminders)])
        settle()
        #expect(terminal.bells == 0)
        for _ in 0..<2 {
            mailbox.post(.answered(.shows(ShowFilter(), cursor: nil), .success(.shows([show(.live)], nextCursor: nil))))
            settle()
        }
        #expect(terminal.bells == 1)
        #expect(loop.state.notice?.text == "Late-night lamps has begun.")
        #expect(try store.run(.startState(account: Self.scope)).reminders.isEmpty)
    }

    @Test func whatIsSeenAndWishedForIsKeptAndReadBack() throws {
        loop.start(with: [StoredState()])
        let price = try #require(Money(amount: 14_500, exponent: 2, currency: "CHF"))
        let lamp = Product(id: "lamp", title: "Lamp", variants: [Variant(sku: "LAMP", price: price, stock: 2)])
        mailbox.post(.answered(.shows(ShowFilter(), cursor: nil), .success(.shows([show(.live)], nextCursor: nil))))
        settle()
        loop.perform(.user(.hostPage), isUrgent: true)
        mailbox.post(
            .answered(.productsOfHost("ana", search: nil, cursor: nil), .success(.products([lamp], nextCursor: nil))))
        settle()
        loop.perform(.user(.down), isUrgent: true)
        loop.perform(.user(.wish), isUrgent: true)
        loop.perform(.user(.open), isUrgent: true)
        settle()
        #expect(try store.run(.startState(account: Self.scope)).wishes.map(\.price) == [price])
        #expect(loop.state.productPage?.history["LAMP"]?.map(\.price) == [price])
    }

    @Test func aTerminalThatIsSlowIsNoticed() {
        loop.start(with: [StoredState()])
        // The reading end of a pipe: never ready to be written to.
        terminal.outputDescriptor = mailbox.descriptor
        settle()
        #expect(loop.state.isOutputBackedUp)
        terminal.outputDescriptor = nil
        settle()
        #expect(!loop.state.isOutputBackedUp)
    }

    /// The machine may have been anywhere meanwhile: no connection of before is used.
    @Test(arguments: [ProcessSignal.stop, .resume]) func afterAStopTheConnectionsAreDropped(signal: ProcessSignal) {
        loop.start(with: [StoredState()])
        settle()
        #expect(drops.value == 0)
        signals.arrived = [signal]
        settle()
        #expect(drops.value == 1)
        #expect(signals.stops == (signal == .stop ? 1 : 0))
    }

    @Test func focusAndMotionReachTheState() {
        loop.start(with: [StoredState()])
        #expect(loop.state.reduceMotion && loop.state.isFocused)
        terminal.send(.focus(false))
        settle()
        #expect(!loop.state.isFocused)
        terminal.send(.focus(true))
        settle()
        #expect(loop.state.isFocused && !loop.state.isOutputBackedUp)
    }
}

private final class Counter {
    var value = 0
}

/// Signals that arrive when the test says so.
private final class TestSignals: SignalSource {
    let descriptor: Int32
    var arrived: [ProcessSignal] = []
    private(set) var stops = 0

    init(descriptor: Int32) { self.descriptor = descriptor }

    func take() -> [ProcessSignal] {
        defer { arrived = [] }
        return arrived
    }

    func stop() { stops += 1 }
}
