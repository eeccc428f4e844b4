import DequeModule
import Domain

/// A show's events on their way from the server to the screen: put in order, held until the playhead reaches them,
/// and folded. Live and replay differ in the playhead alone.
package struct ShowTimeline: Sendable {
    /// So many events may wait for the playhead; with more, the oldest are played early, since a chat that long
    /// would push them out of memory unread anyway.
    package static let waitingCapacity = 5000
    /// More variants than any show sells. What was told longest ago goes first.
    package static let factsCapacity = 5000

    /// The fold of everything played.
    package private(set) var played: ShowSnapshot
    /// The newest price and stock by SKU.
    package private(set) var facts = RecentTable<SKU, VariantFacts>(capacity: factsCapacity)
    /// The segment whose events come next.
    package private(set) var nextSegment: Int
    /// The newest event known; everything up to it has arrived.
    package private(set) var lastSequence: Int

    /// The time of the newest event known.
    package private(set) var lastKnownAt: Timestamp

    private var waiting: Deque<TimelineEvent> = []
    /// Segments that came before one they must follow.
    private var early: [Int: TimelineSegment] = [:]

    /// Begins at `segment`, from the state that it opens with.
    package init(startingWith segment: TimelineSegment) {
        played = segment.opening
        nextSegment = segment.number
        lastSequence = segment.opening.sequence
        lastKnownAt = segment.opening.at
    }

    /// Takes a segment in, and those that waited for it.
    /// - Returns: the events that are new, in order.
    package mutating func receive(_ segment: TimelineSegment) -> [TimelineEvent] {
        guard segment.number >= nextSegment else { return [] }
        if segment.number > nextSegment, segment.opening.sequence <= lastSequence {
            // All of the segments between was in an open one that was seen whole.
            nextSegment = segment.number
            early = early.filter { $0.key >= segment.number }
        }
        early[segment.number] = segment
        var fresh: [TimelineEvent] = []
        while let next = early.removeValue(forKey: nextSegment) {
            // Sequences are compared, not counted on: a growing segment comes again with what was seen before.
            let unseen = next.events.firstIndex { $0.sequence > lastSequence } ?? next.events.endIndex
            fresh.append(contentsOf: next.events[unseen...])
            lastSequence = max(lastSequence, next.events.last?.sequence ?? 0)
            lastKnownAt = max(lastKnownAt, next.events.last?.at ?? lastKnownAt)
            guard next.isClosed, nextSegment < .max else { break }
            nextSegment += 1
        }
        return fresh
    }

    /// Which closed segments must be asked for before `open` can follow, the first ones first.
    package func missing(before open: TimelineSegment, limit: Int) -> [Int] {
        guard open.number > nextSegment, open.opening.sequence > lastSequence else { return [] }
        return Array((nextSegment..<open.number).lazy.filter { early[$0] == nil }.prefix(limit))
    }

    /// Lets events wait for the playhead.
    package mutating func wait(_ events: some Sequence<TimelineEvent>) { waiting.append(contentsOf: events) }

    package var nextWaitingAt: Timestamp? { waiting.first?.at }
    package var hasWaiting: Bool { !waiting.isEmpty }

    /// The next event that the playhead has reached.
    package mutating func next(upTo position: Timestamp) -> TimelineEvent? {
        guard let first = waiting.first, first.at <= position || waiting.count > Self.waitingCapacity else {
            return nil
        }
        waiting.removeFirst()
        fold(first)
        return first
    }

    /// Folds what is true at once, wherever the playhead is: prices, stock, deals and the viewer count.
    package mutating func foldFact(_ event: TimelineEvent) {
        fold(event)
        if case .chatRemoved(let id) = event.kind { unpin(id) }
    }

    /// A message that was unpublished before the playhead reached its pin is not pinned any more.
    private mutating func unpin(_ id: MessageID) {
        for index in waiting.indices {
            guard case .pinned(let message?) = waiting[index].kind, message.id == id else { continue }
            waiting[index].kind = .pinned(nil)
        }
    }

    package mutating func setFacts(_ newer: VariantFacts) { facts[newer.sku] = newer }

    /// What a link led to is on air from now on.
    package mutating func putOnAir(_ product: Product) {
        played.highlight = [product.id]
        for variant in product.variants {
            setFacts(
                VariantFacts(sku: variant.sku, price: variant.price, was: variant.was, stock: variant.stock))
        }
    }

    /// What a link had put on air is so no longer.
    package mutating func clearAir() { played.highlight = [] }

    /// Takes away what waits to be played of messages that were unpublished, and their links with them.
    package mutating func forget(_ isUnpublished: (MessageID, Timestamp) -> Bool) {
        waiting.removeAll { event in
            switch event.kind {
            case .chat(let message): isUnpublished(message.id, message.at)
            case .link(_, let message): isUnpublished(message, event.at)
            default: false
            }
        }
    }

    /// Where the show stands, from a shop that tells no such events.
    package mutating func setState(_ state: ShowState) { played.state = state }

    /// What a poll says about now: truth that overrides the fold where events were missed.
    package mutating func setNow(_ snapshot: ShowSnapshot) {
        for variant in snapshot.onAir { facts[variant.sku] = variant }
        played.viewers = snapshot.viewers
        played.offers = snapshot.offers
    }

    private mutating func fold(_ event: TimelineEvent) {
        if let sku = event.kind.variant { facts[sku].fold(event.kind) }
        played.fold(event)
    }
}
