import AppCore
import Domain
import Engine
import HTTPTransport
import Logging
import Providers
import Settings
import ShopAccess
import Storage
import Synchronization
import TerminalKit
import Testing
import Text
import Viewer
import ViewerUI

/// Keys by the thousand, and keys that were pressed before anybody could see what they would do.
@Suite struct KeyFloodTests {
    private let terminal = RecordingTerminal(size: Size(columns: 80, rows: 24))
    private let store: Store
    private let mailbox: Mailbox
    private let loop: ViewerLoop
    private let asked = Asked()
    private let clock = Clock()
    private static let scope = "https://shop.example"

    init() throws {
        store = try Store.inMemory()
        mailbox = try Mailbox()
        let (asked, clock) = (asked, clock)
        // A shop that never answers: whatever waits for it piles up.
        let silent = HTTPClient { request, _ in
            asked.note(request.url)
            return HTTPCancellation {}
        }
        let shop = ShopClient(
            provider: try VitrineAPIProvider(origin: Self.scope), http: silent, keeping: .none,
            memory: .passing(), now: { clock.now })
        let runner = EffectRunner(
            seats: [.init(shop, scope: Self.scope)], store: store, mailbox: mailbox, log: Logger(label: "test"))
        let engine = Engine(
            state: AppState(now: clock.now, scope: Self.scope), runner: runner, mailbox: mailbox,
            clock: LoopClock { clock.now })
        loop = ViewerLoop(
            engine: engine, terminal: terminal, signals: nil,
            readSettings: {
                ViewerSettings(
                    themes: ["plain"], theme: "plain", themeNamed: { Theme(name: $0, appearance: .any) },
                    reduceMotion: true, keymap: Keymap(), mouse: true, mutes: [], budget: Budget(), problems: [])
            }, networkChanged: {})
        loop.start(with: [StoredState()])
        answer(.service, .service(ShopInfo(name: "Shop", capabilities: .all, serverTime: nil)))
    }

    /// Lets everything happen that is under way, and draws it at once.
    private func turn() {
        for _ in 0..<4 {
            store.drain()
            loop.turn(atMost: .zero)
            loop.perform(.timePassed, isUrgent: true)
            loop.turn(atMost: .zero)
        }
    }

    private func answer(_ query: ShopQuery, _ answer: ShopAnswer) {
        mailbox.post(.answered(query, .success(answer)))
        turn()
    }

    private func press(_ key: KeyPress, times: Int = 1) {
        for _ in 0..<times { terminal.send(.key(key)) }
    }

    private func listShows(_ count: Int) {
        let shows = (0..<count).map { number in
            Show(
                id: ShowID("s\(1000 + number)"), title: "Show", state: .live, hosts: [Host(id: "ana", name: "Ana")],
                startsAt: clock.now + .seconds(number))
        }
        answer(.shows(ShowFilter(), cursor: nil), .shows(shows, nextCursor: nil))
    }

    @Test func ofAFloodOnlyTheFirstKeysCount() {
        listShows(300)
        press(.character("j"), times: 10_000)
        turn()
        #expect(loop.state.schedule.selected == "s1064")
    }

    /// A page of its own for each press, each with a question to a shop that does not answer.
    @Test func whatManyKeysAskIsUnderWayOnce() {
        listShows(3)
        press(.enter)
        turn()
        #expect(loop.state.watch?.show == "s1000")
        press(.character("m"), times: 10_000)
        turn()
        #expect(asked.count("/moments") == 1)
    }

    @Test func theWayOutWaitsBehindNothing() {
        listShows(300)
        press(.character("j"), times: 10_000)
        press(.control("c"))
        press(.character("j"), times: 10_000)
        loop.turn(atMost: .zero)
        #expect(loop.hasEnded)
        #expect(loop.state.schedule.selected == "s1000")
    }

