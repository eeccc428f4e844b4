import AppCore
import Domain
import Settings
import Text
import ViewerUI

/// Says what happens in a show in lines that are only ever added to.
struct PlainPrinter {
    private let detail: ShowDetail
    private let mutes: MuteList
    /// The line-up with the prices and the stock of now.
    private(set) var products: [ProductID: Product] = [:]
    /// The local time: what happened on another day is said with the day.
    var now: Timestamp
    /// The deals that were told.
    private var deals = RecentTable<OfferID, Offer>(capacity: 500)
    private var titles: [SKU: SafeText] = [:]
    /// Who wrote the messages that were printed last, oldest first.
    private var printed: [(id: MessageID, author: SafeText)] = []
    private static let remembered = 500
    /// Those of the pinned messages that were told.
    private var pinned = RecentSet<MessageID>(capacity: 500)
    /// Products that links led to and the line-up does not have, the oldest first.
    private var linked: [ProductID] = []
    private static let mostLinked = 100

    init(detail: ShowDetail, config: Config, now: Timestamp) {
        self.detail = detail
        self.now = now
        var mutes = MuteList()
        mutes.configure(config.mute.map { SafeText($0) })
        self.mutes = mutes
        for product in detail.lineUp { add(product) }
    }

    /// One that the line-up does not have, or has with older prices.
    mutating func add(_ product: Product) {
        if products[product.id] == nil, !detail.lineUp.contains(where: { $0.id == product.id }) {
            linked.append(product.id)
            if linked.count > Self.mostLinked, let old = products.removeValue(forKey: linked.removeFirst()) {
                for variant in old.variants { titles[variant.sku] = nil }
            }
        }
        products[product.id] = product
        for variant in product.variants { titles[variant.sku] = product.name(of: variant.sku) }
    }

    var opening: String {
        "Show: \(detail.show.title), with \(LineText.names(detail.show.hosts)); \(detail.show.state.rawValue)."
    }

    /// What is true at the moment when somebody joins.
    /// - Parameter linked: what is on air by a link.
    mutating func joining(_ snapshot: ShowSnapshot, _ linked: [ProductID]? = nil) -> [String] {
        for facts in snapshot.onAir { note(facts.sku) { ($0.price, $0.stock) = (facts.price, facts.stock) } }
        let now: [TimelineEvent.Kind] =
            [.highlight(linked ?? snapshot.highlight)] + snapshot.offers.map { .offerStarted($0) } + [
                .pinned(snapshot.pinned)
            ]
        return now.compactMap { words(for: $0) }
    }

    /// Nil for what is not worth a line.
    mutating func line(for event: TimelineEvent) -> String? {
        words(for: event.kind).map { "\(Phrase.time(event.at, from: now))  \($0)" }
    }

    func title(of product: ProductID) -> SafeText { products[product]?.title ?? "" }

    private mutating func words(for kind: TimelineEvent.Kind) -> String? {
        switch kind {
        case .chat(let message):
            guard !mutes.mutes(message) else { return nil }
            printed.append((message.id, message.author))
            if printed.count > Self.remembered { printed.removeFirst(printed.count - Self.remembered) }
            // No line of ours begins with a bracket, and no name holds one.
            let words = "\(Self.bracketed(message.author)) \(message.text)"
            switch message.role {
            case .viewer: return words
            case .host: return "host \(words)"
            case .moderator: return "moderator \(words)"
            }
        case .chatRemoved(let id):
            return printed.last { $0.id == id }.map { "A message by \(Self.bracketed($0.author)) was removed." }
        case .pinned(let message):
            // It comes again with each answer that has one.
            guard let message, !mutes.mutes(message), pinned.insert(message.id) else { return nil }
            return printed.contains { $0.id == message.id }
                ? "A message by \(Self.bracketed(message.author)) was pinned." : "Pinned: \(message.text)"
        case .highlight(let ids):
            let names = ids.compactMap { products[$0] }.map { product in
                "\(product.title)" + ", \(Phrase.price(of: product))"
                    + (product.cheapestAvailable.map { ", \($0.sku)" } ?? "")
            }
            return names.isEmpty ? nil : "On air: " + names.joined(separator: "; ")
        case .price(let sku, let price, _):
            note(sku) { $0.price = price }
            return "Now \(Phrase.money(price)): \(name(sku))"
        case .stock(let sku, let left):
            note(sku) { $0.stock = left }
            if left == 0 { return "Sold out: \(name(sku))" }
            return left <= 3 ? "\(left) left: \(name(sku))" : nil
        case .offerStarted(let offer):
            // It comes again with each one that is sold.
            let before = deals[offer.id]
            deals[offer.id] = offer
            if let before, (before.percentOff, before.endsAt) == (offer.percentOff, offer.endsAt) { return nil }
            return
                "Deal: \(title(of: offer.product)) −\(offer.percentOff) % until \(Phrase.time(offer.endsAt, from: now))"
        case .state(let state): return Self.words(for: state)
        case .link, .offerEnded, .viewers, .reactions, .unknown: return nil
        }
    }

    /// `<Jo>`.
    private static func bracketed(_ name: SafeText) -> String { "<\(name.clipped(to: longestName))>" }
    private static let longestName = 40

    private static func words(for state: ShowState) -> String {
        switch state {
        case .scheduled: "The show is scheduled."
        case .live: "The show is live."
        case .ended: "The show has ended."
        case .cancelled: "The show is cancelled."
        }
    }

    /// What is on air later is said with the price and the stock of then.
    private mutating func note(_ sku: SKU, _ change: (inout Variant) -> Void) {
        for (id, product) in products {
            guard let index = product.variants.firstIndex(where: { $0.sku == sku }) else { continue }
            change(&products[id, default: product].variants[index])
        }
    }

    private func name(_ sku: SKU) -> SafeText { titles[sku] ?? SafeText(sku.rawValue) }
}
