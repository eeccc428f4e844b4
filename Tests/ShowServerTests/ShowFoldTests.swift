import AppCore
import Domain
import Foundation
import GRDB
import LiveAPI
import SeededRandom
import Testing

@testable import ShowServer

/// A server's head of a show beside what a viewer makes of the same events.
@Suite struct ShowFoldTests {
    @Test(arguments: 1...60) func viewerAndServerAgree(seed: Int) throws {
        var story = try Story(seed: UInt64(seed))
        let show = try ToldShow()
        var viewers = [FoldingViewer(.live, of: show), FoldingViewer(.newest, of: show)]
        for _ in 0..<story.random.next(in: 1...12) {
            try show.tell(story.next(count: story.random.next(in: 1...40)))
            for index in viewers.indices { try viewers[index].poll(show) }
        }
        try show.tell(story.end())
        viewers.append(FoldingViewer(.replay, of: show))
        for index in viewers.indices {
            try viewers[index].poll(show)
            try viewers[index].playAll(show)
        }
        let told = try show.snapshot
        #expect(told.state.isOver && told.highlight.isEmpty && told.offers.isEmpty && told.onAir.isEmpty)
        for viewer in viewers {
            let played = try #require(viewer.state.watch?.timeline?.played)
            #expect(FoldedShow(played) == FoldedShow(told), "\(viewer.kind), seed \(seed)")
        }
    }

    @Test(arguments: 1...60) func viewerAndServerAgreeWhileTheShowIsOn(seed: Int) throws {
        var story = try Story(seed: UInt64(1000 + seed))
        let show = try ToldShow()
        var viewer = FoldingViewer(.live, of: show)
        for _ in 0..<6 {
            try show.tell(story.next(count: story.random.next(in: 1...60)))
            try viewer.poll(show)
            try viewer.playAll(show)
            let timeline = try #require(viewer.state.watch?.timeline)
            let told = try show.snapshot
            #expect(FoldedShow(timeline.played) == FoldedShow(told), "seed \(seed)")
            let onAir = told.highlight.flatMap { ToldShow.lineUp[$0] ?? [] }.compactMap { timeline.facts[$0] }
            #expect(onAir == told.onAir, "seed \(seed)")
        }
    }
}

/// The parts of a snapshot that a viewer folds; it knows what is on air by the line-up and the facts.
private struct FoldedShow: Equatable {
    let state: ShowState
    let highlight: [ProductID]
    let offers: [Offer]
    let viewers: Int?
    let pinned: ChatMessage?
    let reactions: Int
    let sequence: Int
    let at: Timestamp

    init(_ snapshot: ShowSnapshot) {
        (state, highlight, offers) = (snapshot.state, snapshot.highlight, snapshot.offers)
        (viewers, pinned, reactions) = (snapshot.viewers, snapshot.pinned, snapshot.reactions)
        (sequence, at) = (snapshot.sequence, snapshot.at)
    }
}

/// Events of every kind in a random order, as far as a show may have them.
private struct Story {
    var random: Seeded
    private let francs: Money
    private var at = ToldShow.start
    private var messages: [ChatMessage] = []
    private var offers: [Offer] = []
    private var reactions = 0
    private var count = 0

    init(seed: UInt64) throws {
        random = Seeded(seed)
        francs = try #require(Money(amount: 150, exponent: 2, currency: "CHF"))
    }

    mutating func next(count: Int) -> [(TimelineEvent.Kind, Timestamp)] {
        (0..<count).map { _ in
            at = at + .milliseconds(random.next(in: 0...2000))
            return (kind(), at)
        }
    }

    mutating func end() -> [(TimelineEvent.Kind, Timestamp)] {
        [(.state(random.next(in: 0...3) == 0 ? .cancelled : .ended), at + .seconds(1))]
    }

    private mutating func kind() -> TimelineEvent.Kind {
        count += 1
        let sku = ToldShow.skus[random.next(in: 0...ToldShow.skus.count - 1)]
        switch random.next(in: 0...12) {
        case 0, 1: return .chat(say())
        case 2:
            guard !messages.isEmpty else { return .chat(say()) }
            return .chatRemoved(messages.remove(at: random.next(in: 0...messages.count - 1)).id)
        case 3, 4: return .pinned(random.next(in: 0...3) == 0 ? nil : messages.last ?? nil)
        case 5: return .highlight(Array(ToldShow.products.shuffled(using: &random).prefix(random.next(in: 0...3))))
        case 6: return .price(sku, money(), was: random.next(in: 0...1) == 0 ? nil : money())
        case 7: return .stock(sku, random.next(in: 0...9))
        case 8: return .offerStarted(offer())
        case 9:
            guard !offers.isEmpty else { return .unknown }
            return .offerEnded(offers.remove(at: random.next(in: 0...offers.count - 1)).id)
        case 10: return .viewers(random.next(in: 0...4) == 0 ? nil : random.next(in: 1...5000))
        case 11:
            reactions += random.next(in: 1...50)
            return .reactions(reactions)
        default: return random.next(in: 0...1) == 0 ? .state(.live) : .unknown
        }
    }

    private mutating func say() -> ChatMessage {
        let message = ChatMessage(id: MessageID("m-\(count)"), author: "Ada", text: "line \(count)", at: at)
        messages.append(message)
        return message
    }

