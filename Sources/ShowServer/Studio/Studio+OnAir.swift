import Domain
import GRDB

/// A show on air, as whoever runs it sees it.
package struct ShowOnAir: Sendable {
    package let id: ShowID
    package let startsAt: Timestamp
    package let endsAt: Timestamp
    package let hidesViewers: Bool
    /// All that happened up to here has been told.
    package let toldTo: Timestamp
    package let snapshot: ShowSnapshot

    init(_ show: LiveShow) {
        (id, startsAt, endsAt) = (show.id, show.startsAt, show.endsAt)
        (hidesViewers, toldTo, snapshot) = (show.hidesViewers, show.playedTo, show.snapshot)
    }
}

extension Studio {
    /// The shows on air, in the order of their ids.
    package var showsOnAir: [ShowID] { turn.shows.keys.sorted() }

    package func isOnAir(_ show: ShowID) -> Bool { turn.shows[show] != nil }

    /// - Returns: nil for a show that is not on air.
    package func show(_ id: ShowID) -> ShowOnAir? { turn.shows[id].map { ShowOnAir($0) } }

    /// Begins a scheduled show. What happens in it can be told from now on; `live` says that it is on.
    package mutating func open(_ id: ShowID) throws {
        guard let row = try ShowRecords.row(db, id) else { throw StudioRefusal.noSuchShow(id) }
        let show = try ShowRecords.live(db, row)
        guard show.snapshot.state == .scheduled, !isOnAir(id) else { throw StudioRefusal.notScheduled(id) }
        turn.add(show)
    }

    package mutating func goLive(_ show: ShowID, at time: Timestamp) throws {
        try append(.state(.live), in: show, at: time)
    }

    /// Ends a show for good, and closes its timeline.
    package mutating func end(_ id: ShowID, at time: Timestamp) throws {
        try change(id) { show, db in
            try show.append(.state(.ended), at: time, to: db)
            try show.close(db)
        }
        try turn.retire(id)
    }

    /// Changes when a show on air is to end.
    package mutating func reschedule(_ id: ShowID, endsAt time: Timestamp) throws {
        try change(id) { show, _ in show.endsAt = time }
    }

    /// Notes that all that happens up to a time has been told.
    package mutating func markTold(_ id: ShowID, upTo time: Timestamp) throws {
        try change(id) { show, _ in show.playedTo = time }
    }

    // MARK: Products

    /// Puts products on air, at most three, in place of those that were.
    package mutating func putOnAir(_ products: [ProductID], in show: ShowID, at time: Timestamp) throws {
        try append(.highlight(products), in: show, at: time)
    }

    package mutating func takeOffAir(in show: ShowID, at time: Timestamp) throws {
        try append(.highlight([]), in: show, at: time)
    }

    /// Tells a product's prices and stock in a show, as far as they have not been told yet.
    package mutating func tell(_ product: ProductID, in show: ShowID, at time: Timestamp) throws {
        let facts = try Catalogue.facts(db, of: product)
        try change(show) { show, db in for fact in facts { try show.tell(fact, at: time, to: db) } }
    }

    // MARK: Offers

    package mutating func start(_ offer: Offer, in show: ShowID, at time: Timestamp) throws {
        try append(.offerStarted(offer), in: show, at: time)
    }

    /// Ends an offer; one that is over already stays so.
    package mutating func endOffer(_ offer: OfferID, in show: ShowID, at time: Timestamp) throws {
        try change(show) { show, db in
            guard show.snapshot.offers.contains(where: { $0.id == offer }) else { return }
            try show.append(.offerEnded(offer), at: time, to: db)
        }
    }

    /// Counts so many of a limited offer as taken by somebody.
    package mutating func claim(_ offer: Offer, count: Int, in show: ShowID, at time: Timestamp) throws {
        try change(show) { try $0.claim(offer, count: count, at: time, to: $1) }
    }

    // MARK: Chat

    /// Writes into the chat, as a host, a moderator or a shopper: the message says who.
    package mutating func say(_ message: ChatMessage, in show: ShowID, at time: Timestamp? = nil) throws {
        try append(.chat(message), in: show, at: time ?? message.at)
    }

    /// Writes many messages, each at its time.
    package mutating func say(_ messages: [ChatMessage], in show: ShowID) throws {
        try change(show) { show, db in
            for message in messages { try show.append(.chat(message), at: message.at, to: db) }
        }
    }

    package mutating func remove(_ message: MessageID, in show: ShowID, at time: Timestamp) throws {
        try append(.chatRemoved(message), in: show, at: time)
    }

    /// - Parameter message: nil takes the pinned one down.
    package mutating func pin(_ message: ChatMessage?, in show: ShowID, at time: Timestamp) throws {
        try append(.pinned(message), in: show, at: time)
    }

    // MARK: Counts

    /// - Parameter count: nil hides it.
    package mutating func countViewers(_ count: Int?, in show: ShowID, at time: Timestamp) throws {
        try append(.viewers(count), in: show, at: time)
    }

    package mutating func countReactions(_ total: Int, in show: ShowID, at time: Timestamp) throws {
        try append(.reactions(total), in: show, at: time)
    }

    // MARK: Parts

    private mutating func append(_ kind: TimelineEvent.Kind, in show: ShowID, at time: Timestamp) throws {
        try change(show) { try $0.append(kind, at: time, to: $1) }
    }

    private mutating func change(_ id: ShowID, _ work: (inout LiveShow, Database) throws -> Void) throws {
        guard try turn.change(id, work) != nil else { throw StudioRefusal.notOnAir(id) }
    }
}
