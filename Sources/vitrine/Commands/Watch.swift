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
        abstract: "Follow a show as lines of text or of JSON.",
        discussion: "--plain prints lines for people and screen readers, --json one event a line, both as they happen.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The show's id.") var id: String
    @Flag(help: "Print lines of text.") var plain = false
    @Flag(help: "Print one event a line, as JSON.") var json = false
    @Option(name: .customLong("for"), help: "End after so many seconds.") var seconds: Double?

    func validate() throws {
        guard plain != json else { throw ValidationError("Choose one of --plain and --json.") }
        if let seconds, !(seconds >= 0 && seconds <= 31_536_000) {
            throw ValidationError("--for takes seconds, such as 30.")
        }
    }

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        guard case .show(let detail) = try session.answer(to: .show(ShowID(id)), while: "show \(id)") else { return }
        var printer = PlainPrinter(detail: detail)
        if plain { printer.opening() }
        let feed = EventFeed(shop: session.shop, show: ShowID(id), isReplay: detail.show.state == .ended)
        let end = seconds.map { feed.now + .milliseconds(Int64($0 * 1000)) }
        var isAway = false
        while true {
            if let end, feed.nextAt >= end {
                sleep(until: end, feed)
                return
            }
            sleep(until: feed.nextAt, feed)
            switch feed.next() {
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
            case .finished: return
            }
        }
    }

    private func sleep(until time: Timestamp, _ feed: EventFeed) {
        let wait = (time - feed.now).milliseconds
        if wait > 0 { usleep(UInt32(clamping: wait * 1000)) }
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
    private var lastViewers: Int?

    init(detail: ShowDetail) {
        self.detail = detail
        for product in detail.lineUp {
            products[product.id] = product
            for variant in product.variants { titles[variant.sku] = product.title }
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