    @Test func aLineIsWrittenInOnePiece() {
        press(.character(":"))
        press(.character("x"), times: 100_000)
        turn()
        #expect(loop.state.prompt?.text.string == String(repeating: "x", count: loop.state.prompt?.limit ?? 0))
        press(.escape)
        turn()
        #expect(loop.state.prompt == nil)
    }

    /// What came with the key that opened a pane was typed before anybody saw it.
    @Test func aPaneIsNoAnswerToWhatCameWithItsKey() throws {
        try openBuyPane()
        press(.escape)
        turn()
        #expect(loop.state.buy == nil)
        press(.character("b"))
        press(.escape, times: 3)
        turn()
        #expect(loop.state.buy?.sku == "LAMP")
    }

    /// What a key does is read from the screen: one that still shows the frame before confirms nothing.
    @Test func aTotalThatTheTerminalHasNotTakenIsNotConfirmed() throws {
        try openBuyPane()
        // The reading end of a pipe: never ready to be written to.
        terminal.outputDescriptor = mailbox.descriptor
        answer(.quote("LAMP", quantity: 1, show: nil), .quote(try quote()))
        clock.wait(.seconds(5))
        press(.enter)
        turn()
        #expect(try purchases() == 0)
        // The terminal takes it at last: from now on it can be read.
        terminal.outputDescriptor = nil
        turn()
        press(.enter)
        turn()
        #expect(try purchases() == 0)
        clock.wait(BuyState.deliberation - .milliseconds(1))
        press(.enter)
        turn()
        #expect(try purchases() == 0)
        clock.wait(BuyState.deliberation)
        press(.enter)
        turn()
        #expect(try purchases() == 1)
    }

    /// How many were written down, whatever became of them.
    private func purchases() throws -> Int { try store.run(.startState(account: Self.scope)).intents.count }

    private func openBuyPane() throws {
        mailbox.post(.accountKnown(id: "guest-1", name: "Jo"))
        listShows(1)
        loop.perform(.user(.hostPage), isUrgent: true)
        let price = try #require(Money(amount: 14_500, exponent: 2, currency: "CHF"))
        let lamp = Product(id: "lamp", title: "Lamp", variants: [Variant(sku: "LAMP", price: price, stock: 2)])
        answer(.productsOfHost("ana", search: nil, cursor: nil), .products([lamp], nextCursor: nil))
        loop.perform(.user(.down), isUrgent: true)
        loop.perform(.user(.open), isUrgent: true)
        turn()
        loop.perform(.user(.buy), isUrgent: true)
        answer(.paymentMethods, .paymentMethods([PaymentMethod(id: "visa", kind: .card, label: "Visa")]))
        // The deals of live shows are not waited for any longer: the total is asked for without them.
        clock.wait(.seconds(3))
        turn()
        #expect(loop.state.buy?.sku == "LAMP")
    }

    private func quote() throws -> Quote {
        func francs(_ amount: Int64) throws -> Money {
            try #require(Money(amount: amount, exponent: 2, currency: "CHF"))
        }
        return Quote(
            id: "q1", lines: [QuoteLine(sku: "LAMP", title: "Lamp", quantity: 1, unitPrice: try francs(14_500))],
            subtotal: try francs(14_500), shipping: Charge(label: "Shipping", amount: try francs(0)),
            tax: Charge(label: "VAT", amount: try francs(1000)), taxIncluded: true,
            duties: Charge(label: "Duties", amount: try francs(0)), total: try francs(14_500),
            expiresAt: clock.now + .seconds(600))
    }
}

/// What the shop was asked.
private final class Asked: Sendable {
    private let urls = Mutex<[String]>([])
    func note(_ url: String) { urls.withLock { $0.append(url) } }
    func count(_ part: String) -> Int { urls.withLock { $0.count { $0.contains(part) } } }
}

/// A time that stands still until the test moves it.
private final class Clock: Sendable {
    private let time = Mutex(Timestamp(milliseconds: 1_795_444_320_000))
    var now: Timestamp { time.withLock { $0 } }
    func wait(_ duration: Duration) { time.withLock { $0 = $0 + duration } }
}
