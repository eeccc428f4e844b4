import Domain
import GRDB
import Synchronization
import Text

/// A show whose chat runs as fast as it is told to, to measure viewers with.
final class Flood: Sendable {
    static let show: ShowID = "flood"
    private let rate: Int
    private let seed: UInt64
    private let burst = Mutex(0)

    init(seed: UInt64, rate: Int) {
        self.seed = seed
        self.rate = max(0, rate)
    }

    /// Makes so many more messages come at once with the next tick.
    func add(_ count: Int) { burst.withLock { $0 += count } }

    /// Writes the messages of the time since the last tick, no more than ten seconds' worth, in one transaction.
    func play(_ turn: inout Turn, to now: Timestamp) throws {
        let extra = burst.withLock { burst in
            defer { burst = 0 }
            return burst
        }
        try turn.change(Self.show) { show, db in
            let elapsed = min(10_000, max(0, now.milliseconds - show.playedTo.milliseconds))
            // What does not make a whole message stays for the next tick.
            let count = Int(elapsed) * rate / 1000
            guard count + extra > 0 else { return }
            var dice = SplitMix64(seed, UInt64(show.snapshot.sequence), 10)
            for _ in 0..<count + extra {
                let text = dice.pick(Lines.small) ?? ""
                let author = dice.pick(Lines.viewers) ?? ""
                let message = ChatMessage(
                    id: MessageID("f-\(show.snapshot.sequence + 1)"), author: SafeText(author),
                    text: SafeText(text), at: now, authorID: "w-0")
                try show.append(.chat(message), at: now, to: db)
            }
            show.playedTo = now
        }
    }
}

extension World {
    /// Puts the flood's show on air, or takes it up where it was left.
    func beginFlood(_ turn: inout Turn) throws {
        if turn.shows[Flood.show] == nil {
            let host = cast.hosts[0]
            let plan = ShowPlan(
                id: Flood.show, title: "Flood", summary: "A chat that never rests.", hosts: [host],
                products: cast.products(of: [host]), tags: ["flood"], startsAt: turn.now,
                endsAt: turn.now + .seconds(365 * 24 * 3600), isPlanned: true)
            try plan.insert(turn.db, now: turn.now)
            guard let row = try ShowRecords.row(turn.db, plan.id) else { return }
            turn.add(try ShowRecords.live(turn.db, row))
            try turn.change(Flood.show) { try $0.append(.state(.live), at: $0.startsAt, to: $1) }
            if let product = plan.products.first {
                let facts = try Catalogue.facts(turn.db, of: product)
                try turn.change(Flood.show) { show, db in
                    for fact in facts { try show.tell(fact, at: show.startsAt, to: db) }
                    try show.append(.highlight([product]), at: show.startsAt, to: db)
                }
            }
        }
        let now = turn.now
        turn.change(Flood.show) { show, _ in show.playedTo = now }
    }
}
