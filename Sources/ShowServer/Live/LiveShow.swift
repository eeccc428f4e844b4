import Domain
import GRDB

/// A show on air, as it is kept in memory: the fold of its timeline, and the segment that is still growing.
struct LiveShow: Sendable {
    let number: Int64
    let id: ShowID
    let lineUp: [ProductID: [SKU]]
    var startsAt: Timestamp
    var endsAt: Timestamp
    var hidesViewers: Bool
    /// All that happened up to here has been told.
    var playedTo: Timestamp
    private(set) var snapshot: ShowSnapshot
    private(set) var open: OpenSegment
    /// What the timeline said last about each variant; a replay needs no other source of prices.
    private(set) var told: [SKU: VariantFacts] = [:]

    init(
        number: Int64, id: ShowID, lineUp: [ProductID: [SKU]], startsAt: Timestamp, endsAt: Timestamp,
        hidesViewers: Bool, playedTo: Timestamp, snapshot: ShowSnapshot, open: OpenSegment
    ) {
        self.number = number
        self.id = id
        self.lineUp = lineUp
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.hidesViewers = hidesViewers
        self.playedTo = playedTo
        self.snapshot = snapshot
        self.open = open
        for facts in snapshot.onAir { told[facts.sku] = facts }
    }

    /// Writes one more event behind the last; its time is never before the last one's.
    mutating func append(_ kind: TimelineEvent.Kind, at time: Timestamp, to db: Database) throws {
        let at = max(time, snapshot.at)
        if open.isFull(at: at) { try cut(db) }
        let event = TimelineEvent(sequence: snapshot.sequence + 1, at: at, kind: kind)
        let body = try EventWriter.bytes(event)
        if let sku = kind.variant { told[sku].fold(kind) }
        snapshot.fold(event) { product in (lineUp[product] ?? []).compactMap { told[$0] } }
        open.append(body, at: at)
        try TimelineStore.insert(db, show: number, event: event, body: body)
    }

    /// Says what a variant costs and how many are left, as far as the timeline has not said so yet.
    mutating func tell(_ facts: VariantFacts, at time: Timestamp, to db: Database) throws {
        let last = told[facts.sku]
        if last?.price != facts.price || last?.was != facts.was {
            try append(.price(facts.sku, facts.price, was: facts.was), at: time, to: db)
        }
        if let stock = facts.stock, last?.stock != stock {
            try append(.stock(facts.sku, stock), at: time, to: db)
        }
    }

    /// Closes the open segment for ever, and the timeline with it.
    mutating func close(_ db: Database) throws {
        try TimelineStore.close(db, show: number, segment: open.number, lastSequence: snapshot.sequence)
        open.isClosed = true
    }

    private mutating func cut(_ db: Database) throws {
        try TimelineStore.close(db, show: number, segment: open.number, lastSequence: snapshot.sequence)
        let opening = try WireCoding.encode(snapshot)
        open = OpenSegment(number: open.number + 1, opening: opening)
        try TimelineStore.insertSegment(
            db, show: number, segment: open.number, firstSequence: snapshot.sequence + 1, opening: opening)
    }
}

/// The segment that is still growing: the JSON of its events, written once each and joined by commas.
struct OpenSegment: Sendable {
    /// What a segment holds at most before the next one is opened.
    static let maximumEvents = 500
    static let maximumMilliseconds: Int64 = 30_000

    let number: Int
    let opening: [UInt8]
    private(set) var events: [UInt8] = []
    private(set) var count = 0
    private(set) var firstAt: Timestamp?
    var isClosed = false

    init(number: Int, opening: [UInt8]) {
        self.number = number
        self.opening = opening
    }

    mutating func append(_ body: some Collection<UInt8>, at time: Timestamp) {
        if count > 0 { events.append(UInt8(ascii: ",")) }
        events.append(contentsOf: body)
        count += 1
        firstAt = firstAt ?? time
    }

    func isFull(at time: Timestamp) -> Bool {
        guard let firstAt else { return false }
        return count >= Self.maximumEvents || time.milliseconds - firstAt.milliseconds >= Self.maximumMilliseconds
    }

    /// The segment as `GET …/timeline/{segment}` answers it.
    var body: [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(events.count + opening.count + 80)
        body += #"{"closed":\#(isClosed),"events":["#.utf8
        body += events
        body += #"],"opening":"#.utf8
        body += opening
        body += #","segment":\#(number)}"#.utf8
        return body
    }
}
