import Domain
import ShowServer
import Synchronization
import Text

/// A show whose chat runs as fast as it is told to, to measure viewers with.
final class Flood: Sendable {
    static let show: ShowID = "flood"
    private let rate: Int
    private let burst = Mutex(0)

    init(rate: Int) { self.rate = max(0, rate) }

    /// Makes so many more messages come at once the next time.
    func add(_ count: Int) { burst.withLock { $0 += count } }

    /// Writes the messages of the time since the last call, no more than ten seconds' worth.
    func play(_ studio: inout Studio, seed: UInt64) throws {
        let extra = burst.withLock { burst in
            defer { burst = 0 }
            return burst
        }
        guard let show = studio.show(Self.show) else { return }
        let now = studio.now
        let elapsed = min(10_000, max(0, now.milliseconds - show.toldTo.milliseconds))
        // What does not make a whole message stays for the next time.
        let count = Int(elapsed) * rate / 1000
        guard count + extra > 0 else { return }
        let first = show.snapshot.sequence + 1
        var dice = SplitMix64(seed, UInt64(show.snapshot.sequence), 10)
        let messages = (0..<count + extra).map { index in
            let text = dice.pick(Lines.small) ?? ""
            let author = dice.pick(Lines.viewers) ?? ""
            return ChatMessage(
                id: MessageID("f-\(first + index)"), author: SafeText(author), text: SafeText(text), at: now,
                authorID: "w-0")
        }
        try studio.say(messages, in: Self.show)
        try studio.markTold(Self.show, upTo: now)
    }
}

extension World {
    /// Has so many messages come at once.
    package func burst(_ count: Int, in server: RunningServer) async throws {
        flood.add(count)
        try await server.advance()
    }

    /// Puts the flood's show on air, or takes it up where it was left.
    func beginFlood(_ studio: inout Studio) throws {
        if !studio.isOnAir(Flood.show) {
            let host = cast.hosts[0]
            let plan = ShowPlan(
                id: Flood.show, title: "Flood", summary: "A chat that never rests.", hosts: [host],
                products: cast.products(of: [host]), tags: ["flood"], startsAt: studio.now,
                endsAt: studio.now + .seconds(365 * 24 * 3600), isPlanned: true)
            try studio.schedule(plan.draft)
            try studio.open(Flood.show)
            try studio.goLive(Flood.show, at: plan.startsAt)
            if let product = plan.products.first {
                try studio.tell(product, in: Flood.show, at: plan.startsAt)
                try studio.putOnAir([product], in: Flood.show, at: plan.startsAt)
            }
        }
        try studio.markTold(Flood.show, upTo: studio.now)
    }
}
