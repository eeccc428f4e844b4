import Domain
import Engine
import Foundation
import Glibc
import HTTPTransport
import Lines
import LiveAPI
import Logging
import Providers
import Settings
import ShopAccess
import Storage
import Synchronization
import Text

/// A show at a server in this process that answers at once, on a clock that moves where the program would sleep.
final class StagedShow: Sendable {
    fileprivate struct State {
        var show: Show
        var events: [TimelineEvent] = []
        var offers: [Offer] = []
        var highlight: [ProductID] = []
        var now = StagedShow.start
        var requests: [String] = []
        /// Failure of each request; nil answers it.
        var failure: HTTPFailure?
        var isSilent = false
        var status = 200
        var output: [String] = []
        var complaints: [String] = []
    }

    /// 2026-11-23T14:32:00Z.
    static let start = Timestamp(milliseconds: 1_795_444_320_000)
    static let origin = "http://127.0.0.1:1"
    static let eventsPerSegment = 10

    private let state: Mutex<State>

    init(_ showState: ShowState = .live, startsAt: Timestamp = start - .seconds(600)) {
        let ana = Host(id: "ana", name: "Ana")
        state = Mutex(
            State(show: Show(id: "lamps", title: "Lamps", state: showState, hosts: [ana], startsAt: startsAt)))
    }

    static let hook = Product(
        id: "hook", title: "Brass hook",
        variants: [Money(amount: 2400, exponent: 2, currency: "CHF")].compactMap { price in
            price.map { Variant(sku: "HOOK", price: $0, stock: 40) }
        })

    // MARK: What happens

    func add(_ kind: TimelineEvent.Kind, after delay: Duration = .zero) {
        state.withLock { state in
            let at = state.now + delay
            state.events.append(TimelineEvent(sequence: state.events.count + 1, at: at, kind: kind))
            if case .state(let newer) = kind { state.show.state = newer }
            if case .highlight(let products) = kind { state.highlight = products }
            if case .offerStarted(let offer) = kind { state.offers.append(offer) }
        }
    }

    func say(_ text: SafeText) {
        let (number, at) = state.withLock { ($0.events.count, $0.now) }
        add(.chat(ChatMessage(id: MessageID("m\(number)"), author: "jo", text: text, at: at)))
    }

    func fail(_ failure: HTTPFailure?) { state.withLock { $0.failure = failure } }
    func fall(silent isSilent: Bool) { state.withLock { $0.isSilent = isSilent } }
    func answer(with status: Int) { state.withLock { $0.status = status } }

    var now: Timestamp { state.withLock { $0.now } }
    var output: [String] { state.withLock { $0.output } }
    var complaints: [String] { state.withLock { $0.complaints } }
    /// Paths in the order in which they were asked for.
    var requests: [String] { state.withLock { $0.requests } }

    // MARK: Who watches

    /// Watches it, with all that is printed kept.
    func watch(as form: ShowLines.Form, _ body: (ShowLines) throws -> Void) throws {
        let sink = OutputSink { [self] text, stream in
            let lines = text.split(separator: "\n").map(String.init)
            state.withLock { if stream == .output { $0.output += lines } else { $0.complaints += lines } }
            return nil
        }
        try OutputSink.$current.withValue(sink) {
            let session = try session()
            defer { session.close() }
            try body(try ShowLines("lamps", as: form, session))
        }
    }

    private func session() throws -> Session {
        let log = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let clock = LoopClock { [self] in now }
        let store = try Store.inMemory()
        let channel = ChannelAccess(
            title: "shop", scope: Self.origin, host: "127.0.0.1", provider: try VitrineAPIProvider(origin: Self.origin),
            http: client, credential: nil,
            accounts: Accounts(file: AccountFile(path: "/nonexistent/accounts"), scope: Self.origin),
            tokenSource: TokenSource(), keeping: .none, store: store, log: log, now: { clock.now })
        let session = Session(
            channels: [channel], store: store, config: Config(), log: log, clock: clock,
            accountFile: "/nonexistent/accounts", hostNames: .none, pointing: .none)
        session.pause = { [self] descriptor, until in pause(descriptor, until) }
        return session
    }

    /// Moves the clock to what is due, unless there is something to do before.
    private func pause(_ descriptor: Int32, _ until: ContinuousClock.Instant?) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&request, 1, 0) > 0 { return true }
        guard let until else { return false }
        let rest = max(.zero, until - .now)
        state.withLock { $0.now = $0.now + rest + .milliseconds(1) }
        return true
    }

    // MARK: The server

    private var client: HTTPClient {
        HTTPClient { [self] request, completion in
            let path = String(request.url.dropFirst(Self.origin.count))
            let reply = state.withLock { state -> Result<HTTPResponse, HTTPFailure>? in
                state.requests.append(path)
                if let failure = state.failure { return .failure(failure) }
                guard !state.isSilent else { return nil }
                let body = state.status == 200 ? state.body(of: path) : nil
                var headers = HTTPHeaders()
                headers.append("Content-Type", "application/json")
                return .success(
                    HTTPResponse(
                        status: body == nil ? max(404, state.status) : 200, headers: headers,
                        body: body ?? Data(#"{"code":"not_found"}"#.utf8)))
            }
            if let reply { completion(reply) }
            return HTTPCancellation {}
        }
    }
}

extension StagedShow.State {
    fileprivate func body(of path: String) -> Data? {
        let known = events.prefix { $0.at <= now }.count
        if path == "/v1/shows/lamps" { return encoded(ShowDetail(show: show, lineUp: [StagedShow.hook])) }
        if path == "/v1/shows/lamps/head" {
            return encoded(
                ShowHead(
                    show: "lamps", snapshot: snapshot(upTo: known), lastSequence: known,
                    open: segment(known / StagedShow.eventsPerSegment, known), pollAfterMilliseconds: 1000,
                    serverTime: now))
        }
        guard let number = path.split(separator: "/").last.flatMap({ Int($0) }), path.contains("/timeline/") else {
            return nil
        }
        return encoded(segment(number, known))
    }

    private func encoded(_ value: some Encodable) -> Data? { try? JSONEncoder().encode(value) }

    private func segment(_ number: Int, _ known: Int) -> TimelineSegment {
        let first = min(number * StagedShow.eventsPerSegment, known)
        let end = min(first + StagedShow.eventsPerSegment, known)
        return TimelineSegment(
            number: number, opening: snapshot(upTo: first), events: Array(events[first..<end]),
            isClosed: end == (number + 1) * StagedShow.eventsPerSegment)
    }

    private func snapshot(upTo count: Int) -> ShowSnapshot {
        ShowSnapshot(
            sequence: count, at: count > 0 ? events[count - 1].at : show.startsAt, state: show.state,
            highlight: count == events.count ? highlight : [], offers: count == events.count ? offers : [])
    }
}