    /// A new one, or one that runs with fewer left.
    private mutating func offer() -> Offer {
        if let index = offers.indices.randomElement(using: &random), random.next(in: 0...1) == 0 {
            offers[index].remaining = (offers[index].remaining ?? 9) - 1
            return offers[index]
        }
        let offer = Offer(
            id: OfferID("o-\(count)"), kind: .flashDeal, product: ToldShow.products[random.next(in: 0...3)],
            title: "Flash deal", percentOff: 10, endsAt: at + .seconds(3600), remaining: 40)
        offers.append(offer)
        return offer
    }

    private mutating func money() -> Money { francs.multiplied(by: random.next(in: 1...90)) ?? francs }
}

/// A show that a server has on air, with its timeline in a database.
private final class ToldShow {
    static let start = Timestamp(milliseconds: 1_790_000_000_000)
    static let id: ShowID = "lamps"
    static let products: [ProductID] = ["lamp", "hook", "rug", "vase"]
    static let lineUp: [ProductID: [SKU]] = [
        "lamp": ["LAMP-S", "LAMP-L"], "hook": ["HOOK"], "rug": ["RUG-S", "RUG-L"], "vase": ["VASE"],
    ]
    static let skus = lineUp.values.flatMap { $0 }.sorted()

    let database: DatabaseQueue
    private var live: LiveShow

    init() throws {
        database = try Store.inMemory()
        let opening = ShowSnapshot(sequence: 0, at: Self.start, state: .scheduled)
        live = try database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO shows (number, id, title, summary, state, starts_at, ends_at, delay_ms, tags,
                        hides_viewers, planned, played_to, snapshot, search)
                    VALUES (1, 'lamps', '', '', 'live', 0, 0, 0, '[]', FALSE, TRUE, 0, '', '')
                    """)
            let json = try WireCoding.encode(opening)
            try TimelineStore.insertSegment(db, show: 1, segment: 0, firstSequence: 1, opening: json)
            var live = LiveShow(
                number: 1, id: Self.id, lineUp: Self.lineUp, startsAt: Self.start, endsAt: Self.start,
                hidesViewers: false, playedTo: Self.start, snapshot: opening,
                open: OpenSegment(number: 0, opening: json))
            try live.append(.state(.live), at: Self.start, to: db)
            return live
        }
    }

    func tell(_ events: [(TimelineEvent.Kind, Timestamp)]) throws {
        try database.write { db in for (kind, at) in events { try live.append(kind, at: at, to: db) } }
    }

    /// As it is sent.
    var snapshot: ShowSnapshot {
        get throws { try WireCoding.decode(from: WireCoding.encode(live.snapshot)) }
    }

    var now: Timestamp { live.snapshot.at }

    func head() throws -> ShowHead {
        try WireCoding.decode(from: RenderedHead(live, at: now).body.readableBytesView)
    }

    func segment(_ number: Int) throws -> TimelineSegment {
        let segment = try database.read { try TimelineStore.segment($0, show: 1, number: number) }
        return try WireCoding.decode(from: try #require(segment).body)
    }
}

/// The core of a viewer, which is given what it asks the server for.
private struct FoldingViewer {
    enum Kind { case live, newest, replay }

    let kind: Kind
    var state: AppState

    init(_ kind: Kind, of show: ToldShow) {
        self.kind = kind
        state = AppState(now: ToldShow.start, scope: "demo")
        let listed = Show(id: ToldShow.id, title: "Lamps", state: .live, hosts: [], startsAt: ToldShow.start)
        switch kind {
        case .newest: act(.feed(.join(ShowDetail(show: listed, lineUp: []))))
        case .live: state.watch = WatchState(show: ToldShow.id, summary: listed, playhead: .live(lag: .seconds(2)))
        case .replay:
            let start = Playhead.replay(position: ToldShow.start, anchor: ToldShow.start, isPaused: false)
            state.watch = WatchState(show: ToldShow.id, summary: listed, playhead: start)
        }
    }

    /// A head comes, and with it whatever is asked for because of it.
    mutating func poll(_ show: ToldShow) throws {
        state.now = max(state.now, show.now)
        try answer(act(.answered(.head(ToldShow.id), .success(.head(try show.head())))), show)
    }

    /// Lets the playhead reach the last event.
    mutating func playAll(_ show: ToldShow) throws {
        let end = try show.snapshot.sequence
        var minutes = 0
        repeat {
            state.now = state.now + .seconds(60)
            minutes += 1
            try answer(act(.timePassed), show)
        } while minutes < 60 && (state.watch?.timeline?.played.sequence ?? 0) < end
    }

    private mutating func answer(_ effects: [Effect], _ show: ToldShow) throws {
        for case .ask(.segment(let id, let number), _) in effects {
            let segment = try show.segment(number)
            try answer(act(.answered(.segment(id, number), .success(.segment(segment)))), show)
        }
    }

    @discardableResult
    private mutating func act(_ action: Action) -> [Effect] {
        reduce(&state, action, Circumstances(now: state.now, entropy: Entropy(high: 1, low: 2)))
    }
}

extension Seeded {
    fileprivate mutating func next(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
