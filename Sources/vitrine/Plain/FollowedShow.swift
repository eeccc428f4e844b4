import AppCore
import Domain
import Text
import Viewer
import ViewerUI

/// A show that is followed in lines of text or of JSON: what happens in it, the ends that draw near, and whether the
/// server is there.
final class FollowedShow {
    enum Form { case plain, json }

    enum Turn {
        case goesOn
        case finished
        /// The deadline came before the server's answer.
        case outOfTime
    }

    /// What is counted down to.
    private enum End: Hashable {
        case start
        case offer(OfferID)
    }

    let detail: ShowDetail
    private let session: Session
    private let form: Form
    private let feed: EventFeed
    private var printer: PlainPrinter
    private var countdown = SpokenCountdown<End>()
    private var offers: [OfferID: Offer] = [:]
    private var hasJoined = false
    private var isAway = false

    /// Asks for the show, and says which it is.
    init(_ id: ShowID, as form: Form, _ session: Session, until deadline: ContinuousClock.Instant? = nil) throws {
        self.session = session
        self.form = form
        detail = try session.answer(to: Question.show(id), while: "show \(id)", until: deadline)
        printer = PlainPrinter(detail: detail, config: session.settings.config)
        feed = EventFeed(shop: session.shop, show: id, isReplay: detail.show.state == .ended)
        hasJoined = detail.show.state == .ended
        if form == .plain { printer.opening() }
    }

    /// The products on air, with the prices and the stock that were last heard of.
    var onAir: [Product] { feed.snapshot?.highlight.compactMap { printer.products[$0] } ?? [] }

    /// How long nothing is due.
    var rest: Duration {
        let spoken = countdown.nextAt.map { $0 - session.serverNow }
        return max(.zero, min(feed.nextAt - feed.now, spoken ?? .seconds(3600)))
    }

    /// Does what is due, waiting for the server's answer until the deadline at most.
    /// - Throws: `CommandFailure` where trying again cannot help.
    func turn(until deadline: ContinuousClock.Instant?) throws -> Turn {
        speak()
        guard feed.nextAt <= feed.now else { return .goesOn }
        switch feed.next(until: deadline) {
        case .events(let events):
            if isAway { Output.complain("the server is back") }
            isAway = false
            try tell(events)
        case .failed(let failure):
            guard failure.isTransient else { throw CommandFailure(failure, while: "show \(detail.show.id)") }
            away("\(failure.explanation)")
        case .finished: return .finished
        case .outOfTime: return .outOfTime
        }
        return .goesOn
    }

    /// Says once that the server does not answer.
    func away(_ reason: String) {
        if !isAway { Output.complain("\(reason); trying again") }
        isAway = true
    }

    private func tell(_ events: [TimelineEvent]) throws {
        guard form == .plain else { return try events.forEach { try Output.json($0) } }
        guard let snapshot = feed.snapshot else { return }
        if hasJoined { for event in events { printer.print(event) } } else { printer.joining(snapshot) }
        hasJoined = true
        offers = Dictionary(snapshot.offers.map { ($0.id, $0) }) { $1 }
        var ends = Dictionary(uniqueKeysWithValues: offers.map { (End.offer($0.key), $0.value.endsAt) })
        if snapshot.state == .scheduled { ends[.start] = detail.show.startsAt }
        countdown.follow(ends, at: session.serverNow)
    }

    private func speak() {
        for announcement in countdown.take(at: session.serverNow) {
            let left = Phrase.spoken(announcement.left)
            switch announcement.subject {
            case .start: Output.line("The show starts in \(left).")
            case .offer(let id):
                guard let offer = offers[id] else { continue }
                Output.line("Deal on \(printer.title(of: offer.product)): \(left) left.")
            }
        }
    }
}

extension ShopFailure {
    /// Whether trying again can help.
    fileprivate var isTransient: Bool {
        switch self {
        case .unreachable, .busy, .notUnderstood: true
        case .unauthorized, .notFound, .refused, .notSent: false
        }
    }
}
