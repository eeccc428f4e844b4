import AppCore
import Domain
import Engine
import ShopAccess
import Text
import ViewerUI

/// A show in lines of text or of JSON: what happens in it, the ends that draw near, and news of the server. The engine watches
/// it; what has become known is printed with each `tell`.
package final class ShowLines {
    /// The dialogue is shorter with a show that is over, of which it says what was sold.
    package enum Form { case plain, dialogue, json }

    /// Time that is counted down to.
    private enum End: Hashable {
        case start
        case offer(OfferID)
    }

    package let detail: ShowDetail
    private let session: Session
    private let engine: Engine
    private let form: Form
    private var printer: PlainPrinter
    private var countdown = SpokenCountdown<End>()
    private var offers: [OfferID: Offer] = [:]
    /// True once the state at the moment of joining has been said.
    private var hasJoined: Bool
    /// Sales of a show that is over; nil where all of it is told.
    private var retelling: Retelling?
    /// The ordinal of the first entry that has not been told.
    private var next = 0
    /// Products that the newest link has put on air; nil before there was one.
    private var linked: [ProductID]?
    private var server: ServerNews
    private var waiting = WaitingLines()
    /// Holds back all that is to be said until it is asked for.
    package var isHeld = false
    /// Nothing more will happen.
    package private(set) var isOver = false
    /// Something has been told since it was joined, even if only that the server does not answer.
    private(set) var hasBegun = false

    /// Asks for the show, says which it is, and watches it from now on.
    package init(
        _ id: ShowID, as form: Form, _ session: Session, until deadline: ContinuousClock.Instant? = nil
    ) throws {
        self.session = session
        self.form = form
        engine = try session.engine()
        detail = try session.ask(
            Question.show(id), at: session.access(to: id.channel), while: "show \(id)", until: deadline)
        printer = PlainPrinter(detail: detail, config: session.config, now: session.now)
        let isEnded = detail.show.state == .ended
        hasJoined = isEnded
        retelling = isEnded && form == .dialogue ? Retelling() : nil
        server = ServerNews(isPatient: form != .dialogue)
        if form != .json { Output.line(printer.opening) }
        engine.send(.feed(.join(detail)))
    }

    /// Watches it no longer.
    package func leave() { if isWatched { engine.send(.feed(.leave)) } }

    private var isWatched: Bool { engine.state.watch?.show == detail.show.id }

    // MARK: On air

    /// The products on air as it was said last, with the prices and the stock that were last heard of: while the show is
    /// held, something else may be on air by now.
    var onAir: [Product] { told.compactMap { printer.products[$0] } }
    private var told: [ProductID] = []
    /// The same once what waits has been said.
    private var toldNext: [ProductID]?

    /// The line of a purchase that is not of what is on air; nil where it is, or where the show is over.
    func wordsOffAir(of sku: SKU) -> String? {
        guard detail.show.state != .ended, !isOver, !onAir.contains(where: { $0.variant(sku) != nil }) else {
            return nil
        }
        return onAir.first.map { "Not on air now: that is \($0.title)." } ?? "Not on air now."
    }

    // MARK: Telling

    private var showNow: Timestamp {
        engine.state.shops[detail.show.id.channel].showClock.serverTime(at: session.now)
    }

    /// Duration until the engine or the show has something to do; nil where nothing will happen by itself.
    var rest: Duration? {
        guard !isOver else { return isHeld ? nil : .zero }
        let spoken = isHeld ? nil : countdown.nextAt.map { $0 - showNow }
        let notice = server.noticeAt.map { $0 - session.now }
        return [engine.rest, spoken, notice].compactMap { $0.map { max(.zero, $0) } }.min()
    }

    /// Does what is due, and tells what has become known.
    /// - Throws: `CommandFailure` where trying again cannot help.
    func goOn() throws {
        engine.work()
        try tell()
    }

    /// Tells the show as it goes on, until it is over, the time has run out, or the front end wants something else.
    package func run(
        until deadline: ContinuousClock.Instant? = nil, while isWanted: (ShowLines) -> Bool = { _ in true }
    ) throws {
        while true {
            try goOn()
            guard !isOver, isWanted(self), deadline.map({ .now < $0 }) ?? true else { return }
            let due = rest.map { ContinuousClock.now + $0 }
            guard session.pause(engine.descriptor, [deadline, due].compactMap { $0 }.min()) else { return }
        }
    }

    private func tell() throws {
        speak()
        guard !isOver, isWatched, let watch = engine.state.watch, let feed = watch.feed else { return }
        let problem = server.problem(of: watch, at: session.now)
        if problem == nil, watch.heldHead == nil, feed.snapshot != nil, let line = server.back(at: session.now) {
            tellOfServer(line)
        }
        try tell(feed, watch)
        if let problem {
            guard problem.isTransient else { throw CommandFailure(problem, while: "show \(detail.show.id)") }
            let line = server.away(problem, at: session.now)
            if let line { tellOfServer(line + (form == .dialogue ? "; Enter tries now." : ".")) }
            hasBegun = true
        }
    }

    private func tell(_ feed: ShowFeed, _ watch: WatchState) throws {
        let isAskingForLink = watch.pendingLink.map { $0.poller.backoff.failures == 0 } ?? false
        // Who joins is told first of all what is on air, once that is known.
        if form != .json, !hasJoined, feed.snapshot == nil || isAskingForLink { return }
        printer.now = session.now
        let entries = feed.entries(from: next)
        entries.forEach(note)
        if form == .json {
            for entry in entries { try Output.json(entry.event) }
        } else if let snapshot = feed.snapshot, !hasJoined {
            for line in printer.joining(snapshot, linked) { say(line) }
        } else if retelling != nil {
            for entry in entries { retelling?.add(entry.event) { printer.line(for: $0) } }
        } else {
            for line in entries.compactMap(line) { say(line) }
        }
        hasJoined = hasJoined || feed.snapshot != nil
        next = feed.end
        if !entries.isEmpty { engine.send(.feed(.told(upTo: next))) }
        if let snapshot = feed.snapshot { follow(snapshot) }
        guard feed.isComplete, !isAskingForLink else { return }
        isOver = true
        // The dialogue has no line that tells all of it.
        let hint = session.command(
            "watch", detail.show.id.rawValue, "--plain", at: session.access(to: detail.show.id.channel))
        for line in retelling?.lines(hint: hint) ?? [] { say(line) }
    }

    /// Takes in what a link has changed.
    private func note(_ entry: ShowFeed.Entry) {
        switch entry {
        case .event: break
        case .onAir(let product, _):
            printer.add(product)
            linked = [product.id]
        case .offAir: linked = []
        }
    }

    private func line(_ entry: ShowFeed.Entry) -> String? {
        guard case .offAir(let products, let event) = entry, let product = products.first else {
            return printer.line(for: entry.event)
        }
        return "\(Phrase.time(event.at, from: session.now))  No longer on air: \(printer.title(of: product))"
    }

    private func follow(_ snapshot: ShowSnapshot) {
        hasBegun = true
        let onAir = linked ?? snapshot.highlight
        if isHeld { toldNext = onAir } else { told = onAir }
        offers = Dictionary(snapshot.offers.map { ($0.id, $0) }) { $1 }
        var ends = Dictionary(uniqueKeysWithValues: offers.map { (End.offer($0.key), $0.value.endsAt) })
        if snapshot.state == .scheduled { ends[.start] = detail.show.startsAt }
        countdown.follow(ends, at: showNow)
    }

    private func speak() {
        guard !isHeld else { return }
        for announcement in countdown.take(at: showNow) {
            let left = Phrase.spoken(announcement.left)
            switch announcement.subject {
            case .start: say("The show starts in \(left).")
            case .offer(let id):
                guard let offer = offers[id] else { continue }
                say("Deal on \(printer.title(of: offer.product)): \(left) left.")
            }
        }
    }

    // MARK: The server

    /// The server does not answer as it should.
    var isAway: Bool { server.isAway }

    /// Asks now and not when it is due, where the server does not want to be left alone.
    func tryNow() { engine.send(.feed(.tryNow)) }

    /// Output for a program has nothing in it but the show.
    private func tellOfServer(_ words: String) {
        if form == .dialogue { say(words) } else { Output.complain(words) }
    }

    // MARK: Lines

    /// Says what waited to be asked for.
    /// - Returns: how many lines.
    @discardableResult
    func tellWaiting() -> Int {
        let lines = waiting.take()
        for line in lines { Output.line(line, keepsAddresses: false) }
        told = toldNext ?? told
        toldNext = nil
        return lines.count
    }

    private func say(_ line: String) {
        if isHeld { waiting.append(line) } else { Output.line(line, keepsAddresses: false) }
    }
}
