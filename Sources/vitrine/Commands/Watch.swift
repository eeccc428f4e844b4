import AppCore
import ArgumentParser
import Domain
import Glibc
import LiveAPI
import Text
import Viewer
import ViewerUI

struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow a show as lines of text or of JSON.",
        discussion: "--plain prints lines for people and screen readers, --json one event a line, both as they happen.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The show's id.") var id: String
    @Flag(help: "Print lines of text.") var plain = false
    @Flag(help: "Print one event a line, as JSON.") var json = false
    @Option(
        name: .customLong("for"), parsing: .unconditional, help: "End after so many seconds.",
        transform: Expectation.seconds.callAsFunction)
    var seconds: Double?

    func validate() throws {
        guard plain != json else { throw ValidationError("expected one of --plain and --json") }
    }

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let end = seconds.map { ContinuousClock.now + .milliseconds(Int64($0 * 1000)) }
        let detail = try session.answer(to: Question.show(ShowID(id)), while: "show \(id)", until: end)
        var printer = PlainPrinter(detail: detail)
        if plain { printer.opening() }
        let feed = EventFeed(shop: session.shop, show: ShowID(id), isReplay: detail.show.state == .ended)
        var isAway = false
        while sleep(until: feed.nextAt, feed, within: end) {
            switch feed.next(until: end) {
            case .events(let events):
                if isAway { Output.complain("the server is back") }
                isAway = false
                for event in events {
                    if json { try Output.json(event) } else { printer.print(event) }
                }
            case .failed(let failure):
                guard failure.isTransient else { throw CommandFailure(failure, while: "show \(id)") }
                if !isAway { Output.complain("\(failure.explanation); trying again") }
                isAway = true
            case .finished, .outOfTime: return
            }
        }
    }

    /// - Returns: false at the end, which is not slept beyond.
    private func sleep(until time: Timestamp, _ feed: EventFeed, within end: ContinuousClock.Instant?) -> Bool {
        let wait = max(.zero, time - feed.now)
        let left = end.map { max(.zero, $0 - .now) } ?? wait
        usleep(UInt32(clamping: min(wait, left).milliseconds * 1000))
        return end.map { .now < $0 } ?? true
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

/// Says what happens in a show in lines that are only ever added to.
private struct PlainPrinter {
    private let detail: ShowDetail
    private var products: [ProductID: Product] = [:]
    private var titles: [SKU: SafeText] = [:]

    init(detail: ShowDetail) {
        self.detail = detail
        for product in detail.lineUp {
            products[product.id] = product
            for variant in product.variants { titles[variant.sku] = product.name(of: variant.sku) }
        }
    }

    func opening() {
        Output.line("\(detail.show.title), with \(Lines.names(detail.show.hosts)); \(detail.show.state.rawValue).")
    }

    mutating func print(_ event: TimelineEvent) {
        guard let text = words(for: event) else { return }
        Output.line("\(Phrase.time(LocalTime(event.at)))  \(text)")
    }

    private mutating func words(for event: TimelineEvent) -> String? {
        switch event.kind {
        case .chat(let message):
            switch message.role {
            case .viewer: return "\(message.author): \(message.text)"
            case .host: return "\(message.author), host: \(message.text)"
            case .moderator: return "\(message.author), moderator: \(message.text)"
            }
        case .pinned(let message): return message.map { "Pinned: \($0.text)" }
        case .highlight(let ids):
            let names = ids.compactMap { products[$0] }.map { product in
                "\(product.title)" + (product.cheapestAvailable.map { ", \(Phrase.money($0.price)), \($0.sku)" } ?? "")
            }
            return names.isEmpty ? nil : "On air: " + names.joined(separator: "; ")
        case .price(let sku, let price, _): return "\(name(sku)): now \(Phrase.money(price))"
        case .stock(let sku, 0): return "\(name(sku)): sold out"
        case .stock(let sku, let left) where left <= 3: return "\(name(sku)): \(left) left"
        case .stock: return nil
        case .offerStarted(let offer):
            let title = products[offer.product]?.title ?? ""
            return "Deal: \(title) −\(offer.percentOff) % until \(Phrase.time(LocalTime(offer.endsAt)))"
        case .state(let state): return "The show is \(state.rawValue)."
        case .chatRemoved, .offerEnded, .viewers, .reactions, .unknown: return nil
        }
    }

    private func name(_ sku: SKU) -> SafeText { titles[sku] ?? SafeText(sku.rawValue) }
}
