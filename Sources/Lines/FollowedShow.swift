import AppCore
import Domain
import ShopAccess
import Text
import ViewerUI

/// A show that is followed in lines of text or of JSON: what happens in it, the ends that draw near, and whether the
/// server is there.
package final class FollowedShow {
    /// The dialogue is shorter with a show that is over, of which it says what was sold.
    package enum Form { case plain, dialogue, json }

    package enum Turn {
        case goesOn
        /// The deadline came before the server's answer.
        case outOfTime
    }

    /// What is counted down to.
    private enum End: Hashable {
        case start
        case offer(OfferID)
    }

    package let detail: ShowDetail
    private let session: Session
    private let channel: ChannelAccess
    private let form: Form
    private let feed: EventFeed
    private var printer: PlainPrinter
    private var countdown = SpokenCountdown<End>()
    private var offers: [OfferID: Offer] = [:]
    private var hasJoined = false
    /// What was linked to and is not known yet.
    private var pendingLink: StandingLinks.Link?
    private var links = StandingLinks()
    /// What the newest link has put on air.
    private var linked: [ProductID]?
    /// What links have put on air and is taken back in this turn.
    private var takenBack: [ProductID] = []
    private var connection = ConnectionState()
    /// What was said since the server went.
    private var toldOfServer: Set<SafeText> = []
    private var waiting = WaitingLines()
    /// Whether what is to be said waits until it is asked for.
    package var isHeld = false
    /// Whether nothing more will happen.
    package private(set) var isOver = false

    /// Asks for the show, and says which it is.
    package init(
        _ id: ShowID, as form: Form, _ session: Session, until deadline: ContinuousClock.Instant? = nil
    ) throws {
        self.session = session
        channel = session.access(to: id.channel)
        self.form = form
        detail = try session.ask(Question.show(id), at: channel, while: "show \(id)", until: deadline)
        printer = PlainPrinter(detail: detail, config: session.config, now: session.now)
        let (engine, channel) = (try session.engine(), id.channel)
        feed = EventFeed(show: id, isReplay: detail.show.state == .ended, clock: session.clock) { query, deadline in
            engine.ask(query, of: channel, until: deadline, pausing: session.pause)
                ?? .failure(.unreachable("no answer in time", mayHaveArrived: true))
        }
        hasJoined = detail.show.state == .ended
        if form != .json { Output.line(printer.opening) }
    }

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

    /// How long nothing is due.
    package var rest: Duration {
        if isOver { return .seconds(3600) }
        let spoken = isHeld ? nil : countdown.nextAt.map { $0 - channel.showTime(at: session.now) }
        return max(.zero, min(feed.nextAt - feed.now, spoken ?? .seconds(3600)))
    }

    /// Does what is due, waiting for the server's answer until the deadline at most.
    /// - Parameter hasYielded: whether the answer was given up for something else meanwhile.
    /// - Throws: `CommandFailure` where trying again cannot help.
    package func turn(until deadline: ContinuousClock.Instant?, hasYielded: () -> Bool = { false }) throws -> Turn {
        speak()
        guard feed.nextAt <= feed.now, !isOver else { return .goesOn }
        switch feed.next(until: deadline) {
        case .events(let events):
            comeBack()
            try tell(withLinks(events, until: deadline))
        case .failed where hasYielded(): break
        case .failed(let failure):
            guard failure.isTransient else { throw CommandFailure(failure, while: "show \(detail.show.id)") }
            away(failure)
        case .finished: isOver = true
        case .outOfTime: return .outOfTime
        }
        return .goesOn
    }

    /// Whether the server does not answer as it should.
    var isAway: Bool { connection.isAway }

    /// Asks now and not when it is due, where the server does not want to be left alone.
    func tryNow() { feed.tryNow() }

    /// Says how it stands with the server, once for each way in which it fails.
    func away(_ failure: ShopFailure) {
        connection.failed(.head, failure, at: feed.now)
        let line = ConnectionWords(connection, at: feed.now).line
        guard toldOfServer.insert(line).inserted else { return }
        tellOfServer("\(line) It is tried again by itself\(form == .dialogue ? "; Enter tries now" : "").")
    }

    private func comeBack() {
        guard connection.succeeded(.head, at: feed.now), case .catchingUp(let since) = connection.status else { return }
        connection.plan([.head], [], isUpToDate: true, at: feed.now)
        toldOfServer = []
        tellOfServer("Live again, after \(Phrase.spoken(feed.now - since)).")
    }

    /// What is read by a program has nothing in it but the show.
    private func tellOfServer(_ words: String) {
        if form == .dialogue { say(words) } else { Output.complain(words) }
    }

    /// Says what waited to be asked for.
    /// - Returns: how many lines.
    @discardableResult
    package func tellWaiting() -> Int {
        let lines = waiting.take()
        for line in lines { Output.line(line, keepsAddresses: false) }
        told = toldNext ?? told
        toldNext = nil
        return lines.count
    }

    /// The newest link as what it has put on air; the shop is asked again with the next turn where it does not answer.
    private func withLinks(_ events: [TimelineEvent], until deadline: ContinuousClock.Instant?) -> [TimelineEvent] {
        takenBack = []
        var told: [TimelineEvent] = []
        for event in events {
            switch event.kind {
            case .link(let address, let message):
                let link = StandingLinks.Link(address: address, message: message, at: event.at)
                links.add(link)
                pendingLink = link
                continue
            case .chatRemoved(let id) where links.takeBack(where: { $0.message == id }):
                told += [event] + clearAir(event)
                continue
            default: told.append(event)
            }
        }
        while let link = pendingLink {
            switch answer(to: .productAt(address: link.address), until: deadline) {
            case .success(.product(let product)):
                printer.add(product)
                linked = [product.id]
                pendingLink = nil
                let sequence = feed.snapshot?.sequence ?? 0
                told.append(TimelineEvent(sequence: sequence, at: link.at, kind: .highlight([product.id])))
            case .failure(let failure) where failure.isTransient: return told
            case .success, .failure:
                links.drop(link)
                // What is on air stays so; where nothing is, the one before it may be.
                pendingLink = linked?.isEmpty == false ? nil : links.newest
            }
        }
        return told
    }

    private func answer(
        to query: ShopQuery, until deadline: ContinuousClock.Instant?
    ) -> Result<ShopAnswer, ShopFailure> {
        do {
            return try session.engine().ask(
                query, of: detail.show.id.channel, until: deadline, pausing: session.pause)
                ?? .failure(.unreachable("no answer in time", mayHaveArrived: true))
        } catch { return .failure(.notSent(SafeText("\(error)"))) }
    }

    /// The newest link is gone with its message: what it had put on air is so no longer, and the one before it counts.
    private func clearAir(_ event: TimelineEvent) -> [TimelineEvent] {
        pendingLink = links.newest
        guard let before = linked, !before.isEmpty else { return [] }
        takenBack = before
        linked = []
        return [TimelineEvent(sequence: event.sequence, at: event.at, kind: .highlight([]))]
    }

    private func line(for event: TimelineEvent) -> String? {
        guard event.kind == .highlight([]), let product = takenBack.first else { return printer.line(for: event) }
        return "\(Phrase.time(event.at, from: session.now))  No longer on air: \(printer.title(of: product))"
    }

    private func say(_ line: String) {
        if isHeld { waiting.append(line) } else { Output.line(line, keepsAddresses: false) }
    }

    private func tell(_ events: [TimelineEvent]) throws {
        guard form != .json else { return try events.forEach { try Output.json($0) } }
        printer.now = session.now
        guard let snapshot = feed.snapshot else { return }
        if form == .dialogue, detail.show.state == .ended {
            retell(events)
        } else {
            let lines = hasJoined ? events.compactMap(line) : printer.joining(snapshot, linked)
            for line in lines { say(line) }
        }
        hasJoined = true
        let onAir = linked ?? snapshot.highlight
        if isHeld { toldNext = onAir } else { told = onAir }
        offers = Dictionary(snapshot.offers.map { ($0.id, $0) }) { $1 }
        var ends = Dictionary(uniqueKeysWithValues: offers.map { (End.offer($0.key), $0.value.endsAt) })
        if snapshot.state == .scheduled { ends[.start] = detail.show.startsAt }
        countdown.follow(ends, at: channel.showTime(at: session.now))
    }

    /// What was on air in a show that is over, each product once, in a bounded number of lines.
    private func retell(_ events: [TimelineEvent]) {
        var told: Set<ProductID> = []
        let lines = events.compactMap { event -> String? in
            guard case .highlight(let ids) = event.kind else { return nil }
            let fresh = ids.filter { told.insert($0).inserted }
            var first = event
            first.kind = .highlight(fresh)
            return fresh.isEmpty ? nil : printer.line(for: first)
        }
        say("It is over. When each product first was on air:")
        for line in lines.prefix(Self.retold) { say(line) }
        if lines.count > Self.retold { say("And \(lines.count - Self.retold) more.") }
        say(
            "Everything that happened in it: ‘\(session.hint("watch", detail.show.id.rawValue, "--plain", at: channel))’."
        )
    }

    private static let retold = 30

    private func speak() {
        guard !isHeld else { return }
        for announcement in countdown.take(at: channel.showTime(at: session.now)) {
            let left = Phrase.spoken(announcement.left)
            switch announcement.subject {
            case .start: say("The show starts in \(left).")
            case .offer(let id):
                guard let offer = offers[id] else { continue }
                say("Deal on \(printer.title(of: offer.product)): \(left) left.")
            }
        }
    }
}

/// What was not said yet: the newest lines, and how many there were before them.
private struct WaitingLines {
    private static let limit = 100

    private var lines: [String] = []
    private var forgotten = 0

    mutating func append(_ line: String) {
        lines.append(line)
        guard lines.count > Self.limit else { return }
        lines.removeFirst()
        forgotten += 1
    }

    mutating func take() -> [String] {
        defer { self = WaitingLines() }
        return (forgotten > 0 ? ["\(forgotten) lines before these are left out."] : []) + lines
    }
}
