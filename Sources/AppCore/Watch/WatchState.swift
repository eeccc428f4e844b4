import Domain
import Text

/// The Watch page: one show, live or from its timeline.
package struct WatchState: Sendable {
    package enum Pane: Sendable, CaseIterable { case chat, lineUp, moments }

    package let show: ShowID
    /// nil until the server has answered; the schedule's entry serves the header until then.
    package var detail: ShowDetail? { didSet { mergeLineUp() } }
    package var summary: Show?
    package var timeline: ShowTimeline?
    package var playhead: Playhead
    package var chat = ChatLog()
    /// What is written for the chat and not sent.
    package var draft: SafeText = ""
    package var ticker = Ticker()
    package var pane: Pane = .chat
    package var selectedProduct: ProductID?
    /// When the shopper moved the selection last; nil while it follows the show.
    package var selectionMovedAt: Timestamp?
    /// The products that the frame on the screen names; nil where none is there that does.
    package var shownChoice: BuyChoice?
    /// The show's highlights with their times, oldest first; nil until they were asked for and came.
    package var moments: [Moment]?
    package var momentsFailure: ShopFailure?
    /// The time of the moment that the cursor was moved to.
    package var selectedMoment: Timestamp?
    /// Which of up to three products on air the card shows.
    package var onAirIndex = 0
    package var head = Poller()
    /// Asks for the show itself until it is there.
    package var detailPoller = Poller()
    /// The newest head, kept until the segments before it are there.
    package var heldHead: ShowHead?
    /// The events for a front end that tells them; nil for a screen.
    package var feed: ShowFeed?
    package var segmentsInFlight: Set<Int> = []
    /// Where known segments begin: what going back in a replay needs.
    package var segmentStarts = RecentTable<Int, Timestamp>(capacity: 5000)
    /// The segment that a replay ends in.
    package var lastSegment: Int?
    /// A replay has all there is: nothing more is asked for.
    package var isComplete = false
    /// The segment from which the timeline is to be begun anew: a replay went back.
    package var rewindingTo: Int?
    /// How long segments that did not come are left alone.
    package var segmentsBackoff = Backoff()
    /// Why a segment did not come, until it has.
    package var segmentsFailure: ShopFailure?
    /// The newest link of whoever presents, until it is known what is sold there.
    package var pendingLink: PendingLink?
    /// Those that were played, as far as their messages are there.
    package var links = StandingLinks()
    /// What links have led to so far, as it was then.
    package private(set) var linked: [Product] = []
    /// The products of the show, in order; what was linked to and is not among them comes first, the newest before the others.
    package private(set) var lineUp: [Product] = []
    /// What the server asked for between polls.
    package var pollInterval = Duration.seconds(1)
    /// Messages that were unpublished before the playhead reached them.
    package var removed = RecentSet<MessageID>(capacity: 1000)
    package var headFailure: ShopFailure?
    package var detailFailure: ShopFailure?

    /// Why the show cannot be shown as it is now.
    package var failure: ShopFailure? { headFailure ?? detailFailure }

    /// When the head is asked for next: not while more is left to be told than may be.
    var headDueAt: Timestamp? { feed?.isFull == true ? nil : head.dueAt }

    package init(show: ShowID, summary: Show?, playhead: Playhead) {
        self.show = show
        self.summary = summary
        self.playhead = playhead
    }

    package var title: SafeText { detail?.show.title ?? summary?.title ?? "" }
    package var hosts: [Host] { detail?.show.hosts ?? summary?.hosts ?? [] }
    package var state: ShowState? { timeline?.played.state ?? summary?.state }
    package var startsAt: Timestamp? { detail?.show.startsAt ?? summary?.startsAt }

    /// The products on air, as the viewer sees the show.
    package var onAir: [Product] {
        guard let timeline else { return [] }
        return timeline.played.highlight.compactMap { id in lineUp.first { $0.id == id } }.map(current)
    }

    /// The product that the card shows.
    package var productOnCard: Product? {
        let products = onAir
        return products.isEmpty ? nil : products[min(onAirIndex, products.count - 1)]
    }

    private mutating func mergeLineUp() {
        let known = detail?.lineUp ?? []
        lineUp = linked.isEmpty ? known : linked.filter { one in !known.contains { $0.id == one.id } } + known
    }

    /// Takes in what a link led to. Where the line-up has it too, the newer prices and stock count.
    mutating func takeLinked(_ product: Product) {
        linked.removeAll { $0.id == product.id }
        linked.insert(product, at: 0)
        if linked.count > Self.mostLinked { linked.removeLast() }
        mergeLineUp()
        timeline?.putOnAir(product)
    }

    private static let mostLinked = 100

    /// The product with the newest prices and stock.
    package func current(_ product: Product) -> Product {
        guard let facts = timeline?.facts, !facts.isEmpty else { return product }
        var newest = product
        for index in newest.variants.indices {
            guard let fact = facts[newest.variants[index].sku] else { continue }
            newest.variants[index].price = fact.price
            newest.variants[index].was = fact.was ?? newest.variants[index].was
            newest.variants[index].stock = fact.stock ?? newest.variants[index].stock
        }
        return newest
    }

    /// The deal on a product that has not ended by the server's clock.
    package func offer(on product: ProductID, serverNow: Timestamp) -> Offer? {
        timeline?.played.offers.first { $0.product == product && $0.endsAt > serverNow && $0.remaining != 0 }
    }
}

/// A link whose product is not known yet.
package struct PendingLink: Sendable {
    package let link: StandingLinks.Link
    package var poller = Poller()

    init(_ link: StandingLinks.Link, at now: Timestamp) {
        self.link = link
        poller.start(at: now)
    }
}
